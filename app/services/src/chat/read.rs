use domain::attendees::EventRole;
use domain::chat::{MessageView, PostStanding, RoomKind, RoomSummary, may_post, may_read};
use domain::ids::{ChatMessageId, ChatRoomId, UserId};
use domain::notifications::News;
use domain::paging::{PageSize, Slice, Window};
use domain::{AppError, SignedIn};

use super::rooms::note_arrival;
use super::{queries, read_standing};
use crate::spreadsheet::in_utc;
use crate::{Outcome, ServiceError, Services, notifications};

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
    let messages = queries::window(&mut connection, of(&row, person), window, PageSize::MESSAGES).await?;
    Ok(page(&row, &post, room, messages))
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
    Ok(Around { page: page(&row, &post, room, Slice { items, has_older, has_newer }), seq })
}

fn page(
    row: &queries::RoomStandingRow,
    post: &PostStanding,
    room: ChatRoomId,
    messages: Slice<MessageView>,
) -> RoomPage {
    RoomPage {
        cursor: row.last_rev,
        last_read_seq: row.last_read_seq.unwrap_or(0),
        may_post: may_post(post),
        muted: post.standing.muted.then(|| mute_in_words(row)),
        is_moderator: post.is_moderator(),
        writes_when_closed: post.standing.effective_role().is_some_and(EventRole::is_organizer),
        blocked: row.blocked.iter().copied().map(UserId::new).collect(),
        room: summary(row, post.kind, room),
        messages,
    }
}

fn mute_in_words(row: &queries::RoomStandingRow) -> String {
    let until = match row.muted_until {
        Some(until) => format!("until {} UTC", in_utc(Some(until))),
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

fn summary(row: &queries::RoomStandingRow, kind: RoomKind, id: ChatRoomId) -> RoomSummary {
    RoomSummary {
        id,
        kind,
        name: row.name.clone(),
        description: row.description.clone(),
        is_enabled: row.is_enabled,
        slow_mode_seconds: row.slow_mode_seconds,
        unread: 0,
    }
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
