use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub async fn insert_warning(
    tx: &mut PgConnection,
    id: Uuid,
    (event, user): (Uuid, Uuid),
    by: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into event_warnings (id, event_id, user_id, reason, warned_by, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        id,
        event,
        user,
        reason,
        by,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct WarningRow {
    pub id: Uuid,
    pub reason: String,
    pub created_at: OffsetDateTime,
}

/// What one member has not confirmed yet, oldest first.
pub async fn open_warnings(
    db: impl PgExecutor<'_>,
    event: Uuid,
    user: Uuid,
) -> sqlx::Result<Vec<WarningRow>> {
    sqlx::query_as!(
        WarningRow,
        "select id, reason, created_at from event_warnings
          where event_id = $1 and user_id = $2 and confirmed_at is null
          order by created_at, id
          limit 20",
        event,
        user
    )
    .fetch_all(db)
    .await
}

/// Answers whether the member has such a warning; confirming it again changes nothing.
pub async fn confirm(
    db: impl PgExecutor<'_>,
    event: Uuid,
    user: Uuid,
    warning: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query!(
        "update event_warnings set confirmed_at = coalesce(confirmed_at, $4)
          where id = $3 and event_id = $1 and user_id = $2",
        event,
        user,
        warning,
        now
    )
    .execute(db)
    .await
    .map(|done| done.rows_affected() > 0)
}
