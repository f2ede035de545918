use domain::attendees::EventRole;
use domain::chat::{
    Follow, PostStanding, RoomKind, RoomSummary, RoomUnread, is_of_moderators, may_post, may_read,
    visible_kinds,
};
use domain::events::EventStatus;
use domain::ids::{AgendaSessionId, ChatRoomId, EventId, UserId};
use domain::{
    SignedIn,
    attendees::{MembershipStatus, Standing},
};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{arrival, queries, read_standing};
use crate::{Outcome, ServiceError, Services, events};

/// What the socket needs to know about a room it lets somebody into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomAdmission {
    pub last_rev: i64,
    pub may_post: bool,
}

/// Creates an enabled room in the caller's transaction. `position` orders rooms within their kind.
///
/// # Errors
/// Database errors only.
pub async fn create_room(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
    kind: RoomKind,
    name: &str,
    position: usize,
) -> Outcome<ChatRoomId> {
    let now = services.clock.now();
    let id = services.rng.id(now);
    let position = i32::try_from(position).unwrap_or(i32::MAX);
    queries::insert_room(tx, id, event, kind.as_str(), name, position, now).await?;
    Ok(ChatRoomId::new(id))
}

/// The rooms a member may read, with unread counts, in list order: one statement. Of a session's rooms those that its
/// chat mode shows, by the start of the session.
///
/// # Errors
/// Database errors only.
pub async fn rooms_of(
    services: &Services,
    person: &SignedIn,
    event: EventId,
    event_status: EventStatus,
    role: EventRole,
) -> Outcome<Vec<RoomSummary>> {
    let standing =
        Standing { membership: Some((role, MembershipStatus::Active)), ..Standing::visitor(event_status) };
    let kinds: Vec<String> =
        visible_kinds(&standing).into_iter().map(|kind| kind.as_str().to_owned()).collect();
    let lister =
        queries::Lister { event: event.get(), user: person.user.get(), is_organizer: role.is_organizer() };
    let rows = queries::rooms(&services.db, lister, &kinds).await?;
    let mut rooms = rows
        .into_iter()
        .map(|row| {
            let kind = RoomKind::from_stored(&row.kind)
                .ok_or_else(|| ServiceError::unknown_value("chat_rooms.kind", &row.kind))?;
            Ok(RoomSummary {
                id: ChatRoomId::new(row.id),
                kind,
                name: row.name,
                description: row.description,
                is_enabled: row.is_enabled,
                slow_mode_seconds: row.slow_mode_seconds,
                unread: row.unread,
                mentions: row.mentions,
                follow: match &row.follow {
                    Some(stored) => Follow::from_stored(stored)
                        .ok_or_else(|| ServiceError::unknown_value("room_reads.follow", stored))?,
                    None => Follow::default(),
                },
            })
        })
        .collect::<Outcome<Vec<_>>>()?;
    // Stable: within a kind the statement's order stays.
    rooms.sort_by_key(|room| room.kind);
    Ok(rooms)
}

/// The rooms of an event in which something waits for one of its members: two statements.
///
/// # Errors
/// As [`events::open_for_members`].
pub async fn unread_of(services: &Services, person: &SignedIn, event_slug: &str) -> Outcome<Vec<RoomUnread>> {
    let (head, role) = events::open_for_members(services, person, event_slug).await?;
    let rooms = rooms_of(services, person, head.id, head.status, role).await?;
    let waiting = rooms.into_iter().filter(|room| room.unread > 0 || room.mentions > 0);
    Ok(waiting
        .map(|room| RoomUnread { room: room.id, unread: room.unread, mentions: room.mentions })
        .collect())
}

/// Admits a person to a room's topic by the policy that admits them to its page. A speaker who comes to the backstage
/// of their session has arrived.
///
/// # Errors
/// As [`may_read`].
pub async fn open_for_socket(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
) -> Outcome<RoomAdmission> {
    let mut connection = services.db.acquire().await?;
    let row = queries::room_standing(&mut connection, person.user.get(), room.get())
        .await?
        .ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, services.clock.now())?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    note_arrival(services, person, &row, &post);
    Ok(RoomAdmission { last_rev: row.last_rev, may_post: may_post(&post).is_ok() })
}

/// A room that somebody reads, and the event it belongs to.
pub(crate) struct ReadableRoom {
    pub(crate) event: Uuid,
    pub(crate) event_slug: String,
    pub(crate) event_title: String,
    /// Moderators of the event read it too.
    pub(crate) is_moderators: bool,
}

/// A room as one of its readers comes to it: one statement.
///
/// # Errors
/// As [`may_read`].
pub(crate) async fn readable_room(
    services: &Services,
    tx: &mut PgConnection,
    user: UserId,
    room: Uuid,
) -> Outcome<ReadableRoom> {
    let row = queries::room_standing(tx, user.get(), room).await?.ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, services.clock.now())?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    Ok(ReadableRoom {
        event: row.event_id,
        event_slug: row.event_slug,
        event_title: row.event_title,
        is_moderators: is_of_moderators(post.kind),
    })
}

pub(super) fn note_arrival(
    services: &Services,
    person: &SignedIn,
    row: &queries::RoomStandingRow,
    post: &PostStanding,
) {
    if let Some(session) = row.session_id
        && post.kind == RoomKind::Backstage
        && post.speaks_here
    {
        let event = EventId::new(row.event_id);
        arrival::speaker_arrives(services, event, AgendaSessionId::new(session), person);
    }
}
