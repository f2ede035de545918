//! Chat rooms and their messages. Who may read and post is `domain::chat`'s policy, for pages, server functions
//! and sockets alike.

mod post;
mod queries;
mod read;
mod rooms;

pub use post::{NewMessage, check_may_post, post};
pub use read::{RoomPage, changes_after, history, mark_read, open_room};
pub use rooms::{RoomAdmission, create_room, open_for_socket, rooms_of};

use domain::chat::{PostStanding, RoomKind};

use crate::events::StandingFacts;
use crate::{Outcome, ServiceError};

/// A room and where one person stands in it, as every use case of the slice loads it.
fn read_standing(row: &queries::RoomStandingRow, now: time::OffsetDateTime) -> Outcome<PostStanding> {
    let kind = RoomKind::from_stored(&row.kind)
        .ok_or_else(|| ServiceError::unknown_value("chat_rooms.kind", &row.kind))?;
    let muted = row.muted_at.is_some() && row.muted_until.is_none_or(|until| until > now);
    let standing = StandingFacts {
        event_status: &row.event_status,
        role: row.role.as_deref(),
        membership: row.membership.as_deref(),
        organization_role: row.organization_role.as_deref(),
        muted,
    }
    .read()?;
    Ok(PostStanding { kind, is_enabled: row.is_enabled, speaks_here: false, standing })
}
