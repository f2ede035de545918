use domain::accounts::{PersonCard, full_name};
use domain::chat::MessageView;
use domain::ids::{ChatMessageId, ClientMessageId, UserId};
use domain::paging::{PageSize, Slice, Window};
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// A message as both of the two may see it.
pub struct MessageRow {
    pub id: Uuid,
    pub conversation_id: Uuid,
    pub client_message_id: Uuid,
    pub sender_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub seq: i64,
    pub rev: i64,
    /// `None` when it was deleted.
    pub body: Option<String>,
    pub created_at: OffsetDateTime,
}

impl MessageRow {
    pub fn into_view(self) -> MessageView {
        MessageView {
            id: ChatMessageId::new(self.id),
            client_message_id: ClientMessageId::new(self.client_message_id),
            seq: self.seq,
            rev: self.rev,
            author: PersonCard {
                id: UserId::new(self.sender_id),
                full_name: full_name(&self.first_name, &self.last_name),
            },
            body: self.body,
            sent_at: self.created_at.into(),
        }
    }
}

pub async fn message_by_client_id(
    db: impl PgExecutor<'_>,
    sender: Uuid,
    client_message_id: Uuid,
) -> sqlx::Result<Option<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select m.id, m.conversation_id, m.client_message_id, m.sender_id, u.first_name, u.last_name, m.seq, m.rev,
                  case when m.deleted_at is null then m.body end as body, m.created_at
             from direct_messages m join users u on u.id = m.sender_id
            where m.sender_id = $1 and m.client_message_id = $2"#,
        sender,
        client_message_id
    )
    .fetch_optional(db)
    .await
}

/// One message of a conversation that this side has not cleared.
pub async fn message(
    tx: &mut PgConnection,
    conversation: Uuid,
    cleared: i64,
    id: Uuid,
) -> sqlx::Result<Option<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select m.id, m.conversation_id, m.client_message_id, m.sender_id, u.first_name, u.last_name, m.seq, m.rev,
                  case when m.deleted_at is null then m.body end as body, m.created_at
             from direct_messages m join users u on u.id = m.sender_id
            where m.conversation_id = $1 and m.seq > $2 and m.id = $3"#,
        conversation,
        cleared,
        id
    )
    .fetch_optional(tx)
    .await
}

/// Tombstones come without text, so that a resumed reader learns of the deletion and nothing else.
pub async fn changes_after(
    db: impl PgExecutor<'_>,
    conversation: Uuid,
    cleared: i64,
    after_rev: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select m.id, m.conversation_id, m.client_message_id, m.sender_id, u.first_name, u.last_name, m.seq, m.rev,
                  case when m.deleted_at is null then m.body end as body, m.created_at
             from direct_messages m join users u on u.id = m.sender_id
            where m.conversation_id = $1 and m.seq > $2 and m.rev > $3
            order by m.rev
            limit $4"#,
        conversation,
        cleared,
        after_rev,
        limit
    )
    .fetch_all(db)
    .await
}

/// One window of a conversation by position, as far as this side has not cleared it; one row more than asked for tells
/// whether there is more.
pub async fn window(
    tx: &mut PgConnection,
    conversation: Uuid,
    cleared: i64,
    window: Window,
    size: PageSize,
) -> sqlx::Result<Slice<MessageView>> {
    let limit = size.get() + 1;
    let mut rows = match window {
        Window::Newest => older_than(tx, conversation, cleared, i64::MAX, limit).await?,
        Window::Before(seq) => older_than(tx, conversation, cleared, seq, limit).await?,
        Window::After(seq) => newer_than(tx, conversation, cleared.max(seq), limit).await?,
    };
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > size.get();
    if more {
        rows.pop();
    }
    if !matches!(window, Window::After(_)) {
        rows.reverse();
    }
    let items: Vec<MessageView> = rows.into_iter().map(MessageRow::into_view).collect();
    let (has_older, has_newer) = match window {
        Window::Newest => (more, false),
        Window::Before(_) => (more, true),
        Window::After(seq) => (seq > cleared, more),
    };
    Ok(Slice { items, has_older, has_newer })
}

async fn older_than(
    tx: &mut PgConnection,
    conversation: Uuid,
    cleared: i64,
    before: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select m.id, m.conversation_id, m.client_message_id, m.sender_id, u.first_name, u.last_name, m.seq, m.rev,
                  case when m.deleted_at is null then m.body end as body, m.created_at
             from direct_messages m join users u on u.id = m.sender_id
            where m.conversation_id = $1 and m.seq > $2 and m.seq < $3
            order by m.seq desc
            limit $4"#,
        conversation,
        cleared,
        before,
        limit
    )
    .fetch_all(tx)
    .await
}

async fn newer_than(
    tx: &mut PgConnection,
    conversation: Uuid,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select m.id, m.conversation_id, m.client_message_id, m.sender_id, u.first_name, u.last_name, m.seq, m.rev,
                  case when m.deleted_at is null then m.body end as body, m.created_at
             from direct_messages m join users u on u.id = m.sender_id
            where m.conversation_id = $1 and m.seq > $2
            order by m.seq
            limit $3"#,
        conversation,
        after,
        limit
    )
    .fetch_all(tx)
    .await
}

/// Messages with a text in them, newest first; letters of either case. Deleted and cleared ones are never found.
pub async fn search(
    tx: &mut PgConnection,
    conversation: Uuid,
    cleared: i64,
    before: i64,
    text: &str,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select m.id, m.conversation_id, m.client_message_id, m.sender_id, u.first_name, u.last_name, m.seq, m.rev,
                  m.body as "body?", m.created_at
             from direct_messages m join users u on u.id = m.sender_id
            where m.conversation_id = $1 and m.seq > $2 and m.seq < $3 and m.deleted_at is null
              and strpos(lower(m.body), lower($4)) > 0
            order by m.seq desc
            limit $5"#,
        conversation,
        cleared,
        before,
        text,
        limit
    )
    .fetch_all(tx)
    .await
}
