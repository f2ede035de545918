//! Chat rooms and their messages. Who may read and post is `domain::chat`'s policy, for pages, server functions
//! and sockets alike.

mod announce;
mod arrival;
mod board;
mod change;
mod clock;
mod deletion;
mod held;
mod listeners;
mod manage;
mod mentioning;
mod message_page;
mod moderated;
mod of_person;
mod post;
mod queries;
mod rates;
mod read;
mod restricted_activity;
mod room_purge;
mod room_undo;
mod rooms;
mod search;
mod session_rooms;
mod switches;
mod telling;

pub(crate) use arrival::speaker_arrives;
pub use board::{BoardRoom, RoomBoard, room_board, room_of_board};
pub use change::{delete, edit, react, restore};
pub(crate) use clock::follow_clock;
pub(crate) use deletion::{DeletedMessages, Written, delete_written};
pub use held::{HeldMessage, OwnHeld, own_held, review};
pub(crate) use held::{held, sweep_held};
pub use listeners::{heads, standings};
pub use manage::{RoomFields, create, move_room, save};
pub use mentioning::{TypedName, people_to_name};
pub use message_page::{Deleted, EarlierText, MessagePage, Reacted, open_message};
pub(crate) use of_person::{OwnMessage, follows_of, forget_reader, held_of_person, written_by};
pub use post::{NewMessage, check_may_post, post};
pub use rates::MessageRates;
pub use read::{
    Around, FollowedRoom, RoomPage, changes_after, follow, followed_room, history, mark_read, mark_unread,
    open_room, open_room_around,
};
pub use restricted_activity::{run_restricted_activity, tell_restricted_activity};
pub use room_purge::empty_rooms;
pub use room_undo::{UNDO_TIME, delete_room, restore_room, sweep};
pub(crate) use rooms::readable_room;
pub use rooms::{RoomAdmission, create_room, open_for_socket, rooms_of, unread_of};
pub use search::{Hit, SearchFields, search};
pub(crate) use session_rooms::{create_session_rooms, rename_session_rooms};
pub use switches::{AllPublic, set_all_public, set_open, set_slow_mode};

use domain::attendees::mute_holds;
use domain::chat::{PostStanding, RoomKind};
use time::OffsetDateTime;

use crate::events::StandingFacts;
use crate::{Outcome, ServiceError};

/// A room and where one person stands in it, as every use case of the slice loads it.
struct RoomFacts<'a> {
    kind: &'a str,
    is_enabled: bool,
    event_status: &'a str,
    role: Option<&'a str>,
    membership: Option<&'a str>,
    muted_at: Option<OffsetDateTime>,
    muted_until: Option<OffsetDateTime>,
    organization_role: Option<&'a str>,
    speaks_here: bool,
}

impl RoomFacts<'_> {
    fn read(&self, now: OffsetDateTime) -> Outcome<PostStanding> {
        let kind = RoomKind::from_stored(self.kind)
            .ok_or_else(|| ServiceError::unknown_value("chat_rooms.kind", self.kind))?;
        let standing = StandingFacts {
            event_status: self.event_status,
            role: self.role,
            membership: self.membership,
            organization_role: self.organization_role,
            muted: mute_holds(self.muted_at, self.muted_until, now),
        }
        .read()?;
        Ok(PostStanding { kind, is_enabled: self.is_enabled, speaks_here: self.speaks_here, standing })
    }
}

fn read_standing(row: &queries::RoomStandingRow, now: OffsetDateTime) -> Outcome<PostStanding> {
    RoomFacts {
        kind: &row.kind,
        is_enabled: row.is_enabled,
        event_status: &row.event_status,
        role: row.role.as_deref(),
        membership: row.membership.as_deref(),
        muted_at: row.muted_at,
        muted_until: row.muted_until,
        organization_role: row.organization_role.as_deref(),
        speaks_here: row.speaks_here,
    }
    .read(now)
}
