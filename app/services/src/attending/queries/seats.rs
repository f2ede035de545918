use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Holds a person's active membership, so that they do not leave or get banned beside the caller; false without one.
pub async fn hold_membership(tx: &mut PgConnection, user: Uuid, slug: &str) -> sqlx::Result<bool> {
    let row = sqlx::query_scalar!(
        "select m.user_id
           from event_members m join events e on e.id = m.event_id
          where e.slug = $2 and m.user_id = $1 and m.status = 'ACTIVE'
            for share of m",
        user,
        slug
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.is_some())
}

/// Locks a session's row. Whether it is one of the event, and seen, is asked afterwards.
pub async fn lock(tx: &mut PgConnection, session: Uuid) -> sqlx::Result<()> {
    sqlx::query_scalar!("select id from agenda_sessions where id = $1 for no key update", session)
        .fetch_optional(tx)
        .await
        .map(drop)
}

/// Takes a place, if one is left; false when the session is full. The caller holds the session's row, and the person
/// has no place yet.
pub async fn claim(
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "with claimed as (
             update agenda_sessions set sign_up_count = sign_up_count + 1
              where event_id = $1 and id = $2 and (capacity is null or sign_up_count < capacity)
          returning event_id, id)
         insert into session_sign_ups (event_id, session_id, user_id, status, signed_up_at)
         select c.event_id, c.id, $3, 'SIGNED_UP', $4 from claimed c
         on conflict (session_id, user_id) do update
            set status = 'SIGNED_UP', signed_up_at = excluded.signed_up_at",
        event,
        session,
        user,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Nothing without a place. The caller holds the session's row.
pub async fn give_back(tx: &mut PgConnection, event: Uuid, session: Uuid, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "with freed as (
             update session_sign_ups set status = 'CANCELLED'
              where event_id = $1 and session_id = $2 and user_id = $3 and status = 'SIGNED_UP'
          returning session_id)
         update agenda_sessions s set sign_up_count = s.sign_up_count - 1 from freed f where s.id = f.session_id",
        event,
        session,
        user
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The sessions a person has a place in, locked in the order of ids.
pub async fn lock_sessions_of(tx: &mut PgConnection, events: &[Uuid], user: Uuid) -> sqlx::Result<()> {
    sqlx::query_scalar!(
        "select s.id from agenda_sessions s
          where s.event_id = any($1)
            and exists (select 1 from session_sign_ups u
                         where u.session_id = s.id and u.user_id = $2 and u.status = 'SIGNED_UP')
          order by s.id
            for no key update of s",
        events,
        user
    )
    .fetch_all(tx)
    .await
    .map(drop)
}

pub async fn give_back_all(tx: &mut PgConnection, events: &[Uuid], user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "with freed as (
             update session_sign_ups set status = 'CANCELLED'
              where event_id = any($1) and user_id = $2 and status = 'SIGNED_UP'
          returning session_id)
         update agenda_sessions s set sign_up_count = s.sign_up_count - 1 from freed f where s.id = f.session_id",
        events,
        user
    )
    .execute(tx)
    .await
    .map(drop)
}
