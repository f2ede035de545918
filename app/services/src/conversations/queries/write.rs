use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Locks a conversation of this person, so that nothing between the two changes before the transaction ends; false
/// when it is not theirs.
pub async fn lock(tx: &mut PgConnection, conversation: Uuid, user: Uuid) -> sqlx::Result<bool> {
    let row = sqlx::query_scalar!(
        "select id from conversations where id = $1 and $2 in (user_low, user_high) for update",
        conversation,
        user
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.is_some())
}

/// Locks everything two people have with each other, in the order of ids.
pub async fn lock_pair(tx: &mut PgConnection, one: Uuid, other: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from conversations
          where user_low = least($1::uuid, $2::uuid) and user_high = greatest($1::uuid, $2::uuid)
          order by id
            for update",
        one,
        other
    )
    .fetch_all(tx)
    .await
    .map(drop)
}

pub struct NewMessageRow<'a> {
    pub id: Uuid,
    pub conversation_id: Uuid,
    pub sender_id: Uuid,
    pub client_message_id: Uuid,
    pub body: &'a str,
    pub reply_to: Option<Uuid>,
    pub now: OffsetDateTime,
}

/// Takes the conversation's next numbers and inserts, in one statement. False when the client id is known: the caller
/// must roll back, because the numbers are taken by then and may leave no gap.
pub async fn insert_message(tx: &mut PgConnection, row: &NewMessageRow<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "with numbers as (
             update conversations
                set last_seq = last_seq + 1, last_rev = last_rev + 1, last_message_at = $6
              where id = $2
             returning last_seq, last_rev
         )
         insert into direct_messages
                (id, conversation_id, sender_id, client_message_id, seq, rev, body, reply_to, created_at)
         select $1, $2, $3, $4, n.last_seq, n.last_rev, $5, $7, $6 from numbers n
         on conflict on constraint direct_messages_client_id_unique do nothing",
        row.id,
        row.conversation_id,
        row.sender_id,
        row.client_message_id,
        row.body,
        row.now,
        row.reply_to
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The next revision of a conversation, for a change of one of its messages.
pub async fn next_rev(tx: &mut PgConnection, conversation: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "update conversations set last_rev = last_rev + 1 where id = $1 returning last_rev",
        conversation
    )
    .fetch_one(tx)
    .await
}

/// Another text; the one before is kept for its author.
pub async fn edit_message(
    tx: &mut PgConnection,
    conversation: Uuid,
    message: Uuid,
    body: &str,
    rev: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with before as (
             insert into direct_message_edits (message_id, edited_at, previous_body)
             select m.id, $5, m.body from direct_messages m where m.conversation_id = $1 and m.id = $2
             on conflict (message_id, edited_at) do nothing
         )
         update direct_messages set body = $3, rev = $4, edited_at = $5
          where conversation_id = $1 and id = $2",
        conversation,
        message,
        body,
        rev,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The row stays, so that the place stays.
pub async fn delete_message(
    tx: &mut PgConnection,
    conversation: Uuid,
    message: Uuid,
    rev: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update direct_messages set rev = $3, deleted_at = $4
          where conversation_id = $1 and id = $2 and deleted_at is null",
        conversation,
        message,
        rev,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct EditRow {
    pub previous_body: String,
    pub edited_at: OffsetDateTime,
}

/// What a message said before, oldest first; the caller has asked whether the reader is its author.
pub async fn earlier_texts(tx: &mut PgConnection, message: Uuid) -> sqlx::Result<Vec<EditRow>> {
    sqlx::query_as!(
        EditRow,
        "select previous_body, edited_at from direct_message_edits where message_id = $1 order by edited_at limit 200",
        message
    )
    .fetch_all(tx)
    .await
}
