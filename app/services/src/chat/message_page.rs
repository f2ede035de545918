use domain::accounts::full_name;
use domain::chat::{
    DeletedBy, Deletion, MessageFacts, MessageView, RoomKind, may_delete, may_edit, may_moderate, may_react,
    may_read, may_restore,
};
use domain::ids::{ChatMessageId, ChatRoomId};
use domain::time::Timestamp;
use domain::{AppError, SignedIn};
use sqlx::PgConnection;

use super::change::read_facts;
use super::{queries, read_standing};
use crate::{Outcome, ServiceError, Services};

/// One message with everything this person may do to it.
#[derive(Debug, Clone)]
pub struct MessagePage {
    pub room_kind: RoomKind,
    pub room_name: String,
    pub message: MessageView,
    pub is_own: bool,
    /// Moderates the room.
    pub is_moderator: bool,
    /// `None` when they may post in the room, and so answer.
    pub refusal: Option<AppError>,
    pub may_edit: bool,
    pub may_delete: bool,
    pub may_restore: bool,
    pub may_react: bool,
    /// In the order of its reactions.
    pub reacted: Vec<Reacted>,
    /// What it said before, oldest first; for its author and moderators.
    pub earlier: Vec<EarlierText>,
    /// For its author and moderators, when a moderator deleted it.
    pub deleted: Option<Deleted>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierText {
    pub text: String,
    /// When it gave way to the next.
    pub until: Timestamp,
}

/// Who reacted with one emoji. Whom a block separates from the reader is not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reacted {
    pub emoji: String,
    /// Of the first, at most [`Self::MOST_NAMES`].
    pub names: Vec<String>,
    /// How many did besides.
    pub more: i64,
}

impl Reacted {
    pub const MOST_NAMES: i64 = 50;

    fn read(row: queries::ReactedRow) -> Self {
        let names = row.first_names.iter().zip(&row.last_names).map(|(first, last)| full_name(first, last));
        Self { emoji: row.emoji, names: names.collect(), more: (row.people - Self::MOST_NAMES).max(0) }
    }
}

/// A moderator's deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    pub by: String,
    pub at: Timestamp,
    pub reason: Option<String>,
    pub text: String,
}

impl Deleted {
    fn read(deletion: Deletion, stored: queries::FactsRow) -> Self {
        Self {
            by: stored.deleter.unwrap_or_default(),
            at: deletion.at.into(),
            reason: stored.delete_reason,
            text: stored.body,
        }
    }
}

/// Opens one message: four statements. Of one that is there the last asks who reacted, of a deleted one who deleted it.
///
/// # Errors
/// As [`may_read`]; [`AppError::NotFound`] for a room of another event and a message that isn't of the room.
pub async fn open_message(
    services: &Services,
    person: &SignedIn,
    event_slug: &str,
    room: ChatRoomId,
    message: ChatMessageId,
) -> Outcome<MessagePage> {
    let now = services.clock.now();
    let mut connection = services.db.acquire().await?;
    let user = person.user.get();
    let row = queries::room_standing(&mut connection, user, room.get()).await?;
    let row = row.filter(|row| row.event_slug == event_slug).ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, now)?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    let view = queries::message(&mut *connection, user, row.room_id, message.get()).await?;
    let view = view.ok_or(ServiceError::NOT_FOUND)?.into_view();
    let edits = queries::edits(&mut *connection, message.get()).await?;
    let (facts, reacted, deleted) = if view.body.is_some() {
        (facts_of(&view, person), who_reacted(&mut connection, &view, person).await?, None)
    } else {
        let key = queries::MessageKey { event: row.event_id, room: row.room_id, message: message.get() };
        let stored = queries::facts(&mut *connection, key).await?.ok_or(ServiceError::NOT_FOUND)?;
        let facts = read_facts(&stored, person);
        (facts, Vec::new(), facts.deletion.map(|deletion| Deleted::read(deletion, stored)))
    };
    // What its author took back, nobody is shown again.
    let is_final = facts.deletion.is_some_and(|deletion| deletion.by == DeletedBy::Author);
    let sees_all = !is_final && (facts.is_own || may_moderate(&post).is_ok());
    let earlier =
        |row: queries::EditRow| EarlierText { text: row.previous_body, until: row.edited_at.into() };
    Ok(MessagePage {
        is_own: facts.is_own,
        is_moderator: post.is_moderator(),
        refusal: domain::chat::may_post(&post).err(),
        may_edit: may_edit(&post, &facts, now).is_ok(),
        may_delete: facts.deletion.is_none() && may_delete(&post, &facts).is_ok(),
        may_restore: facts.deletion.is_some() && may_restore(&post, &facts, now).is_ok(),
        may_react: may_react(&post, &facts).is_ok(),
        reacted,
        earlier: if sees_all { edits.into_iter().map(earlier).collect() } else { Vec::new() },
        deleted: deleted.filter(|_| sees_all),
        room_kind: post.kind,
        room_name: row.name,
        message: view,
    })
}

async fn who_reacted(
    connection: &mut PgConnection,
    message: &MessageView,
    person: &SignedIn,
) -> Outcome<Vec<Reacted>> {
    let (id, viewer) = (message.id.get(), person.user.get());
    let rows = queries::reacted(connection, id, viewer, Reacted::MOST_NAMES).await?;
    let mut reacted: Vec<Reacted> = rows.into_iter().map(Reacted::read).collect();
    // Who began may be left out here, and counts there.
    reacted.sort_by_key(|one| message.reactions.iter().position(|counted| counted.emoji == one.emoji));
    Ok(reacted)
}

/// Of a message that is there.
fn facts_of(message: &MessageView, person: &SignedIn) -> MessageFacts {
    MessageFacts {
        is_own: message.author.id == person.user,
        posted_at: message.sent_at.to_utc(),
        deletion: None,
    }
}
