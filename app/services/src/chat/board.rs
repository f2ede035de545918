use std::collections::HashMap;

use domain::attendees::EventRole;
use domain::chat::{RoomKind, may_read};
use domain::events::{EventAction, may};
use domain::ids::ChatRoomId;
use domain::realtime::Topic;
use domain::time::Timestamp;
use domain::{AppError, SignedIn};

use super::manage::kind_of;
use super::{UNDO_TIME, queries};
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services};

/// The rooms of an event as its moderators and organizers run them.
#[derive(Debug, Clone)]
pub struct RoomBoard {
    pub head: EventHead,
    pub role: EventRole,
    /// Those that this person may read, in list order.
    pub rooms: Vec<BoardRoom>,
    /// For organizers: the event's own rooms that can still be brought back.
    pub deleted: Vec<BoardRoom>,
    /// Create, edit, order, all at once; not in an archived event.
    pub can_manage: bool,
    pub can_delete: bool,
}

#[derive(Debug, Clone)]
pub struct BoardRoom {
    pub id: ChatRoomId,
    pub kind: RoomKind,
    pub name: String,
    pub description: Option<String>,
    pub is_enabled: bool,
    pub slow_mode_seconds: i32,
    pub version: i32,
    /// Messages so far, deleted ones included.
    pub posts: i64,
    pub last_post_at: Option<Timestamp>,
    /// People there now; `None` when unknown.
    pub here: Option<u32>,
    /// It came with a session, whose title it bears.
    pub is_of_session: bool,
}

/// Loads the board: two statements.
///
/// # Errors
/// As the policy for [`EventAction::SeeRoomBoard`].
pub async fn room_board(services: &Services, person: &SignedIn, slug: &str) -> Outcome<RoomBoard> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeeRoomBoard, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let allows = |action| may(action, head.visibility, &standing).is_ok();
    let (can_manage, can_delete) = (allows(EventAction::ManageRooms), allows(EventAction::DeleteRoom));
    let undoable_since = services.clock.now() - UNDO_TIME;
    let (mut rooms, mut deleted) = (Vec::new(), Vec::new());
    for row in queries::board(&services.db, head.id.get(), person.user.get()).await? {
        let kind = kind_of(&row.kind)?;
        if may_read(kind, row.speaks_here, &standing).is_err() {
            continue;
        }
        match row.deleted_at {
            None => rooms.push(board_room(row, kind)),
            Some(at) if can_delete && at > undoable_since => deleted.push(board_room(row, kind)),
            Some(_) => {}
        }
    }
    // Stable: within a kind the statement's order stays.
    rooms.sort_by_key(|room| (room.is_of_session, room.kind));
    count_people(services, &mut rooms).await;
    Ok(RoomBoard { head, role, rooms, deleted, can_manage, can_delete })
}

/// One room of the board.
///
/// # Errors
/// As [`room_board`]; [`AppError::NotFound`].
pub async fn room_of_board(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: ChatRoomId,
) -> Outcome<(RoomBoard, BoardRoom)> {
    let board = room_board(services, person, slug).await?;
    let found = board.rooms.iter().find(|other| other.id == room).cloned().ok_or(AppError::NotFound)?;
    Ok((board, found))
}

fn board_room(row: queries::BoardRow, kind: RoomKind) -> BoardRoom {
    BoardRoom {
        id: ChatRoomId::new(row.id),
        kind,
        name: row.name,
        description: row.description,
        is_enabled: row.is_enabled,
        slow_mode_seconds: row.slow_mode_seconds,
        version: row.version,
        posts: row.posts,
        last_post_at: row.last_post_at.map(Timestamp::from),
        here: None,
        is_of_session: row.session_id.is_some(),
    }
}

async fn count_people(services: &Services, rooms: &mut [BoardRoom]) {
    let topics: Vec<Topic> = rooms.iter().map(|room| Topic::Room(room.id)).collect();
    let counts: HashMap<Topic, u32> = services.bus.presences(&topics).await.unwrap_or_default();
    for room in rooms {
        room.here = counts.get(&Topic::Room(room.id)).copied();
    }
}
