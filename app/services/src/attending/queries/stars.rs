use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

pub async fn star(
    db: impl PgExecutor<'_>,
    event: Uuid,
    session: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into session_stars (event_id, session_id, user_id, created_at) values ($1, $2, $3, $4)
         on conflict (session_id, user_id) do nothing",
        event,
        session,
        user,
        now
    )
    .execute(db)
    .await
    .map(drop)
}

pub async fn unstar(db: impl PgExecutor<'_>, event: Uuid, session: Uuid, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from session_stars where event_id = $1 and session_id = $2 and user_id = $3",
        event,
        session,
        user
    )
    .execute(db)
    .await
    .map(drop)
}

/// Of sessions that anybody sees, or that the person sees as an active member of an event that is open to them.
pub async fn merge_stars(
    db: impl PgExecutor<'_>,
    user: Uuid,
    sessions: &[Uuid],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into session_stars (event_id, session_id, user_id, created_at)
         select s.event_id, s.id, $1, $3
           from agenda_sessions s
           join events e on e.id = s.event_id and e.status in ('PUBLISHED', 'CANCELLED')
           join organizations o on o.id = e.organization_id and o.deleted_at is null
           left join event_members m on m.event_id = e.id and m.user_id = $1
          where s.id = any($2) and s.deleted_at is null and s.starts_at is not null
            and (m.status = 'ACTIVE' or e.visibility = 'PUBLIC' and m.status is distinct from 'BANNED')
         on conflict (session_id, user_id) do nothing",
        user,
        sessions,
        now
    )
    .execute(db)
    .await
    .map(drop)
}
