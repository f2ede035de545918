use domain::chat::{
    DeletedBy, MessageView, RoomKind, may_delete, may_edit, may_moderate, may_react, may_read, may_restore,
};
use domain::ids::{ChatMessageId, ChatRoomId};
use domain::time::Timestamp;
use domain::{AppError, SignedIn};

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

/// A moderator's deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    pub by: String,
    pub at: Timestamp,
    pub reason: Option<String>,
    pub text: String,
}

/// Opens one message: four statements.
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
    let row = queries::room_standing(&mut connection, person.user.get(), room.get()).await?;
    let row = row.filter(|row| row.event_slug == event_slug).ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, now)?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    let view = queries::message(&mut *connection, person.user.get(), row.room_id, message.get()).await?;
    let view = view.ok_or(ServiceError::NOT_FOUND)?.into_view();
    let key = queries::MessageKey { event: row.event_id, room: row.room_id, message: message.get() };
    let stored = queries::facts(&mut *connection, key).await?.ok_or(ServiceError::NOT_FOUND)?;
    let facts = read_facts(&stored, person);
    let edits = queries::edits(&mut *connection, message.get()).await?;
    // What its author took back, nobody is shown again.
    let is_final = facts.deletion.is_some_and(|deletion| deletion.by == DeletedBy::Author);
    let sees_all = !is_final && (facts.is_own || may_moderate(&post).is_ok());
    let earlier =
        |row: queries::EditRow| EarlierText { text: row.previous_body, until: row.edited_at.into() };
    let deleted = facts.deletion.filter(|_| sees_all).map(|deletion| Deleted {
        by: stored.deleter.unwrap_or_default(),
        at: deletion.at.into(),
        reason: stored.delete_reason,
        text: stored.body,
    });
    Ok(MessagePage {
        is_own: facts.is_own,
        is_moderator: post.is_moderator(),
        refusal: domain::chat::may_post(&post).err(),
        may_edit: may_edit(&post, &facts, now).is_ok(),
        may_delete: facts.deletion.is_none() && may_delete(&post, &facts).is_ok(),
        may_restore: facts.deletion.is_some() && may_restore(&post, &facts, now).is_ok(),
        may_react: may_react(&post, &facts).is_ok(),
        earlier: if sees_all { edits.into_iter().map(earlier).collect() } else { Vec::new() },
        deleted,
        room_kind: post.kind,
        room_name: row.name,
        message: view,
    })
}
