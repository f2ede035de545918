//! What happens to all events of an organization at once.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Locks the organization's events this person is in, in the order of their ids, before their memberships change.
pub async fn lock_events_of_member(
    tx: &mut PgConnection,
    organization: Uuid,
    user: Uuid,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select e.id from events e
          where e.organization_id = $1
            and exists (select 1 from event_members m where m.event_id = e.id and m.user_id = $2)
          order by e.id
            for no key update",
        organization,
        user
    )
    .fetch_all(tx)
    .await
}

/// Locks all events of an organization in the order of their ids, as everybody does who locks several.
pub async fn lock_all_of(tx: &mut PgConnection, organization: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from events where organization_id = $1 order by id for no key update",
        organization
    )
    .fetch_all(tx)
    .await
    .map(drop)
}

pub struct OrphanRow {
    pub event_id: Uuid,
    pub title: String,
    /// Of whoever takes over, in the row they have there.
    pub role: Option<String>,
}

/// Those of these events in which this person is the only ADMIN who takes part, and what `heir` is there.
pub async fn only_admin_of(
    tx: &mut PgConnection,
    events: &[Uuid],
    user: Uuid,
    heir: Uuid,
) -> sqlx::Result<Vec<OrphanRow>> {
    sqlx::query_as!(
        OrphanRow,
        r#"select m.event_id, e.title, h.role as "role?"
             from event_members m
             join events e on e.id = m.event_id
             left join event_members h on h.event_id = m.event_id and h.user_id = $3
            where m.event_id = any($1) and m.user_id = $2 and m.role = 'ADMIN' and m.status = 'ACTIVE'
              and not exists (select 1 from event_members other
                               where other.event_id = m.event_id and other.user_id <> $2
                                 and other.role = 'ADMIN' and other.status = 'ACTIVE')
            order by e.start_date, e.id"#,
        events,
        user,
        heir
    )
    .fetch_all(tx)
    .await
}

/// Makes somebody ADMIN of these events, whatever their row said; a seat they had is free from then on.
pub async fn take_over(
    tx: &mut PgConnection,
    events: &[Uuid],
    heir: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with freed as (
             update events e set seats_taken = e.seats_taken - 1
               from event_members m
              where m.event_id = e.id and m.user_id = $2 and m.role = 'ATTENDEE' and m.status = 'ACTIVE'
                and e.id = any($1)
         )
         insert into event_members as m (event_id, user_id, role, status, source, joined_at)
         select event, $2, 'ADMIN', 'ACTIVE', 'ADDED', $3 from unnest($1::uuid[]) as event
         on conflict (event_id, user_id) do update
            set role = 'ADMIN', status = 'ACTIVE', waitlisted_at = null, updated_at = $3,
                joined_at = case when m.status = 'ACTIVE' then m.joined_at else $3 end,
                banned_at = null, banned_by = null, ban_reason = null, ban_note = null,
                status_before_ban = null",
        events,
        heir,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Ends memberships in these events and frees their seats. Answers in which one ended.
pub async fn remove_from_events(
    tx: &mut PgConnection,
    events: &[Uuid],
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "with ended as (
             select m.event_id, m.role = 'ATTENDEE' and m.status = 'ACTIVE' as had_seat
               from event_members m
              where m.event_id = any($1) and m.user_id = $2 and m.status in ('ACTIVE', 'WAITLISTED')
         ), removed as (
             update event_members m set status = 'REMOVED', waitlisted_at = null, updated_at = $3
               from ended where m.event_id = ended.event_id and m.user_id = $2
         ), freed as (
             update events e set seats_taken = e.seats_taken - 1
               from ended where e.id = ended.event_id and ended.had_seat
         )
         select event_id from ended order by event_id",
        events,
        user,
        now
    )
    .fetch_all(tx)
    .await
}

/// Deletes what isn't deleted yet, and marks it as deleted with the organization.
pub async fn delete_all_of(
    tx: &mut PgConnection,
    organization: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update events
            set status_before_deletion = status, status = 'DELETED', deleted_at = $3, deleted_by = $2,
                deleted_with_organization = true, updated_at = $3
          where organization_id = $1 and status <> 'DELETED'",
        organization,
        by,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// Brings back what was deleted with the organization, and nothing else.
pub async fn restore_all_of(
    tx: &mut PgConnection,
    organization: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update events
            set status = status_before_deletion, status_before_deletion = null, deleted_at = null, deleted_by = null,
                deleted_with_organization = false, updated_at = $2
          where organization_id = $1 and status = 'DELETED' and deleted_with_organization and purged_at is null
            and status_before_deletion is not null",
        organization,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}
