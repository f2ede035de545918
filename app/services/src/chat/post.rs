use domain::accounts::PersonCard;
use domain::chat::{MessageBody, MessageView, may_post};
use domain::ids::{ChatMessageId, ChatRoomId, ClientMessageId};
use domain::realtime::{ServerFrame, Topic};
use domain::{Conflict, SignedIn};

use super::{queries, read_standing};
use crate::{Outcome, ServiceError, Services};

/// A message to be, parsed.
#[derive(Debug, Clone)]
pub struct NewMessage {
    pub room: ChatRoomId,
    pub client_message_id: ClientMessageId,
    pub body: MessageBody,
}

/// Posts a message. The returned `seq` is the acknowledgement: the row is committed.
///
/// The same client id again answers with the first message. Three statements and COMMIT, whatever the size of
/// the room; fan-out follows COMMIT and can't fail the post.
///
/// # Errors
/// As [`may_post`]; [`Conflict::MessageIdReused`] for a known client id with another body or room.
pub async fn post(services: &Services, person: &SignedIn, new: &NewMessage) -> Outcome<MessageView> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let row = queries::room_standing(&mut tx, person.user.get(), new.room.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    if let Err(refusal) = may_post(&read_standing(&row, now)?) {
        tx.rollback().await?;
        return committed_before(services, person, new).await?.ok_or(refusal.into());
    }
    let insert = queries::NewMessageRow {
        id: services.rng.id(now),
        event_id: row.event_id,
        room_id: row.room_id,
        author_id: person.user.get(),
        client_message_id: new.client_message_id.get(),
        body: new.body.as_str(),
        now,
    };
    let Some(numbers) = queries::insert_message(&mut tx, &insert).await? else {
        tx.rollback().await?;
        return repeated(services, person, new).await;
    };
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
    let topic = Topic::Room(new.room);
    // After COMMIT: a subscriber that reads the database on this hint must find the row.
    services
        .bus
        .publish(topic, &ServerFrame::MessagePosted { topic, rev: message.rev, message: message.clone() });
    Ok(message)
}

/// Whether this person may post in the room now, for a post that fails for another reason.
///
/// # Errors
/// As [`may_post`].
pub async fn check_may_post(services: &Services, person: &SignedIn, room: ChatRoomId) -> Outcome<()> {
    let mut connection = services.db.acquire().await?;
    let row = queries::room_standing(&mut connection, person.user.get(), room.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    Ok(may_post(&read_standing(&row, services.clock.now())?)?)
}

/// A message that was committed while its sender could post keeps its acknowledgement, whatever happened since.
async fn committed_before(
    services: &Services,
    person: &SignedIn,
    new: &NewMessage,
) -> Outcome<Option<MessageView>> {
    let row =
        queries::message_by_client_id(&services.db, person.user.get(), new.client_message_id.get()).await?;
    let is_same = |row: &queries::MessageRow| {
        row.room_id == new.room.get() && row.body.as_deref() == Some(new.body.as_str())
    };
    Ok(row.filter(is_same).map(queries::MessageRow::into_view))
}

/// A retry of a committed message gets the message, not a second one.
async fn repeated(services: &Services, person: &SignedIn, new: &NewMessage) -> Outcome<MessageView> {
    let row =
        queries::message_by_client_id(&services.db, person.user.get(), new.client_message_id.get()).await?;
    let row = row.ok_or_else(|| ServiceError::Broken("a conflicting message vanished".to_owned()))?;
    if row.room_id != new.room.get() || row.body.as_deref().is_some_and(|body| body != new.body.as_str()) {
        return Err(Conflict::MessageIdReused.into());
    }
    Ok(row.into_view())
}
