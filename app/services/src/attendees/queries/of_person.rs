use sqlx::PgConnection;
use uuid::Uuid;

/// What a row of membership says of the person beside that they were there.
pub async fn forget_member(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members set event_title = null, event_bio = null, agenda_feed_hash = null where user_id = $1",
        user
    )
    .execute(tx)
    .await
    .map(drop)
}
