use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct NewBan<'a> {
    pub event: Uuid,
    pub user: Uuid,
    pub by: Uuid,
    pub reason: &'a str,
    pub note: Option<&'a str>,
    pub now: OffsetDateTime,
}

/// The place on a waitlist stays written down: a lifted ban gives it back.
pub async fn ban(tx: &mut PgConnection, ban: &NewBan<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members
            set status_before_ban = status, status = 'BANNED', banned_at = $6, banned_by = $3, ban_reason = $4,
                ban_note = $5, updated_at = $6
          where event_id = $1 and user_id = $2",
        ban.event,
        ban.user,
        ban.by,
        ban.reason,
        ban.note,
        ban.now
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
                ban_note = null, waitlisted_at = case when $3 = 'WAITLISTED' then coalesce(waitlisted_at, $4) end, updated_at = $4
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
