use domain::chat::MessageView;
use domain::conversations::may_read;
use domain::ids::{ChatMessageId, ConversationId, UserId};
use domain::notifications::News;
use domain::realtime::ServerFrame;
use domain::{Denied, SignedIn};

use super::{hold, queries, tell};
use crate::{Outcome, ServiceError, Services, db, notifications};

/// Deletes an own message at any time, for both and for good: its place stays, its text doesn't. Once more is fine.
/// Answers with what is left.
///
/// # Errors
/// As [`may_read`]; [`domain::AppError::NotFound`] for a message that is not in this conversation;
/// [`Denied::NotYourMessage`].
pub async fn delete_message(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    message: ChatMessageId,
) -> Outcome<MessageView> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = hold(&mut tx, person.user, conversation).await?;
    may_read(&row.pair()?)?;
    let found = queries::message(&mut tx, row.view(), message.get()).await?;
    let found = found.ok_or(ServiceError::NOT_FOUND)?;
    if found.sender_id != person.user.get() {
        return Err(Denied::NotYourMessage.into());
    }
    if found.body.is_none() {
        return Ok(found.into_view());
    }
    let rev = queries::next_rev(&mut tx, row.conversation_id).await?;
    queries::delete_message(&mut tx, row.conversation_id, found.id, rev, now).await?;
    let tombstone = queries::message(&mut tx, row.view(), found.id).await?.ok_or(ServiceError::NOT_FOUND)?;
    let unread = queries::unread(&mut tx, row.conversation_id, row.other_id).await?;
    let other = UserId::new(row.other_id);
    if unread == 0 {
        // What the bell counted is gone.
        let thing = row.conversation_id.to_string();
        notifications::caught_up(services, &mut tx, other, News::DirectMessage, &thing).await?;
    }
    tx.commit().await?;
    let message = tombstone.into_view();
    tell::changed(services, &row, &message, |topic, rev, message| ServerFrame::MessageDeleted {
        topic,
        rev,
        message,
    });
    tell::unread(services, other, conversation, unread);
    Ok(message)
}
