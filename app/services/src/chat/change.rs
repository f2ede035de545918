//! What happens to one message. Whoever changes one holds its room's row with the revision the change takes, so that
//! changes of a room have one order; a refusal gives the revision back.

use domain::chat::{
    DeleteReason, DeletedBy, Deletion, Emoji, MAX_REACTIONS, MessageBody, MessageFacts, MessageView,
    PostStanding, may_delete, may_edit, may_react, may_read, may_restore,
};
use domain::ids::{ChatMessageId, ChatRoomId};
use domain::realtime::{ServerFrame, Topic};
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::{PgConnection, Postgres, Transaction};
use time::OffsetDateTime;

use super::held::is_for_review;
use super::mentioning::{self, named_in, renew_mentions};
use super::{moderated, queries, rates, read_standing, telling};
use crate::notifications::Told;
use crate::{Outcome, ServiceError, Services, db};

/// A message that nobody else changes until the transaction ends, and the revision that a change of it gets.
struct Held {
    tx: Transaction<'static, Postgres>,
    room: queries::RoomStandingRow,
    post: PostStanding,
    key: queries::MessageKey,
    stored: queries::FactsRow,
    facts: MessageFacts,
    rev: i64,
    now: OffsetDateTime,
}

/// Loads a message as one person stands to it: three statements. A room that they may not read hides it.
async fn hold(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
    message: ChatMessageId,
) -> Outcome<Held> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = queries::room_standing(&mut tx, person.user.get(), room.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, now)?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    let rev = queries::take_rev(&mut tx, row.event_id, row.room_id).await?;
    let key = queries::MessageKey { event: row.event_id, room: row.room_id, message: message.get() };
    let stored = queries::facts(&mut *tx, key).await?.ok_or(ServiceError::NOT_FOUND)?;
    let facts = read_facts(&stored, person);
    Ok(Held { tx, room: row, post, key, stored, facts, rev, now })
}

pub(super) fn read_facts(row: &queries::FactsRow, person: &SignedIn) -> MessageFacts {
    let by = if row.deleted_by == Some(row.author_id) { DeletedBy::Author } else { DeletedBy::Moderator };
    MessageFacts {
        is_own: row.author_id == person.user.get(),
        posted_at: row.created_at,
        deletion: row.deleted_at.map(|at| Deletion { by, at }),
    }
}

/// Changes one's own words; what they were is kept for the author and moderators. The same words again change nothing.
/// Whom the message names for the first time is told.
///
/// # Errors
/// [`domain::AppError::NotFound`] for a message that isn't of the room; as [`may_edit`]; [`FieldErrors`] under `body`;
/// [`domain::AppError::TooMany`] above ten a minute.
pub async fn edit(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
    message: ChatMessageId,
    body: &str,
) -> Outcome<MessageView> {
    let mut held = hold(services, person, room, message).await?;
    may_edit(&held.post, &held.facts, held.now)?;
    let body = MessageBody::parse(body).map_err(|error| FieldErrors::one("body", error))?;
    let text = mentioning::as_the_event_shows(&mut held.tx, &held.room, body.as_str()).await?;
    if text == held.stored.body {
        return as_it_is(held, person).await;
    }
    if is_for_review(&mut held.tx, &held.room, &text).await? && !held.post.is_moderator() {
        let why = "A moderator looks at such words first: send it as a new message.";
        return Err(FieldErrors::one("body", why).into());
    }
    rates::take_edit(services, person.user)?;
    let named = named_in(&mut held.tx, &held.room, person, &text, held.now).await?;
    queries::change_body(&mut held.tx, held.key, &text, held.rev, held.now).await?;
    let first = renew_mentions(&mut held.tx, &held.room, held.key.message, named).await?;
    let message = view(&mut held.tx, held.key, person).await?;
    // Whom it answers, and whom it named before, heard of it when it was posted.
    let mut news = MessageView { reply_to: None, ..message.clone() };
    news.mentions.retain(|named| first.contains(&named.id.get()));
    let told = telling::tell(services, &mut held.tx, person, &held.room, &news, held.now).await?;
    let edited = |topic, rev, message| ServerFrame::MessageEdited { topic, rev, message };
    let message = publish(services, held, message, edited).await?;
    told.announce(services);
    Ok(message)
}

