use domain::attendees::EventRole;
use domain::chat::{Follow, MessageView, PostStanding, RoomKind, RoomSummary, may_post, may_read};
use domain::ids::{ChatMessageId, ChatRoomId, UserId};
use domain::notifications::News;
use domain::paging::{PageSize, Slice, Window};
use domain::{AppError, FieldErrors, SignedIn};

use super::rooms::{note_arrival, readable_room};
use super::{queries, read_standing};
use crate::{Outcome, ServiceError, Services, dates, notifications};

/// A room as it opens.
#[derive(Debug, Clone)]
pub struct RoomPage {
    pub room: RoomSummary,
    pub messages: Slice<MessageView>,
    /// The `rev` up to which `messages` is complete; the socket resumes after it.
    pub cursor: i64,
    /// The reader's pointer before this visit; everything after it is new.
    pub last_read_seq: i64,
    /// `None` when posting is refused, with the reason for the composer's place.
    pub may_post: Result<(), AppError>,
    /// Until when and why they are muted, in a sentence.
    pub muted: Option<String>,
    /// Slow mode is not for them, and they delete what others wrote.
    pub is_moderator: bool,
    /// A closed room is not closed to them.
    pub writes_when_closed: bool,
    /// Whom the reader blocked: what they say is folded.
    pub blocked: Vec<UserId>,
}

/// Opens a room of an event with a window of its history: two statements.
///
/// The cursor is read before the messages, so that whatever commits in between is read twice rather than
/// missed.
///
/// # Errors
/// As [`may_read`]; [`AppError::NotFound`] when the room is of another event.
pub async fn open_room(
    services: &Services,
    person: &SignedIn,
    event_slug: &str,
    room: ChatRoomId,
    window: Window,
) -> Outcome<RoomPage> {
    let mut connection = services.db.acquire().await?;
    let row = queries::room_standing(&mut connection, person.user.get(), room.get()).await?;
    let row = row.filter(|row| row.event_slug == event_slug).ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, services.clock.now())?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    note_arrival(services, person, &row, &post);
    let size = if window == Window::Newest { newest(&row) } else { PageSize::MESSAGES };
    let messages = queries::window(&mut connection, of(&row, person), window, size).await?;
    page(&row, &post, room, messages)
}

/// Messages before the first unread one, to know where one is.
const SEEN_BEFORE: i64 = 5;

/// A room opens at the first unread message, if that is not too far back; else the reader loads it, or goes there.
fn newest(row: &queries::RoomStandingRow) -> PageSize {
    let unread = row.last_read_seq.filter(|read| *read > 0).map_or(0, |read| row.last_seq - read);
    let wanted = (unread + SEEN_BEFORE).clamp(PageSize::MESSAGES.get(), PageSize::MAX.into());
    u16::try_from(wanted).ok().and_then(|size| PageSize::parse(size).ok()).unwrap_or(PageSize::MESSAGES)
}

/// A room by its name, and what of it one of its readers hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedRoom {
    pub name: String,
    pub follow: Follow,
}

/// What a person hears of a room: one statement.
///
/// # Errors
/// As [`open_room`].
pub async fn followed_room(
    services: &Services,
    person: &SignedIn,
    event_slug: &str,
    room: ChatRoomId,
) -> Outcome<FollowedRoom> {
    let mut connection = services.db.acquire().await?;
    let row = queries::room_standing(&mut connection, person.user.get(), room.get()).await?;
    let row = row.filter(|row| row.event_slug == event_slug).ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, services.clock.now())?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    let follow = followed(&row)?;
    Ok(FollowedRoom { name: row.name, follow })
}

/// Keeps what a person wants to hear of a room, as [`Follow::from_stored`] reads it.
///
/// # Errors
/// As [`may_read`]; [`FieldErrors`] on `follow`.
pub async fn follow(services: &Services, person: &SignedIn, room: ChatRoomId, follow: &str) -> Outcome<()> {
    let mut connection = services.db.acquire().await?;
    let found = readable_room(services, &mut connection, person.user, room.get()).await?;
    let follow = Follow::from_stored(follow);
    let follow = follow.ok_or_else(|| FieldErrors::one("follow", "Choose what you want to hear."))?;
    let of = (found.event, room.get(), person.user.get());
    Ok(queries::set_follow(&mut connection, of, follow.as_str()).await?)
}

/// A part of a room's history around one message.
#[derive(Debug, Clone)]
pub struct Around {
    pub page: RoomPage,
    /// Where the message stands.
    pub seq: i64,
}

/// Messages to each side of the one somebody jumps to.
const REACH: i64 = 25;

