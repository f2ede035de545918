use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct NewConversationRow {
    pub id: Uuid,
    /// Ordered.
    pub pair: [Uuid; 2],
    /// `None` for the global one.
    pub event: Option<Uuid>,
    pub started_by: Uuid,
    pub now: OffsetDateTime,
}

/// The conversation of the pair in this scope with both its sides, made where there was none; its row is locked.
/// Two at once get the same one.
pub async fn open(tx: &mut PgConnection, new: &NewConversationRow) -> sqlx::Result<Uuid> {
    let [low, high] = new.pair;
    sqlx::query_scalar!(
        r#"with opened as (
               insert into conversations as c (id, user_low, user_high, event_id, started_by, created_at)
               values ($1, $2, $3, $4, $5, $6)
               on conflict on constraint conversations_pair_unique do update set started_by = c.started_by
               returning c.id
           ), sides as (
               insert into conversation_sides (conversation_id, user_low, user_high, user_id)
               select o.id, $2, $3, s.user_id from opened o, unnest(array[$2, $3]::uuid[]) as s (user_id)
               on conflict do nothing
           )
           select id as "id!" from opened"#,
        new.id,
        low,
        high,
        new.event,
        new.started_by,
        new.now
    )
    .fetch_one(tx)
    .await
}

/// A message dated when it was written, which brings the conversation up as of now. Whoever it was written to has read it
/// already: it is what they answered. What they had not read before it stays unread.
pub async fn insert_opening_message(
    tx: &mut PgConnection,
    conversation: Uuid,
    [id, client_message_id]: [Uuid; 2],
    sender: Uuid,
    body: &str,
    [written_at, now]: [OffsetDateTime; 2],
) -> sqlx::Result<()> {
    sqlx::query!(
        "with numbers as (
             update conversations set last_seq = last_seq + 1, last_rev = last_rev + 1, last_message_at = $7
              where id = $1
             returning last_seq, last_rev
         ), answered as (
             update conversation_sides s set last_read_seq = n.last_seq, last_delivered_seq = n.last_seq
               from numbers n
              where s.conversation_id = $1 and s.user_id <> $3
                and not exists (select 1 from direct_messages m
                                 where m.conversation_id = $1 and m.sender_id = $3 and m.deleted_at is null
                                   and m.seq > greatest(s.last_read_seq, s.cleared_before_seq))
         )
         insert into direct_messages (id, conversation_id, sender_id, client_message_id, seq, rev, body, created_at)
         select $2, $1, $3, $4, n.last_seq, n.last_rev, $5, $6 from numbers n",
        conversation,
        id,
        sender,
        client_message_id,
        body,
        written_at,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
