use domain::chat::{EDIT_TIME, MessageBody, MessageView};
use domain::conversations::may_send;
use domain::ids::{ChatMessageId, ConversationId};
use domain::realtime::ServerFrame;
use domain::{Denied, SignedIn};

use super::{hold, queries, rules, tell};
use crate::{Outcome, ServiceError, Services, db};

/// Gives an own message another text; the one before is kept for its author. The same text again changes nothing.
///
/// # Errors
/// As [`may_send`]; [`domain::AppError::NotFound`] for a message that is deleted or not in this conversation;
/// [`Denied::NotYourMessage`]; [`Denied::EditTimeOver`] after 15 minutes; [`domain::AppError::TooMany`].
pub async fn edit_message(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    message: ChatMessageId,
    body: &MessageBody,
) -> Outcome<MessageView> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = hold(&mut tx, person.user, conversation).await?;
    may_send(&row.pair()?)?;
    let found = queries::message(&mut tx, row.view(), message.get()).await?;
    let found = found.filter(|found| found.body.is_some()).ok_or(ServiceError::NOT_FOUND)?;
    if found.sender_id != person.user.get() {
        return Err(Denied::NotYourMessage.into());
    }
    if now - found.created_at >= EDIT_TIME {
        return Err(Denied::EditTimeOver.into());
    }
    if found.body.as_deref() == Some(body.as_str()) {
        return Ok(found.into_view());
    }
    services.comfort.take(now, &rules::edits(person.user))?;
    let rev = queries::next_rev(&mut tx, row.conversation_id).await?;
    queries::edit_message(&mut tx, row.conversation_id, found.id, body.as_str(), rev, now).await?;
    let edited = queries::message(&mut tx, row.view(), found.id).await?.ok_or(ServiceError::NOT_FOUND)?;
    tx.commit().await?;
    let message = edited.into_view();
    tell::changed(services, &row, &message, |topic, rev, message| ServerFrame::MessageEdited {
        topic,
        rev,
        message,
    });
    Ok(message)
}
