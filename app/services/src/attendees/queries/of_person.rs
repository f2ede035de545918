use sqlx::PgConnection;
use uuid::Uuid;

/// What a row of membership says of the person beside that they were there, in their words and in moderators'.
pub async fn forget_member(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members
            set event_title = null, event_bio = null, agenda_feed_hash = null, ban_note = null,
                mute_reason = case when mute_reason is not null then 'erased' end,
                ban_reason = case when ban_reason is not null then 'erased' end
          where user_id = $1",
        user
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update event_warnings set reason = 'erased'
          where (event_id, user_id) in (select event_id, user_id from event_members where user_id = $1)",
        user
    )
    .execute(tx)
    .await
    .map(drop)
}
