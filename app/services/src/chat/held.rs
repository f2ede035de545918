//! Messages with words that an event doesn't want, which wait for a moderator (specification 14.8).

use domain::accounts::full_name;
use domain::attendees::{MembershipStatus, Standing};
use domain::chat::{MessageView, mask, may_post, visible_kinds};
use domain::events::EventAction;
use domain::ids::{ChatMessageId, ChatRoomId, ClientMessageId, EventId, LoginSessionId, UserId};
use domain::moderation::ModerationAction;
use domain::notifications::News;
use domain::realtime::{ServerFrame, Topic};
use domain::time::Timestamp;
use domain::{AppError, Conflict, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::mentioning::{named_in, note_mentions};
use super::moderated::is_moderators;
use super::post::foreign_reply;
use super::queries::{self, RoomStandingRow};
use super::{announce, read_standing, telling};
use crate::db::OnConstraint as _;
use crate::moderation::log::{self, Entry};
use crate::moderation::{ForModerators, tell_moderators};
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, ServiceError, Services, db, events};

/// One message that waits, as a moderator reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldMessage {
    pub id: ChatMessageId,
    pub room: ChatRoomId,
    pub room_name: String,
    pub author: UserId,
    pub author_name: String,
    pub text: String,
    pub at: Timestamp,
}

/// Whether the event wants to look at this text before others do.
pub(super) async fn is_for_review(tx: &mut PgConnection, row: &RoomStandingRow, body: &str) -> Outcome<bool> {
    if row.profanity_mode != "HOLD" {
        return Ok(false);
    }
    let words = queries::words_to_hold(tx, row.event_id).await?;
    Ok(mask(body, &words).is_some())
}

/// What was held under a client id before keeps it: the same text waits, another is no message of this id.
pub(super) async fn check_held_before(
    tx: &mut PgConnection,
    row: &RoomStandingRow,
    author: &SignedIn,
    (client_message_id, body): (Uuid, &str),
) -> Outcome<()> {
    if row.profanity_mode != "HOLD" {
        return Ok(());
    }
    match queries::held_before(tx, author.user.get(), client_message_id).await? {
        None => Ok(()),
        Some(held) if held == body => Err(Conflict::HeldForReview.into()),
        Some(_) => Err(Conflict::MessageIdReused.into()),
    }
}

/// Keeps a message for the moderators of its room, and tells them.
///
/// # Errors
/// [`FieldErrors`] under `reply_to`.
pub(super) async fn hold(
    services: &Services,
    tx: &mut PgConnection,
    author: &SignedIn,
    room: &RoomStandingRow,
    message: &queries::NewMessageRow<'_>,
) -> Outcome<Told> {
    let kept = queries::hold(&mut *tx, message).await;
    if !kept.on_constraint("held_messages_reply_same_room", foreign_reply)? {
        return Ok(Told::default());
    }
    let waits = ForModerators {
        news: News::MessageHeld,
        event: room.event_id,
        slug: &room.event_slug,
        title: &room.event_title,
        organizers_only: !is_moderators(room)?,
        apart: [author.user; 2],
    };
    tell_moderators(services, tx, &waits).await
}

/// What waits in the rooms that somebody with this standing moderates, oldest first: one statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn held(
    services: &Services,
    event: EventId,
    standing: &Standing,
) -> Outcome<Vec<HeldMessage>> {
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let reader = Standing { membership: Some((role, MembershipStatus::Active)), ..*standing };
    let kinds: Vec<String> =
        visible_kinds(&reader).into_iter().map(|kind| kind.as_str().to_owned()).collect();
    let message = |row: queries::HeldRow| HeldMessage {
        id: ChatMessageId::new(row.id),
        room: ChatRoomId::new(row.room_id),
        room_name: row.room,
        author: UserId::new(row.author_id),
        author_name: full_name(&row.first_name, &row.last_name),
        text: row.body,
        at: Timestamp::from(row.created_at),
    };
    Ok(queries::held(&services.db, event.get(), &kinds).await?.into_iter().map(message).collect())
}

/// A message that waits, as its author knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHeld {
    pub client_message_id: ClientMessageId,
    pub text: String,
}

/// What one person waits with in a room, oldest first, at most 100: one statement.
///
/// # Errors
/// Database errors only.
pub async fn own_held(services: &Services, person: &SignedIn, room: ChatRoomId) -> Outcome<Vec<OwnHeld>> {
    let own = |row: queries::OwnHeldRow| OwnHeld {
        client_message_id: ClientMessageId::new(row.client_message_id),
        text: row.body,
    };
    let rows = queries::held_of(&services.db, room.get(), person.user.get()).await?;
    Ok(rows.into_iter().map(own).collect())
}

