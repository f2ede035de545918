use domain::chat::{MessageBody, MessageView};
use domain::conversations::may_send;
use domain::ids::{ChatMessageId, ClientMessageId, ConversationId, UserId};
use domain::notifications::News;
use domain::{AppError, Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;

use super::{hold, load, queries, rules, tell};
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, ServiceError, Services, db};

/// A message to be, parsed.
#[derive(Debug, Clone)]
pub struct NewDirectMessage {
    pub conversation: ConversationId,
    pub client_message_id: ClientMessageId,
    pub body: MessageBody,
    /// The message of the same conversation that it answers.
    pub reply_to: Option<ChatMessageId>,
}

/// Sends a message. The returned `seq` is the acknowledgement: the row is committed.
///
/// The same client id again answers with the first message. Six statements and COMMIT, one more for an answer; the
/// conversation is locked from the first on, so that no message follows a block that has committed.
///
/// # Errors
/// As [`may_send`]; [`AppError::TooMany`] after 20 a minute; [`Conflict::MessageIdReused`] for a known client id with
/// another body or conversation; [`FieldErrors`] on `reply_to`.
pub async fn send(services: &Services, person: &SignedIn, new: &NewDirectMessage) -> Outcome<MessageView> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
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
        reply_to: new.reply_to.map(ChatMessageId::get),
        now,
    };
    if let Some(target) = insert.reply_to
        && queries::message(&mut tx, row.view(), target).await?.is_none()
    {
        return Err(FieldErrors::one("reply_to", "What you answer isn't in this conversation.").into());
    }
    if !queries::insert_message(&mut tx, &insert).await? {
        tx.rollback().await?;
        return repeated(services, person, new).await;
    }
    // After the insert, so that a retry of what was sent costs nothing; a refusal takes the numbers back.
    services.comfort.take(now, &rules::messages(person.user, new.conversation))?;
    let unread = queries::unread(&mut tx, row.conversation_id, row.other_id).await?;
    let message = queries::message(&mut tx, row.view(), insert.id).await?.ok_or(ServiceError::NOT_FOUND)?;
    let told = tell_other(services, &mut tx, person, &row).await?;
    tx.commit().await?;
    let message = message.into_view();
    tell::posted(services, &row, &message, unread);
    told.announce(services);
    Ok(message)
}

/// In the app too, unless the other one silenced the conversation: one line for all they have not read.
async fn tell_other(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    row: &queries::StandingRow,
) -> Outcome<Told> {
    if row.other_is_muted {
        return Ok(Told::default());
    }
    let id = row.conversation_id.to_string();
    let telling = Telling {
        news: News::DirectMessage,
        by: Some(person),
        names_actor: true,
        subject: None,
        // Not the words: their sender may take them back.
        detail: None,
        link: &format!("/inbox/{id}"),
        thing: &id,
    };
    notifications::tell(services, tx, &[UserId::new(row.other_id)], &telling).await
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
    let Some(row) = first(services, person, new).await? else { return Ok(None) };
    let is_same = row.body.is_some() && is_retry(services, &row, new).await?;
    Ok(is_same.then(|| row.into_view()))
}

/// A retry of a committed message gets the message, not a second one.
async fn repeated(services: &Services, person: &SignedIn, new: &NewDirectMessage) -> Outcome<MessageView> {
    let row = first(services, person, new).await?;
    let row = row.ok_or_else(|| ServiceError::Broken("a conflicting message vanished".to_owned()))?;
    if !is_retry(services, &row, new).await? {
        return Err(AppError::from(Conflict::MessageIdReused).into());
    }
    Ok(row.into_view())
}

/// Whether the same words were sent under this id; of a deleted message nobody can tell any more.
async fn is_retry(services: &Services, row: &queries::MessageRow, new: &NewDirectMessage) -> Outcome<bool> {
    if row.conversation_id != new.conversation.get() {
        return Ok(false);
    }
    Ok(match row.body.as_deref() {
        None => true,
        Some(body) if !row.is_edited => body == new.body.as_str(),
        Some(_) => {
            let mut connection = services.db.acquire().await?;
            let earlier = queries::earlier_texts(&mut connection, row.id).await?;
            earlier.first().is_some_and(|first| first.previous_body == new.body.as_str())
        }
    })
}

async fn first(
    services: &Services,
    person: &SignedIn,
    new: &NewDirectMessage,
) -> Outcome<Option<queries::MessageRow>> {
    let (sender, id) = (person.user.get(), new.client_message_id.get());
    Ok(queries::message_by_client_id(&services.db, sender, id).await?)
}
