use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// The place on a waitlist stays written down: a lifted ban gives it back.
pub async fn ban(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    by: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members
            set status_before_ban = status, status = 'BANNED', banned_at = $5, banned_by = $3, ban_reason = $4,
                updated_at = $5
          where event_id = $1 and user_id = $2",
        event,
        user,
        by,
        reason,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn unban(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    status: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members
            set status = $3, status_before_ban = null, banned_at = null, banned_by = null, ban_reason = null,
                waitlisted_at = case when $3 = 'WAITLISTED' then coalesce(waitlisted_at, $4) end, updated_at = $4
          where event_id = $1 and user_id = $2",
        event,
        user,
        status,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