/// Takes a message out of everybody's sight: one's own for good, another's as a moderator. What is deleted stays so.
///
/// # Errors
/// As [`may_delete`]; [`domain::AppError::NotFound`] for a message that isn't of the room; [`FieldErrors`] under `reason`.
pub async fn delete(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
    message: ChatMessageId,
    reason: &str,
) -> Outcome<MessageView> {
    let mut held = hold(services, person, room, message).await?;
    may_delete(&held.post, &held.facts)?;
    let reason = DeleteReason::parse(reason).map_err(|error| FieldErrors::one("reason", error))?;
    let is_final = held.facts.deletion.is_some_and(|deletion| deletion.by == DeletedBy::Author);
    if is_final || held.facts.deletion.is_some() && !held.facts.is_own {
        return as_it_is(held, person).await;
    }
    let reason = reason.get().filter(|_| !held.facts.is_own);
    queries::delete(&mut held.tx, held.key, person.user.get(), reason, held.rev, held.now).await?;
    let told = if held.facts.is_own {
        Told::default()
    } else {
        moderated::deleted(services, &mut held.tx, person, &held.room, held.key.message, reason).await?
    };
    let deleted = |topic, rev, message| ServerFrame::MessageDeleted { topic, rev, message };
    let message = tell(services, held, person, deleted).await?;
    told.announce(services);
    Ok(message)
}

/// Takes a moderator's deletion back. A message that is there stays.
///
/// # Errors
/// As [`may_restore`]; [`domain::AppError::NotFound`] for a message that isn't of the room.
pub async fn restore(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
    message: ChatMessageId,
) -> Outcome<MessageView> {
    let mut held = hold(services, person, room, message).await?;
    may_restore(&held.post, &held.facts, held.now)?;
    if held.facts.deletion.is_none() {
        return as_it_is(held, person).await;
    }
    queries::restore(&mut held.tx, held.key, held.rev).await?;
    moderated::restored(services, &mut held.tx, person, &held.room, held.key.message).await?;
    tell(services, held, person, |topic, rev, message| ServerFrame::MessageRestored { topic, rev, message })
        .await
}

/// Reacts with an emoji, or takes that back.
///
/// # Errors
/// As [`may_react`]; [`domain::AppError::NotFound`] for a message that isn't of the room; [`FieldErrors`] under `emoji`;
/// [`domain::AppError::TooMany`] above thirty a minute; [`Conflict::TooManyReactions`].
pub async fn react(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
    message: ChatMessageId,
    emoji: &str,
) -> Outcome<MessageView> {
    let mut held = hold(services, person, room, message).await?;
    may_react(&held.post, &held.facts)?;
    let emoji = Emoji::parse(emoji).map_err(|error| FieldErrors::one("emoji", error))?;
    rates::take_reaction(services, person.user)?;
    let user = person.user.get();
    let removed = queries::remove_reaction(&mut held.tx, held.key.message, user, emoji.as_str()).await?;
    if !removed {
        let most = i64::try_from(MAX_REACTIONS).unwrap_or(i64::MAX);
        let added =
            queries::add_reaction(&mut held.tx, held.key, user, emoji.as_str(), most, held.now).await?;
        if !added {
            let max = u32::try_from(MAX_REACTIONS).unwrap_or(u32::MAX);
            return Err(Conflict::TooManyReactions { max }.into());
        }
    }
    queries::set_rev(&mut held.tx, held.key, held.rev).await?;
    let (by, emoji) = (person.user, emoji.as_str().to_owned());
    tell(services, held, person, |topic, rev, message| ServerFrame::ReactionsChanged {
        topic,
        rev,
        message,
        by,
        emoji,
        added: !removed,
    })
    .await
}

/// As [`publish`], with the message as it has become.
async fn tell(
    services: &Services,
    mut held: Held,
    person: &SignedIn,
    frame: impl FnOnce(Topic, i64, MessageView) -> ServerFrame,
) -> Outcome<MessageView> {
    let message = view(&mut held.tx, held.key, person).await?;
    publish(services, held, message, frame).await
}

/// Commits, tells the room what everybody may see of the message, and answers what this person sees.
async fn publish(
    services: &Services,
    held: Held,
    message: MessageView,
    frame: impl FnOnce(Topic, i64, MessageView) -> ServerFrame,
) -> Outcome<MessageView> {
    let topic = Topic::Room(ChatRoomId::new(held.key.room));
    let place = services.bus.line_up(topic, held.rev);
    held.tx.commit().await?;
    // After COMMIT: a subscriber that reads the database on this hint must find it so.
    place.publish(&frame(topic, held.rev, message.clone().for_everybody()));
    Ok(message)
}

async fn as_it_is(mut held: Held, person: &SignedIn) -> Outcome<MessageView> {
    let message = view(&mut held.tx, held.key, person).await?;
    held.tx.rollback().await?;
    Ok(message)
}

async fn view(tx: &mut PgConnection, key: queries::MessageKey, person: &SignedIn) -> Outcome<MessageView> {
    let row = queries::message(tx, person.user.get(), key.room, key.message).await?;
    Ok(row.ok_or(ServiceError::NOT_FOUND)?.into_view())
}
