use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// A session that the clock moved, and nobody else did.
pub struct DueRow {
    pub id: Uuid,
    pub event_id: Uuid,
    pub title: String,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
}

pub async fn start_due(db: impl PgExecutor<'_>, now: OffsetDateTime) -> sqlx::Result<Vec<DueRow>> {
    sqlx::query_as!(
        DueRow,
        "update agenda_sessions s set status = 'LIVE', updated_at = $1
           from events e
           join organizations o on o.id = e.organization_id and o.deleted_at is null
          where e.id = s.event_id and e.status = 'PUBLISHED' and e.session_status_mode = 'CLOCK'
            and s.status = 'SCHEDULED' and s.deleted_at is null and s.starts_at <= $1 and not s.status_by_hand
         returning s.id, s.event_id, s.title, s.starts_at, s.ends_at",
        now
    )
    .fetch_all(db)
    .await
}

pub async fn end_due(db: impl PgExecutor<'_>, now: OffsetDateTime) -> sqlx::Result<Vec<DueRow>> {
    sqlx::query_as!(
        DueRow,
        "update agenda_sessions s set status = 'COMPLETED', updated_at = $1
           from events e
           join organizations o on o.id = e.organization_id and o.deleted_at is null
          where e.id = s.event_id and e.status = 'PUBLISHED' and e.session_status_mode = 'CLOCK'
            and s.status = 'LIVE' and s.deleted_at is null and s.ends_at <= $1 and not s.status_by_hand
         returning s.id, s.event_id, s.title, s.starts_at, s.ends_at",
        now
    )
    .fetch_all(db)
    .await
}
