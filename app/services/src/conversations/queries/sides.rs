use sqlx::PgConnection;
use uuid::Uuid;

/// Forward only and never past the last message; who has read has got it too. `None` when nothing moved.
pub async fn move_read_pointer(
    tx: &mut PgConnection,
    conversation: Uuid,
    user: Uuid,
    seq: i64,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        "update conversation_sides s
            set last_read_seq = least($3, c.last_seq),
                last_delivered_seq = greatest(s.last_delivered_seq, least($3, c.last_seq))
           from conversations c
          where s.conversation_id = $1 and s.user_id = $2 and c.id = s.conversation_id
            and s.last_read_seq < least($3, c.last_seq)
         returning s.last_read_seq",
        conversation,
        user,
        seq
    )
    .fetch_optional(tx)
    .await
}

/// As [`move_read_pointer`], for what has come to the person's client.
pub async fn move_delivered_pointer(
    tx: &mut PgConnection,
    conversation: Uuid,
    user: Uuid,
    seq: i64,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        "update conversation_sides s
            set last_delivered_seq = least($3, c.last_seq)
           from conversations c
          where s.conversation_id = $1 and s.user_id = $2 and c.id = s.conversation_id
            and s.last_delivered_seq < least($3, c.last_seq)
         returning s.last_delivered_seq",
        conversation,
        user,
        seq
    )
    .fetch_optional(tx)
    .await
}

/// Everything up to now is gone for this side.
pub async fn clear(tx: &mut PgConnection, conversation: Uuid, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update conversation_sides s
            set cleared_before_seq = c.last_seq, last_read_seq = c.last_seq, last_delivered_seq = c.last_seq
           from conversations c
          where s.conversation_id = $1 and s.user_id = $2 and c.id = s.conversation_id",
        conversation,
        user
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_muted(
    tx: &mut PgConnection,
    conversation: Uuid,
    user: Uuid,
    muted: bool,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update conversation_sides set muted = $3 where conversation_id = $1 and user_id = $2",
        conversation,
        user,
        muted
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Capped at 100: more is shown as "99+".
pub async fn unread(tx: &mut PgConnection, conversation: Uuid, user: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "unread!" from (
               select 1 from conversation_sides s
                 join direct_messages m on m.conversation_id = s.conversation_id
                      and m.seq > greatest(s.last_read_seq, s.cleared_before_seq)
                where s.conversation_id = $1 and s.user_id = $2 and m.sender_id <> $2 and m.deleted_at is null
                limit 100) newer"#,
        conversation,
        user
    )
    .fetch_one(tx)
    .await
}
