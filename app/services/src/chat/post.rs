use domain::accounts::PersonCard;
use domain::chat::{MessageBody, MessageView, PostStanding, may_post};
use domain::ids::{ChatMessageId, ChatRoomId, ClientMessageId};
use domain::realtime::{ServerFrame, Topic};
use domain::{AppError, Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::mentioning::{self, note_mentions};
use super::{announce, held, queries, rates, read_standing, telling};
use crate::db::OnConstraint as _;
use crate::{Outcome, ServiceError, Services, db};

/// A message to be, parsed.
#[derive(Debug, Clone)]
pub struct NewMessage {
    pub room: ChatRoomId,
    pub client_message_id: ClientMessageId,
    pub body: MessageBody,
    /// A message of the same room.
    pub reply_to: Option<ChatMessageId>,
}

/// Posts a message. The returned `seq` is the acknowledgement: the row is committed.
///
/// The same client id again answers with the first message. Three statements and COMMIT, whatever the size of
/// the room; an answer, a name behind an `@`, slow mode and the event's filter take one or two more each, telling the
/// moderators of what is held two. Fan-out follows COMMIT and can't fail the post.
///
/// # Errors
/// As [`may_post`]; [`Conflict::HeldForReview`] when the event looks at it first; [`AppError::TooMany`] with the wait in
/// slow mode and above the rates; [`FieldErrors`] under `reply_to`; [`Conflict::MessageIdReused`] for a known client id
/// with another body or room.
pub async fn post(services: &Services, person: &SignedIn, new: &NewMessage) -> Outcome<MessageView> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = queries::room_standing(&mut tx, person.user.get(), new.room.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    if let Err(refusal) = admit(services, &mut tx, person, &row, now).await {
        tx.rollback().await?;
        return committed_before(services, person, new).await?.ok_or(refusal);
    }
    let body = mentioning::as_the_event_shows(&mut tx, &row, new.body.as_str()).await?;
    let insert = queries::NewMessageRow {
        id: services.rng.id(now),
        event_id: row.event_id,
        room_id: row.room_id,
        author_id: person.user.get(),
        client_message_id: new.client_message_id.get(),
        body: &body,
        reply_to: new.reply_to.map(ChatMessageId::get),
        now,
    };
    let typed = (insert.client_message_id, insert.body);
    held::check_held_before(&mut tx, &row, person, typed).await?;
    if held::is_for_review(&mut tx, &row, &body).await? && !read_standing(&row, now)?.is_moderator() {
        let told = held::hold(services, &mut tx, person, &row, &insert).await?;
        tx.commit().await?;
        told.announce(services);
        return Err(Conflict::HeldForReview.into());
    }
    let named = mentioning::named_in(&mut tx, &row, person, &body, now).await?;
    let inserted = queries::insert_message(&mut tx, &insert)
        .await
        .on_constraint("chat_messages_reply_same_room", foreign_reply)?;
    let Some(numbers) = inserted else {
        tx.rollback().await?;
        return repeated(services, person, new).await;
    };
    let is_plain = named.is_empty() && insert.reply_to.is_none();
    note_mentions(&mut tx, &row, insert.id, named).await?;
    let message = if is_plain {
        as_inserted(person, &insert, &numbers)
    } else {
        let stored = queries::message(&mut *tx, person.user.get(), row.room_id, insert.id).await?;
        stored.ok_or(ServiceError::NOT_FOUND)?.into_view()
    };
    let told = telling::tell(services, &mut tx, person, &row, &message, now).await?;
    let topic = Topic::Room(new.room);
    let place = services.bus.line_up(topic, message.rev);
    tx.commit().await?;
    // After COMMIT: a subscriber that reads the database on this hint must find the row.
    place.publish(&ServerFrame::MessagePosted { topic, rev: message.rev, message: message.clone() });
    announce::wrote(services, &row);
    told.announce(services);
    Ok(message)
}

pub(super) fn foreign_reply() -> AppError {
    FieldErrors::one("reply_to", "What you answer isn't in this room.").into()
}

/// In the order of specification 14.1, but for the text, which is parsed already.
async fn admit(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    row: &queries::RoomStandingRow,
    now: OffsetDateTime,
) -> Outcome<()> {
    let post = read_standing(row, now)?;
    may_post(&post)?;
    keep_slow_mode(tx, person, row, &post, now).await?;
    Ok(rates::take_post(services, person.user, row.room_id)?)
}

async fn keep_slow_mode(
    tx: &mut PgConnection,
    person: &SignedIn,
    row: &queries::RoomStandingRow,
    post: &PostStanding,
    now: OffsetDateTime,
) -> Outcome<()> {
    if row.slow_mode_seconds == 0 || post.is_moderator() {
        return Ok(());
    }
    queries::share_member(tx, row.event_id, person.user.get()).await?;
    queries::lock_room(tx, row.room_id).await?;
    let last = queries::last_post(tx, row.room_id, person.user.get()).await?;
    let pause = Duration::seconds(i64::from(row.slow_mode_seconds));
    let wait = last.map_or(Duration::ZERO, |last| last + pause - now);
    if wait.is_positive() {
        return Err(AppError::TooMany { retry_after_seconds: rates::in_seconds(wait) }.into());
    }
    Ok(())
}

fn as_inserted(
    person: &SignedIn,
    row: &queries::NewMessageRow<'_>,
    numbers: &queries::Numbers,
) -> MessageView {
    MessageView {
        id: ChatMessageId::new(row.id),
        client_message_id: ClientMessageId::new(row.client_message_id),
        seq: numbers.seq,
        rev: numbers.rev,
        author: PersonCard { id: person.user, full_name: person.full_name.clone() },
        body: Some(row.body.to_owned()),
        sent_at: row.now.into(),
        is_edited: false,
        deleted_by: None,
        reply_to: None,
        reactions: Vec::new(),
        mentions: Vec::new(),
    }
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
    match first_of(services, person, new).await? {
        Some((message, true)) => Ok(Some(message)),
        Some((_, false)) | None => Ok(None),
    }
}

/// A retry of a committed message gets the message, not a second one; who was banned meanwhile gets the refusal.
async fn repeated(services: &Services, person: &SignedIn, new: &NewMessage) -> Outcome<MessageView> {
    match first_of(services, person, new).await? {
        Some((message, true)) => Ok(message),
        Some((_, false)) => Err(Conflict::MessageIdReused.into()),
        None => {
            // Banned between the question and the insert; who is not any more tries again.
            check_may_post(services, person, new.room).await?;
            Err(AppError::Busy.into())
        }
    }
}

/// What was posted under this client id before, and whether it was the same text in the same room.
async fn first_of(
    services: &Services,
    person: &SignedIn,
    new: &NewMessage,
) -> Outcome<Option<(MessageView, bool)>> {
    let (author, id) = (person.user.get(), new.client_message_id.get());
    let mut connection = services.db.acquire().await?;
    let Some(first) = queries::posted_before(&mut *connection, author, id).await? else { return Ok(None) };
    let is_same = first.room_id == new.room.get()
        && (first.first_body == new.body.as_str()
            || mentioning::shown_in(&mut connection, first.room_id, new.body.as_str()).await?
                == first.first_body);
    let message = queries::message_by_client_id(&mut *connection, author, id).await?;
    Ok(message.map(|message| (message.into_view(), is_same)))
}
