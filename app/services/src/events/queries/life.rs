//! The status of an event, and what follows it.

use sqlx::{PgConnection, PgExecutor};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub struct LifeRow {
    pub organization_id: Uuid,
    pub slug: String,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub has_registrations: bool,
}

pub async fn life(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<LifeRow> {
    sqlx::query_as!(
        LifeRow,
        r#"select e.organization_id, e.slug, e.title, e.start_date, e.end_date, e.time_zone,
                  exists (select 1 from event_members m where m.event_id = e.id and m.source = 'REGISTERED'
                             and m.status in ('ACTIVE', 'WAITLISTED')) as "has_registrations!"
             from events e where e.id = $1"#,
        event
    )
    .fetch_one(db)
    .await
}

/// The caller holds the event. A reason belongs to a cancellation and goes with the archive; who reopens an event keeps
/// the clock from archiving it. Calendars learn of a cancellation and of its end by the higher version.
pub async fn set_status(
    tx: &mut PgConnection,
    event: Uuid,
    status: &str,
    reason: Option<&str>,
    reopened: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update events
            set published_at = case when $2 = 'PUBLISHED' and status = 'DRAFT' then $5 else published_at end,
                cancel_reason = case $2 when 'CANCELLED' then $3 when 'ARCHIVED' then cancel_reason end,
                cancelled_at = case $2 when 'CANCELLED' then $5 when 'ARCHIVED' then cancelled_at end,
                auto_archive_days = case when $4 then 0 else auto_archive_days end,
                status = $2, updated_at = $5,
                version = version + case when 'CANCELLED' in ($2, status) then 1 else 0 end
          where id = $1",
        event,
        status,
        reason,
        reopened,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Those that were to come; what is live or over stays as it is.
pub async fn cancel_sessions(tx: &mut PgConnection, event: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions
            set status = 'CANCELLED', cancelled_with_event = true, sequence = sequence + 1, version = version + 1,
                updated_at = $2
          where event_id = $1 and status = 'SCHEDULED' and purged_at is null",
        event,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Those that the event's own cancellation took.
pub async fn reinstate_sessions(tx: &mut PgConnection, event: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update agenda_sessions
            set status = 'SCHEDULED', cancelled_with_event = false, sequence = sequence + 1, version = version + 1,
                updated_at = $2
          where event_id = $1 and cancelled_with_event and status = 'CANCELLED' and purged_at is null",
        event,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct ToTellRow {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub wants_mail: bool,
}

/// Members and those who wait, by id after the last one, and whether they want mails of a kind; without one all do.
pub async fn members_to_tell(
    db: impl PgExecutor<'_>,
    event: Uuid,
    kind: Option<&str>,
    after: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<ToTellRow>> {
    sqlx::query_as!(
        ToTellRow,
        r#"select u.id, u.first_name, u.last_name, u.email, coalesce(p.mail, true) as "wants_mail!"
             from event_members m
             join users u on u.id = m.user_id and u.state = 'ACTIVE'
             left join notification_preferences p on p.user_id = u.id and p.kind = $2
            where m.event_id = $1 and m.status in ('ACTIVE', 'WAITLISTED') and u.id > $3
            order by u.id
            limit $4"#,
        event,
        kind,
        after,
        limit
    )
    .fetch_all(db)
    .await
}

pub struct ToArchiveRow {
    pub id: Uuid,
    pub time_zone: String,
    /// The last day on which it still is not archived.
    pub archived_after: Date,
}

pub async fn to_archive(db: impl PgExecutor<'_>, today: Date, limit: i64) -> sqlx::Result<Vec<ToArchiveRow>> {
    sqlx::query_as!(
        ToArchiveRow,
        r#"select e.id, e.time_zone, e.end_date + e.auto_archive_days as "archived_after!"
             from events e join organizations o on o.id = e.organization_id and o.deleted_at is null
            where e.status in ('PUBLISHED', 'CANCELLED') and e.auto_archive_days > 0
              and e.end_date + e.auto_archive_days < $1
            order by e.end_date, e.id
            limit $2"#,
        today,
        limit
    )
    .fetch_all(db)
    .await
}

pub async fn lock_to_archive(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select status from events
          where id = $1 and status in ('PUBLISHED', 'CANCELLED') and auto_archive_days > 0
            for update skip locked",
        event
    )
    .fetch_optional(tx)
    .await
}
