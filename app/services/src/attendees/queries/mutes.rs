use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct NewMute<'a> {
    pub event: Uuid,
    pub user: Uuid,
    pub by: Uuid,
    pub reason: &'a str,
    /// `None` for the whole event.
    pub until: Option<OffsetDateTime>,
    pub now: OffsetDateTime,
}

/// Whatever mute there was before.
pub async fn mute(tx: &mut PgConnection, new: &NewMute<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members
            set muted_at = $6, muted_until = $5, muted_by = $3, mute_reason = $4, updated_at = $6
          where event_id = $1 and user_id = $2",
        new.event,
        new.user,
        new.by,
        new.reason,
        new.until,
        new.now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Answers whether there was a mute that held.
pub async fn unmute(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query!(
        "update event_members
            set muted_at = null, muted_until = null, muted_by = null, mute_reason = null, updated_at = $3
          where event_id = $1 and user_id = $2 and muted_at is not null
            and (muted_until is null or muted_until > $3)",
        event,
        user,
        now
    )
    .execute(tx)
    .await
    .map(|done| done.rows_affected() > 0)
}
