use domain::accounts::{PersonCard, full_name};
use domain::chat::{DeletedBy, MessageView, Quote, Reaction};
use domain::ids::{ChatMessageId, ClientMessageId, UserId};
use domain::paging::{PageSize, Slice, Window};
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of `direct_message_views`, and what the reader reacted with.
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
    pub is_edited: bool,
    pub quoted_id: Option<Uuid>,
    pub quoted_seq: Option<i64>,
    pub quoted_first_name: Option<String>,
    pub quoted_last_name: Option<String>,
    /// As far as the reader has not cleared it.
    pub quoted_body: Option<String>,
    pub emojis: Option<Vec<String>>,
    pub counts: Option<Vec<i64>>,
    pub own_emojis: Vec<String>,
}

impl MessageRow {
    pub fn into_view(mut self) -> MessageView {
        MessageView {
            id: ChatMessageId::new(self.id),
            client_message_id: ClientMessageId::new(self.client_message_id),
            seq: self.seq,
            rev: self.rev,
            author: PersonCard {
                id: UserId::new(self.sender_id),
                full_name: full_name(&self.first_name, &self.last_name),
            },
            is_edited: self.is_edited && self.body.is_some(),
            // Nobody moderates what two people write to each other.
            deleted_by: self.body.is_none().then_some(DeletedBy::Author),
            reply_to: self.quote(),
            reactions: self.reactions(),
            mentions: Vec::new(),
            body: self.body,
            sent_at: self.created_at.into(),
        }
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

/// The messages that a condition picks, as the person in `$1` sees them, who has cleared them up to `$2`.
macro_rules! messages {
    ($condition:tt, $viewer:expr, $cleared:expr $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            MessageRow,
            r#"select v.id as "id!", v.conversation_id as "conversation_id!",
                      v.client_message_id as "client_message_id!", v.sender_id as "sender_id!",
                      v.first_name as "first_name!", v.last_name as "last_name!", v.seq as "seq!", v.rev as "rev!",
                      v.body as "body?", v.created_at as "created_at!", v.is_edited as "is_edited!",
                      v.quoted_id as "quoted_id?", v.quoted_seq as "quoted_seq?",
                      v.quoted_first_name as "quoted_first_name?", v.quoted_last_name as "quoted_last_name?",
                      case when v.quoted_seq > $2 then v.quoted_body end as "quoted_body?",
                      v.emojis as "emojis?", v.counts as "counts?",
                      array(select r.emoji from direct_message_reactions r
                             where r.message_id = v.id and r.user_id = $1) as "own_emojis!"
                 from direct_message_views v
                where v.seq > $2 and "# + $condition,
            $viewer,
            $cleared
            $(, $argument)*
        )
    };
}

/// Whose view of which conversation, and up to where they have cleared it.
#[derive(Debug, Clone, Copy)]
pub struct ViewOf {
    pub viewer: Uuid,
    pub conversation: Uuid,
    pub cleared: i64,
}

/// By the id its sender's browser gave it.
pub async fn message_by_client_id(
    db: impl PgExecutor<'_>,
    sender: Uuid,
    client_message_id: Uuid,
) -> sqlx::Result<Option<MessageRow>> {
    messages!("v.sender_id = $1 and v.client_message_id = $3", sender, 0_i64, client_message_id)
        .fetch_optional(db)
        .await
}

/// One message of a conversation.
pub async fn message(tx: &mut PgConnection, of: ViewOf, id: Uuid) -> sqlx::Result<Option<MessageRow>> {
    messages!("v.conversation_id = $3 and v.id = $4", of.viewer, of.cleared, of.conversation, id)
        .fetch_optional(tx)
        .await
}

/// Tombstones come without text, so that a resumed reader learns of the deletion and nothing else.
pub async fn changes_after(
    db: impl PgExecutor<'_>,
    of: ViewOf,
    after_rev: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    messages!(
        "v.conversation_id = $3 and v.rev > $4 order by v.rev limit $5",
        of.viewer,
        of.cleared,
        of.conversation,
        after_rev,
        limit
    )
    .fetch_all(db)
    .await
}

/// One window of a conversation by position; one row more than asked for tells whether there is more.
pub async fn window(
    tx: &mut PgConnection,
    of: ViewOf,
    window: Window,
    size: PageSize,
) -> sqlx::Result<Slice<MessageView>> {
    let limit = size.get() + 1;
    let mut rows = match window {
        Window::Newest => older_than(tx, of, i64::MAX, limit).await?,
        Window::Before(seq) => older_than(tx, of, seq, limit).await?,
        Window::After(seq) => newer_than(tx, of, seq, limit).await?,
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
        Window::After(seq) => (seq > of.cleared, more),
    };
    Ok(Slice { items, has_older, has_newer })
}

async fn older_than(
    tx: &mut PgConnection,
    of: ViewOf,
    before: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    messages!(
        "v.conversation_id = $3 and v.seq < $4 order by v.seq desc limit $5",
        of.viewer,
        of.cleared,
        of.conversation,
        before,
        limit
    )
    .fetch_all(tx)
    .await
}

async fn newer_than(
    tx: &mut PgConnection,
    of: ViewOf,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    messages!(
        "v.conversation_id = $3 and v.seq > $4 order by v.seq limit $5",
        of.viewer,
        of.cleared,
        of.conversation,
        after,
        limit
    )
    .fetch_all(tx)
    .await
}

/// Messages with a text in them, newest first; letters of either case. Deleted and cleared ones are never found.
pub async fn search(
    tx: &mut PgConnection,
    of: ViewOf,
    before: i64,
    text: &str,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    messages!(
        "v.conversation_id = $3 and v.seq < $4 and not v.is_deleted and strpos(lower(v.body), lower($5)) > 0 order by v.seq desc limit $6",
        of.viewer,
        of.cleared,
        of.conversation,
        before,
        text,
        limit
    )
    .fetch_all(tx)
    .await
}
