use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Takes a reaction back; whether there was one.
pub async fn remove_reaction(
    tx: &mut PgConnection,
    message: Uuid,
    user: Uuid,
    emoji: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from direct_message_reactions where message_id = $1 and user_id = $2 and emoji = $3",
        message,
        user,
        emoji
    );
    Ok(done.execute(tx).await?.rows_affected() > 0)
}

/// Adds a reaction unless it would be one more than `most` different ones; whether it did.
pub async fn add_reaction(
    tx: &mut PgConnection,
    message: Uuid,
    user: Uuid,
    emoji: &str,
    most: i64,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into direct_message_reactions (message_id, user_id, emoji, created_at)
         select $1, $2, $3, $4
          where (select count(distinct r.emoji) from direct_message_reactions r
                  where r.message_id = $1 and r.emoji <> $3) < $5",
        message,
        user,
        emoji,
        now,
        most
    );
    Ok(done.execute(tx).await?.rows_affected() > 0)
}

/// Gives a message the revision of its last change.
pub async fn set_rev(tx: &mut PgConnection, conversation: Uuid, message: Uuid, rev: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "update direct_messages set rev = $3 where conversation_id = $1 and id = $2",
        conversation,
        message,
        rev
    )
    .execute(tx)
    .await
    .map(drop)
}