/// Opens a room at one message: two statements.
///
/// # Errors
/// As [`open_room`]; [`AppError::NotFound`] for a message that isn't of the room.
pub async fn open_room_around(
    services: &Services,
    person: &SignedIn,
    event_slug: &str,
    room: ChatRoomId,
    message: ChatMessageId,
) -> Outcome<Around> {
    let mut connection = services.db.acquire().await?;
    let row = queries::room_standing(&mut connection, person.user.get(), room.get()).await?;
    let row = row.filter(|row| row.event_slug == event_slug).ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, services.clock.now())?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    let rows = queries::around(&mut connection, of(&row, person), message.get(), REACH).await?;
    let mut items: Vec<MessageView> = rows.into_iter().map(queries::MessageRow::into_view).collect();
    let seq = items.iter().find(|found| found.id == message).ok_or(AppError::NotFound)?.seq;
    let has_newer = items.last().is_some_and(|last| last.seq > seq + REACH);
    items.retain(|found| found.seq <= seq + REACH);
    let has_older = items.first().is_some_and(|first| first.seq > 1);
    Ok(Around { page: page(&row, &post, room, Slice { items, has_older, has_newer })?, seq })
}

fn page(
    row: &queries::RoomStandingRow,
    post: &PostStanding,
    room: ChatRoomId,
    messages: Slice<MessageView>,
) -> Outcome<RoomPage> {
    Ok(RoomPage {
        cursor: row.last_rev,
        last_read_seq: row.last_read_seq.unwrap_or(0),
        may_post: may_post(post),
        muted: post.standing.muted.then(|| mute_in_words(row)),
        is_moderator: post.is_moderator(),
        writes_when_closed: post.standing.effective_role().is_some_and(EventRole::is_organizer),
        blocked: row.blocked.iter().copied().map(UserId::new).collect(),
        room: summary(row, post.kind, room)?,
        messages,
    })
}

fn mute_in_words(row: &queries::RoomStandingRow) -> String {
    let until = match row.muted_until {
        Some(until) => format!("until {}", dates::in_words(until)),
        None => "for the whole event".to_owned(),
    };
    match &row.mute_reason {
        Some(reason) => format!("A moderator has muted you {until}: {reason}"),
        None => format!("A moderator has muted you {until}."),
    }
}

fn of(row: &queries::RoomStandingRow, person: &SignedIn) -> queries::WindowOf {
    queries::WindowOf { event: row.event_id, room: row.room_id, viewer: person.user.get() }
}

fn followed(row: &queries::RoomStandingRow) -> Outcome<Follow> {
    let Some(stored) = &row.follow else { return Ok(Follow::default()) };
    Follow::from_stored(stored).ok_or_else(|| ServiceError::unknown_value("room_reads.follow", stored))
}

fn summary(row: &queries::RoomStandingRow, kind: RoomKind, id: ChatRoomId) -> Outcome<RoomSummary> {
    Ok(RoomSummary {
        id,
        kind,
        name: row.name.clone(),
        description: row.description.clone(),
        is_enabled: row.is_enabled,
        slow_mode_seconds: row.slow_mode_seconds,
        unread: 0,
        mentions: 0,
        follow: followed(row)?,
    })
}

/// Another window of a room's history, for the reader who scrolls: two statements.
///
/// # Errors
/// As [`may_read`].
pub async fn history(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
    window: Window,
    size: PageSize,
) -> Outcome<Slice<MessageView>> {
    let mut connection = services.db.acquire().await?;
    let row = queries::room_standing(&mut connection, person.user.get(), room.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, services.clock.now())?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    Ok(queries::window(&mut connection, of(&row, person), window, size).await?)
}

/// The messages of a room that changed after a revision, as they are now, by their revision, at most `limit` (1 to 200).
/// The caller has admitted the reader by [`super::open_for_socket`].
///
/// # Errors
/// Database errors only.
pub async fn changes_after(
    services: &Services,
    reader: &SignedIn,
    room: ChatRoomId,
    after_rev: i64,
    limit: i64,
) -> Outcome<Vec<MessageView>> {
    let rows = queries::changes_after(&services.db, reader.user.get(), room.get(), after_rev, limit).await?;
    Ok(rows.into_iter().map(queries::MessageRow::into_view).collect())
}

/// Moves the person's read pointer back: this message and what follows it are unread again.
///
/// # Errors
/// As [`may_read`]; [`AppError::NotFound`] for a message that isn't of the room.
pub async fn mark_unread(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
    message: ChatMessageId,
) -> Outcome<()> {
    let mut connection = services.db.acquire().await?;
    readable_room(services, &mut connection, person.user, room.get()).await?;
    let of = (room.get(), person.user.get());
    if queries::move_pointer_before(&mut connection, of, message.get()).await? {
        Ok(())
    } else {
        Err(ServiceError::NOT_FOUND)
    }
}

/// Moves the person's read pointer forward to `seq`, at most to the room's last message; never back. At the last one
/// they have also read who named or answered them there.
///
/// # Errors
/// As [`may_read`].
pub async fn mark_read(services: &Services, person: &SignedIn, room: ChatRoomId, seq: i64) -> Outcome<()> {
    let mut connection = services.db.acquire().await?;
    let row = queries::room_standing(&mut connection, person.user.get(), room.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, services.clock.now())?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    if seq < 1 || row.last_read_seq.is_some_and(|last| seq <= last) {
        return Ok(());
    }
    let of = (row.event_id, row.room_id, person.user.get());
    let named = [News::Mentioned, News::Replied].map(|news| news.as_str().to_owned());
    if queries::move_pointer(&mut connection, of, seq, &named, services.clock.now()).await? {
        notifications::waiting_changed(services, person.user);
    }
    Ok(())
}
