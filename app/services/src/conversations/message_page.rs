use domain::chat::{EDIT_TIME, MessageView};
use domain::conversations::{may_read, may_send};
use domain::ids::{ChatMessageId, ConversationId};
use domain::time::Timestamp;
use domain::{AppError, SignedIn};

use super::{load, queries};
use crate::{Outcome, ServiceError, Services};

/// One message with what its reader may do to it.
#[derive(Debug, Clone)]
pub struct MessagePage {
    pub message: MessageView,
    /// Of the other one in the conversation.
    pub other_name: String,
    pub is_own: bool,
    pub may_send: Result<(), AppError>,
    pub may_edit: bool,
    /// What an own message said before, oldest first, each with when it was changed.
    pub earlier: Vec<(String, Timestamp)>,
}

/// Opens one message of a conversation: three statements.
///
/// # Errors
/// As [`may_read`]; [`AppError::NotFound`] for a message that is not in this conversation, or cleared.
pub async fn open_message(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    message: ChatMessageId,
) -> Outcome<MessagePage> {
    let mut connection = services.db.acquire().await?;
    let row = load(&mut *connection, person.user, conversation).await?;
    let pair = row.pair()?;
    may_read(&pair)?;
    let found = queries::message(&mut connection, row.view(), message.get()).await?;
    let found = found.ok_or(ServiceError::NOT_FOUND)?;
    let is_young = services.clock.now() - found.created_at < EDIT_TIME;
    let message = found.into_view();
    let is_own = message.author.id == person.user;
    let is_there = message.body.is_some();
    let edits = if is_own && is_there {
        queries::earlier_texts(&mut connection, message.id.get()).await?
    } else {
        Vec::new()
    };
    let may_send = may_send(&pair);
    Ok(MessagePage {
        may_edit: is_own && is_there && is_young && may_send.is_ok(),
        earlier: edits.into_iter().map(|edit| (edit.previous_body, edit.edited_at.into())).collect(),
        other_name: row.other().full_name,
        message,
        is_own,
        may_send,
    })
}
