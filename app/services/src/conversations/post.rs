use domain::accounts::PersonCard;
use domain::chat::{MessageBody, MessageView};
use domain::conversations::may_send;
use domain::ids::{ChatMessageId, ClientMessageId, ConversationId};
use domain::{AppError, Conflict, SignedIn};

use super::{hold, load, queries, rules, tell};
use crate::{Outcome, ServiceError, Services};

/// A message to be, parsed.
#[derive(Debug, Clone)]
pub struct NewDirectMessage {
    pub conversation: ConversationId,
    pub client_message_id: ClientMessageId,
    pub body: MessageBody,
}

/// Sends a message. The returned `seq` is the acknowledgement: the row is committed.
///
/// The same client id again answers with the first message. Four statements and COMMIT; the conversation is locked from
/// the first on, so that no message follows a block that has committed.
///
/// # Errors
/// As [`may_send`]; [`AppError::TooMany`] after 20 a minute; [`Conflict::MessageIdReused`] for a known client id with
/// another body or conversation.
pub async fn send(services: &Services, person: &SignedIn, new: &NewDirectMessage) -> Outcome<MessageView> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let row = hold(&mut tx, person.user, new.conversation).await?;
    if let Err(refusal) = may_send(&row.pair()?) {
        tx.rollback().await?;
        return committed_before(services, person, new).await?.ok_or(refusal.into());
    }
    let insert = queries::NewMessageRow {
        id: services.rng.id(now),
        conversation_id: row.conversation_id,
        sender_id: person.user.get(),
        client_message_id: new.client_message_id.get(),
        body: new.body.as_str(),
        now,
    };
    let Some(numbers) = queries::insert_message(&mut tx, &insert).await? else {
        tx.rollback().await?;
        return repeated(services, person, new).await;
    };
    // After the insert, so that a retry of what was sent costs nothing; a refusal takes the numbers back.
    services.comfort.take(now, &rules::messages(person.user, new.conversation))?;
    let unread = queries::unread(&mut tx, row.conversation_id, row.other_id).await?;
    tx.commit().await?;
    let message = MessageView {
        id: ChatMessageId::new(insert.id),
        client_message_id: new.client_message_id,
        seq: numbers.seq,
        rev: numbers.rev,
        author: PersonCard { id: person.user, full_name: person.full_name.clone() },
        body: Some(new.body.as_str().to_owned()),
        sent_at: now.into(),
    };
    tell::posted(services, &row, &message, unread);
    Ok(message)
}

/// Whether this person may send now, for a message that fails for another reason.
///
/// # Errors
/// As [`may_send`].
pub async fn check_may_send(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
) -> Outcome<()> {
    let row = load(&services.db, person.user, conversation).await?;
    Ok(may_send(&row.pair()?)?)
}

/// A message that was committed while its sender could write keeps its acknowledgement, whatever happened since.
async fn committed_before(
    services: &Services,
    person: &SignedIn,
    new: &NewDirectMessage,
) -> Outcome<Option<MessageView>> {
    let row = first(services, person, new).await?;
    let is_same = |row: &queries::MessageRow| {
        row.conversation_id == new.conversation.get() && row.body.as_deref() == Some(new.body.as_str())
    };
    Ok(row.filter(is_same).map(queries::MessageRow::into_view))
}

/// A retry of a committed message gets the message, not a second one.
async fn repeated(services: &Services, person: &SignedIn, new: &NewDirectMessage) -> Outcome<MessageView> {
    let row = first(services, person, new).await?;
    let row = row.ok_or_else(|| ServiceError::Broken("a conflicting message vanished".to_owned()))?;
    let is_other_text = row.body.as_deref().is_some_and(|body| body != new.body.as_str());
    if row.conversation_id != new.conversation.get() || is_other_text {
        return Err(AppError::from(Conflict::MessageIdReused).into());
    }
    Ok(row.into_view())
}

async fn first(
    services: &Services,
    person: &SignedIn,
    new: &NewDirectMessage,
) -> Outcome<Option<queries::MessageRow>> {
    let (sender, id) = (person.user.get(), new.client_message_id.get());
    Ok(queries::message_by_client_id(&services.db, sender, id).await?)
}
