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

/// Ends memberships in these events and frees their seats; the last ADMIN of an event stays. Answers in
/// which one ended.
pub async fn remove_from_events(
    tx: &mut PgConnection,
    events: &[Uuid],
    user: Uuid,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "with ended as (
             select m.event_id, m.role = 'ATTENDEE' and m.status = 'ACTIVE' as had_seat
               from event_members m
              where m.event_id = any($1) and m.user_id = $2 and m.status in ('ACTIVE', 'WAITLISTED')
                and (m.role <> 'ADMIN' or exists (
                        select 1 from event_members other
                         where other.event_id = m.event_id and other.user_id <> $2
                           and other.role = 'ADMIN' and other.status = 'ACTIVE'))
         ), removed as (
             update event_members m set status = 'REMOVED', waitlisted_at = null
               from ended where m.event_id = ended.event_id and m.user_id = $2
         ), freed as (
             update events e set seats_taken = e.seats_taken - 1
               from ended where e.id = ended.event_id and ended.had_seat
         )
         select event_id from ended order by event_id",
        events,
        user
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

/// Removes texts, pictures, rooms and messages of an organization's events for good and frees their addresses; titles, dates
/// and memberships stay as bare facts.
pub async fn purge_all_of(
    tx: &mut PgConnection,
    organization: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with purged as (
             update events
                set description = null, venue_name = null, venue_address = null, venue_city = null,
                    venue_region = null, venue_country = null, online_note = null, accent_color = null,
                    hero_text = null, welcome_title = null, welcome_content = null, highlights = default,
                    faqs = default, conduct = null, contact_email = null, icebreakers = default,
                    profanity_words = default, cancel_reason = null,
                    slug = 'deleted-' || id::text, purged_at = $2
              where organization_id = $1 and status = 'DELETED' and purged_at is null
              returning id
         ), without_files as (
             delete from files f using purged where f.event_id = purged.id
         )
         delete from chat_rooms r using purged where r.event_id = purged.id",
        organization,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