/// Posts a message that waits, at this moment, or refuses it and tells its author.
///
/// # Errors
/// As the policy for [`EventAction::Moderate`]; [`AppError::NotFound`] also for rooms the moderator doesn't read;
/// [`Conflict::ReviewedAlready`]. Of one to post also [`Conflict::AuthorMayNotWrite`], [`Conflict::RoomClosed`].
pub async fn review(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    message: Option<ChatMessageId>,
    approves: bool,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = events::hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::Moderate)?;
    let id = message.ok_or(ServiceError::NOT_FOUND)?.get();
    let held = queries::lock_held(&mut tx, event.id, id).await?.ok_or(ServiceError::NOT_FOUND)?;
    let readable = super::readable_room(services, &mut tx, person.user, held.room_id).await?;
    if held.state != "HELD" {
        return Err(Conflict::ReviewedAlready.into());
    }
    let now = services.clock.now();
    let (state, action) = if approves {
        ("APPROVED", ModerationAction::ApproveMessage)
    } else {
        ("REJECTED", ModerationAction::RejectMessage)
    };
    queries::set_reviewed(&mut tx, id, state, person.user.get(), now).await?;
    let name = full_name(&held.first_name, &held.last_name);
    let entry = Entry {
        subject_id: Some(held.author_id),
        message: Some(id),
        organizers_only: !readable.is_moderators,
        ..Entry::new(event.id, person, action, &name)
    };
    log::record(services, &mut tx, &entry).await?;
    if approves {
        let room = queries::room_standing(&mut tx, held.author_id, held.room_id).await?;
        let room = room.ok_or(ServiceError::NOT_FOUND)?;
        let (message, told) = post(services, &mut tx, &room, id, &held, &name).await?;
        let topic = Topic::Room(ChatRoomId::new(held.room_id));
        let place = services.bus.line_up(topic, message.rev);
        tx.commit().await?;
        place.publish(&ServerFrame::MessagePosted { topic, rev: message.rev, message });
        announce::wrote(services, &room);
        told.announce(services);
    } else {
        let room = queries::room_standing(&mut tx, person.user.get(), held.room_id).await?;
        let room = room.ok_or(ServiceError::NOT_FOUND)?;
        let telling = Telling {
            news: News::MessageRejected,
            by: Some(person),
            names_actor: false,
            subject: Some(&room.event_title),
            detail: Some(&held.body.chars().take(300).collect::<String>()),
            link: &format!("/events/{slug}/rooms/{}", held.room_id),
            thing: &id.to_string(),
        };
        let author = UserId::new(held.author_id);
        let told = notifications::tell(services, &mut tx, &[author], &telling).await?;
        tx.commit().await?;
        told.announce(services);
        // The author's own pages of this room show it as waiting.
        let topic = Topic::Room(ChatRoomId::new(held.room_id));
        services.bus.publish(Topic::User(author), &ServerFrame::Resync { topic });
    }
    Ok(())
}

async fn post(
    services: &Services,
    tx: &mut PgConnection,
    room: &RoomStandingRow,
    id: Uuid,
    held: &queries::LockedHeld,
    name: &str,
) -> Outcome<(MessageView, telling::NamedAndAnswered)> {
    let now = services.clock.now();
    // As if they sent it now, but the refusal is told to somebody else.
    may_post(&read_standing(room, now)?).map_err(|refusal| match refusal {
        AppError::Denied(_) | AppError::NotFound => Conflict::AuthorMayNotWrite.into(),
        other => other,
    })?;
    let row = queries::NewMessageRow {
        id,
        event_id: room.event_id,
        room_id: held.room_id,
        author_id: held.author_id,
        client_message_id: held.client_message_id,
        body: &held.body,
        reply_to: held.reply_to,
        now,
    };
    let author = SignedIn {
        user: UserId::new(held.author_id),
        login_session: LoginSessionId::new(Uuid::nil()),
        full_name: name.to_owned(),
        avatar: None,
    };
    let named = named_in(tx, room, &author, &held.body, now).await?;
    queries::insert_message(tx, &row).await?.ok_or(Conflict::ReviewedAlready)?;
    note_mentions(tx, room, id, named).await?;
    let stored = queries::message(&mut *tx, held.author_id, held.room_id, id).await?;
    let message = stored.ok_or(ServiceError::NOT_FOUND)?.into_view().for_everybody();
    let told = telling::tell(services, tx, &author, room, &message, now).await?;
    Ok((message, told))
}

/// Forgets what was reviewed before `before`.
pub(crate) async fn sweep_held(services: &Services, before: time::OffsetDateTime) -> Outcome<()> {
    Ok(queries::sweep_held(&services.db, before).await?)
}
