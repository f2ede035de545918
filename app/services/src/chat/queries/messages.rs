use domain::accounts::{PersonCard, full_name};
use domain::chat::MessageView;
use domain::ids::{ChatMessageId, ClientMessageId, UserId};
use domain::paging::{PageSize, Slice, Window};
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct NewMessageRow<'a> {
    pub id: Uuid,
    pub event_id: Uuid,
    pub room_id: Uuid,
    pub author_id: Uuid,
    pub client_message_id: Uuid,
    pub body: &'a str,
    pub now: OffsetDateTime,
}

pub struct Numbers {
    pub seq: i64,
    pub rev: i64,
}

/// Takes the room's next numbers and inserts, in one statement. `None` when the client id is known: the
/// caller must roll back, because the numbers are taken by then and may leave no gap.
pub async fn insert_message(tx: &mut PgConnection, row: &NewMessageRow<'_>) -> sqlx::Result<Option<Numbers>> {
    sqlx::query_as!(
        Numbers,
        r#"with numbers as (
               update chat_rooms set last_seq = last_seq + 1, last_rev = last_rev + 1
                where id = $3 and event_id = $2
               returning last_seq, last_rev
           )
           insert into chat_messages (id, event_id, room_id, author_id, client_message_id, seq, rev, body, created_at)
           select $1, $2, $3, $4, $5, n.last_seq, n.last_rev, $6, $7 from numbers n
           on conflict on constraint chat_messages_client_id_unique do nothing
           returning seq, rev"#,
        row.id,
        row.event_id,
        row.room_id,
        row.author_id,
        row.client_message_id,
        row.body,
        row.now
    )
    .fetch_optional(tx)
    .await
}

pub struct MessageRow {
    pub id: Uuid,
    pub room_id: Uuid,
    pub client_message_id: Uuid,
    pub author_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub seq: i64,
    pub rev: i64,
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
                id: UserId::new(self.author_id),
                full_name: full_name(&self.first_name, &self.last_name),
            },
            body: self.body,
            sent_at: self.created_at.into(),
        }
    }
}

pub async fn message_by_client_id(
    db: impl PgExecutor<'_>,
    author: Uuid,
    client_message_id: Uuid,
) -> sqlx::Result<Option<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select c.id, c.room_id, c.client_message_id, c.author_id, u.first_name, u.last_name, c.seq, c.rev,
                  case when c.deleted_at is null then c.body end as body, c.created_at
             from chat_messages c join users u on u.id = c.author_id
            where c.author_id = $1 and c.client_message_id = $2"#,
        author,
        client_message_id
    )
    .fetch_optional(db)
    .await
}

/// Tombstones come without text, so that a resumed reader learns of the deletion and nothing else.
pub async fn changes_after(
    db: impl PgExecutor<'_>,
    room: Uuid,
    after_rev: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select c.id, c.room_id, c.client_message_id, c.author_id, u.first_name, u.last_name, c.seq, c.rev,
                  case when c.deleted_at is null then c.body end as body, c.created_at
             from chat_messages c join users u on u.id = c.author_id
            where c.room_id = $1 and c.rev > $2
            order by c.rev
            limit $3"#,
        room,
        after_rev,
        limit
    )
    .fetch_all(db)
    .await
}

/// One window of a room by position; one row more than asked for tells whether there is more.
pub async fn window(
    tx: &mut PgConnection,
    event: Uuid,
    room: Uuid,
    window: Window,
    size: PageSize,
) -> sqlx::Result<Slice<MessageView>> {
    let (before, after) = match window {
        Window::Newest => (i64::MAX, None),
        Window::Before(seq) => (seq, None),
        Window::After(seq) => (i64::MAX, Some(seq)),
    };
    let limit = size.get() + 1;
    let mut rows = match after {
        None => older_than(tx, event, room, before, limit).await?,
        Some(seq) => newer_than(tx, event, room, seq, limit).await?,
    };
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > size.get();
    if more {
        rows.pop();
    }
    if after.is_none() {
        rows.reverse();
    }
    let items: Vec<MessageView> = rows.into_iter().map(MessageRow::into_view).collect();
    let (has_older, has_newer) = match window {
        Window::Newest => (more, false),
        Window::Before(_) => (more, true),
        Window::After(seq) => (seq >= 1, more),
    };
    Ok(Slice { items, has_older, has_newer })
}

async fn older_than(
    tx: &mut PgConnection,
    event: Uuid,
    room: Uuid,
    before: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select c.id, c.room_id, c.client_message_id, c.author_id, u.first_name, u.last_name, c.seq, c.rev,
                  case when c.deleted_at is null then c.body end as body, c.created_at
             from chat_messages c join users u on u.id = c.author_id
            where c.event_id = $1 and c.room_id = $2 and c.seq < $3
            order by c.seq desc
            limit $4"#,
        event,
        room,
        before,
        limit
    )
    .fetch_all(tx)
    .await
}

async fn newer_than(
    tx: &mut PgConnection,
    event: Uuid,
    room: Uuid,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    sqlx::query_as!(
        MessageRow,
        r#"select c.id, c.room_id, c.client_message_id, c.author_id, u.first_name, u.last_name, c.seq, c.rev,
                  case when c.deleted_at is null then c.body end as body, c.created_at
             from chat_messages c join users u on u.id = c.author_id
            where c.event_id = $1 and c.room_id = $2 and c.seq > $3
            order by c.seq
            limit $4"#,
        event,
        room,
        after,
        limit
    )
    .fetch_all(tx)
    .await
}
