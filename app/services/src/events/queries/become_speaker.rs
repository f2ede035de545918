use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct RoleRow {
    pub role: String,
    pub status: String,
}

pub async fn membership(tx: &mut PgConnection, event: Uuid, user: Uuid) -> sqlx::Result<Option<RoleRow>> {
    sqlx::query_as!(
        RoleRow,
        "select role, status from event_members where event_id = $1 and user_id = $2 for update",
        event,
        user
    )
    .fetch_optional(tx)
    .await
}

pub async fn become_speaker(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members m
            set role = 'SPEAKER', event_title = coalesce(m.event_title, u.title),
                event_bio = coalesce(m.event_bio, u.bio), updated_at = $3
           from users u
          where m.event_id = $1 and m.user_id = $2 and u.id = m.user_id",
        event,
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
