use domain::accounts::{PersonCard, full_name};
use domain::chat::{DeletedBy, MessageView, Quote, Reaction};
use domain::ids::{ChatMessageId, ClientMessageId, UserId};
use domain::paging::{PageSize, Slice, Window};
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of `chat_message_views`, and what the reader reacted with.
pub struct MessageRow {
    pub id: Uuid,
    pub client_message_id: Uuid,
    pub author_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub seq: i64,
    pub rev: i64,
    pub body: Option<String>,
    pub created_at: OffsetDateTime,
    pub is_edited: bool,
    pub deleted_by: Option<String>,
    pub quoted_id: Option<Uuid>,
    pub quoted_seq: Option<i64>,
    pub quoted_first_name: Option<String>,
    pub quoted_last_name: Option<String>,
    pub quoted_body: Option<String>,
    pub emojis: Option<Vec<String>>,
    pub counts: Option<Vec<i64>>,
    pub own_emojis: Vec<String>,
    pub mentioned_ids: Option<Vec<Uuid>>,
    pub mentioned_first_names: Option<Vec<String>>,
    pub mentioned_last_names: Option<Vec<String>>,
    pub mentioned_written: Option<Vec<String>>,
}

impl MessageRow {
    pub fn into_view(mut self) -> MessageView {
        let mentions = self.name_mentioned();
        MessageView {
            id: ChatMessageId::new(self.id),
            client_message_id: ClientMessageId::new(self.client_message_id),
            seq: self.seq,
            rev: self.rev,
            author: PersonCard {
                id: UserId::new(self.author_id),
                full_name: full_name(&self.first_name, &self.last_name),
            },
            is_edited: self.is_edited && self.body.is_some(),
            deleted_by: self.deleted_by.as_deref().map(|by| match by {
                "AUTHOR" => DeletedBy::Author,
                _ => DeletedBy::Moderator,
            }),
            reply_to: self.quote(),
            reactions: self.reactions(),
            mentions,
            body: self.body,
            sent_at: self.created_at.into(),
        }
    }

    /// The people behind the names in the text, which are changed to the present ones.
    fn name_mentioned(&mut self) -> Vec<PersonCard> {
        let ids = self.mentioned_ids.take().unwrap_or_default();
        let first_names = self.mentioned_first_names.take().unwrap_or_default();
        let last_names = self.mentioned_last_names.take().unwrap_or_default();
        let written = self.mentioned_written.take().unwrap_or_default();
        let names = first_names.iter().zip(&last_names).map(|(first, last)| full_name(first, last));
        let mut mentions = Vec::with_capacity(ids.len());
        for ((id, name), written) in ids.into_iter().zip(names).zip(written) {
            if name != written {
                self.body =
                    self.body.take().map(|body| body.replace(&format!("@{written}"), &format!("@{name}")));
            }
            mentions.push(PersonCard { id: UserId::new(id), full_name: name });
        }
        mentions
    }

    fn quote(&self) -> Option<Quote> {
        let names = (self.quoted_first_name.as_deref(), self.quoted_last_name.as_deref());
        Quote::stored(
            self.quoted_id.map(ChatMessageId::new),
            self.quoted_seq,
            names,
            self.quoted_body.as_deref(),
        )
    }

    fn reactions(&mut self) -> Vec<Reaction> {
        let (emojis, counts) = (self.emojis.take(), self.counts.take());
        Reaction::counted(emojis.unwrap_or_default(), counts.unwrap_or_default(), &self.own_emojis)
    }
}

/// The messages that a condition picks, as the person in `$1` sees them.
macro_rules! messages {
    ($condition:tt, $viewer:expr $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            MessageRow,
            r#"select v.id as "id!", v.client_message_id as "client_message_id!",
                      v.author_id as "author_id!", v.first_name as "first_name!", v.last_name as "last_name!",
                      v.seq as "seq!", v.rev as "rev!", v.body as "body?", v.created_at as "created_at!",
                      v.is_edited as "is_edited!", v.deleted_by as "deleted_by?", v.quoted_id as "quoted_id?",
                      v.quoted_seq as "quoted_seq?", v.quoted_first_name as "quoted_first_name?",
                      v.quoted_last_name as "quoted_last_name?", v.quoted_body as "quoted_body?",
                      v.emojis as "emojis?", v.counts as "counts?",
                      array(select r.emoji from chat_reactions r where r.message_id = v.id and r.user_id = $1)
                          as "own_emojis!",
                      v.mentioned_ids as "mentioned_ids?", v.mentioned_first_names as "mentioned_first_names?",
                      v.mentioned_last_names as "mentioned_last_names?", v.mentioned_written as "mentioned_written?"
                 from chat_message_views v "# + $condition,
            $viewer
            $(, $argument)*
        )
    };
}

/// By the id its author's browser gave it.
pub async fn message_by_client_id(
    db: impl PgExecutor<'_>,
    author: Uuid,
    client_message_id: Uuid,
) -> sqlx::Result<Option<MessageRow>> {
    messages!("where v.author_id = $1 and v.client_message_id = $2", author, client_message_id)
        .fetch_optional(db)
        .await
}

/// One message of a room.
pub async fn message(
    db: impl PgExecutor<'_>,
    viewer: Uuid,
    room: Uuid,
    id: Uuid,
) -> sqlx::Result<Option<MessageRow>> {
    messages!("where v.room_id = $2 and v.id = $3", viewer, room, id).fetch_optional(db).await
}

/// Tombstones come without text, so that a resumed reader learns of the deletion and nothing else.
pub async fn changes_after(
    db: impl PgExecutor<'_>,
    viewer: Uuid,
    room: Uuid,
    after_rev: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    messages!("where v.room_id = $2 and v.rev > $3 order by v.rev limit $4", viewer, room, after_rev, limit)
        .fetch_all(db)
        .await
}

/// Whose window of which room.
#[derive(Clone, Copy)]
pub struct WindowOf {
    pub event: Uuid,
    pub room: Uuid,
    pub viewer: Uuid,
}

/// One window of a room by position; one row more than asked for tells whether there is more.
pub async fn window(
    tx: &mut PgConnection,
    of: WindowOf,
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
        None => older_than(tx, of, before, limit).await?,
        Some(seq) => newer_than(tx, of, seq, limit).await?,
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
    of: WindowOf,
    before: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    messages!(
        "where v.event_id = $2 and v.room_id = $3 and v.seq < $4 order by v.seq desc limit $5",
        of.viewer,
        of.event,
        of.room,
        before,
        limit
    )
    .fetch_all(tx)
    .await
}

async fn newer_than(
    tx: &mut PgConnection,
    of: WindowOf,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    messages!(
        "where v.event_id = $2 and v.room_id = $3 and v.seq > $4 order by v.seq limit $5",
        of.viewer,
        of.event,
        of.room,
        after,
        limit
    )
    .fetch_all(tx)
    .await
}

/// A message with the ones around it, at most `reach` to each side and one more after them; nothing when there is no
/// such message. Positions have no gaps.
pub async fn around(
    tx: &mut PgConnection,
    of: WindowOf,
    message: Uuid,
    reach: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    messages!(
        "where v.event_id = $2 and v.room_id = $3
           and v.seq >= (select seq from chat_messages where room_id = $3 and id = $4) - $5
           and v.seq <= (select seq from chat_messages where room_id = $3 and id = $4) + $5 + 1
         order by v.seq
         limit 2 * $5 + 2",
        of.viewer,
        of.event,
        of.room,
        message,
        reach
    )
    .fetch_all(tx)
    .await
}
