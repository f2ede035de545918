use domain::accounts::PersonCard;
use domain::chat::MessageView;
use domain::conversations::{may_read, may_send};
use domain::ids::{ConversationId, FileId, UserId};
use domain::notifications::News;
use domain::paging::{PageSize, Slice, Window};
use domain::realtime::{ServerFrame, Topic};
use domain::{AppError, SignedIn};

use super::{load, queries, tell};
use crate::{Outcome, Services, notifications};

/// A conversation as it opens.
#[derive(Debug, Clone)]
pub struct ConversationPage {
    pub id: ConversationId,
    pub other: PersonCard,
    pub avatar: Option<FileId>,
    /// They are seen online when they are.
    pub shows_presence: bool,
    /// The title of the event it belongs to.
    pub event: Option<String>,
    pub messages: Slice<MessageView>,
    /// The `rev` up to which `messages` is complete; the socket resumes after it.
    pub cursor: i64,
    /// The reader's pointer before this visit; everything after it is new.
    pub last_read_seq: i64,
    /// Of the other.
    pub receipts: Receipts,
    pub is_muted: bool,
    /// `None` when sending is refused, with the reason for the composer's place.
    pub may_send: Result<(), AppError>,
}

/// How far the other has got the messages of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipts {
    pub delivered_seq: i64,
    /// Only while both tell each other.
    pub read_seq: Option<i64>,
}

impl Receipts {
    /// Of people who can't write to each other any more.
    const NONE: Self = Self { delivered_seq: 0, read_seq: None };
}

/// Opens a conversation with a window of its history: two statements. Nothing becomes read by it.
///
/// The cursor is read before the messages, so that whatever commits in between is read twice rather than
/// missed.
///
/// # Errors
/// As [`may_read`].
pub async fn open_page(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    window: Window,
) -> Outcome<ConversationPage> {
    let mut connection = services.db.acquire().await?;
    let row = load(&mut *connection, person.user, conversation).await?;
    let pair = row.pair()?;
    may_read(&pair)?;
    let messages = queries::window(&mut connection, row.view(), window, PageSize::MESSAGES).await?;
    let may_send = may_send(&pair);
    let receipts = match may_send {
        Ok(()) => Receipts {
            delivered_seq: row.other_delivered_seq,
            read_seq: row.both_send_receipts.then_some(row.other_read_seq),
        },
        Err(_) => Receipts::NONE,
    };
    Ok(ConversationPage {
        id: conversation,
        other: row.other(),
        avatar: row.other_avatar.map(FileId::new),
        shows_presence: row.other_shows_presence && may_send.is_ok(),
        event: row.event_title.clone(),
        messages,
        cursor: row.last_rev,
        last_read_seq: row.last_read_seq,
        receipts,
        is_muted: row.is_muted,
        may_send,
    })
}

/// Moves the person's read pointer forward to `seq`, at most to the last message; never back. The other one learns of it
/// while both can write.
///
/// # Errors
/// As [`may_read`].
pub async fn mark_read(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    seq: i64,
) -> Outcome<()> {
    let mut connection = services.db.acquire().await?;
    let row = load(&mut *connection, person.user, conversation).await?;
    let pair = row.pair()?;
    may_read(&pair)?;
    let (id, user) = (row.conversation_id, person.user.get());
    let Some(seq) = queries::move_read_pointer(&mut connection, id, user, seq).await? else { return Ok(()) };
    let unread = queries::unread(&mut connection, id, user).await?;
    if unread == 0 {
        notifications::caught_up(
            services,
            &mut connection,
            person.user,
            News::DirectMessage,
            &id.to_string(),
        )
        .await?;
    }
    if may_send(&pair).is_ok() {
        if row.both_send_receipts {
            let topic = Topic::Conversation(conversation);
            services.bus.publish(topic, &ServerFrame::ReadReceipt { topic, person: person.user, seq });
        } else {
            delivered(services, person.user, conversation, seq);
        }
    }
    tell::unread(services, person.user, conversation, unread);
    Ok(())
}

/// Notes that messages up to `seq` have come to a client of this person; never back, and not where the other one may not
/// learn of it.
///
/// # Errors
/// As [`may_read`].
pub async fn mark_delivered(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    seq: i64,
) -> Outcome<()> {
    let mut connection = services.db.acquire().await?;
    let row = load(&mut *connection, person.user, conversation).await?;
    let pair = row.pair()?;
    may_read(&pair)?;
    if may_send(&pair).is_err() {
        return Ok(());
    }
    let (id, user) = (row.conversation_id, person.user.get());
    if let Some(seq) = queries::move_delivered_pointer(&mut connection, id, user, seq).await? {
        delivered(services, person.user, conversation, seq);
    }
    Ok(())
}

fn delivered(services: &Services, person: UserId, conversation: ConversationId, seq: i64) {
    let topic = Topic::Conversation(conversation);
    services.bus.publish(topic, &ServerFrame::DeliveryReceipt { topic, person, seq });
}
