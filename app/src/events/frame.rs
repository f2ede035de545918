use domain::attendees::EventRole;
use domain::chat::RoomSummary;
use services::dates;
use services::events::EventHead;

use crate::layouts::{EventFrame, WaitingInRooms};

/// The event area's frame for one member; `rooms` are theirs where the page looked, but for the open one.
#[must_use]
pub fn frame(head: &EventHead, role: EventRole, rooms: &[RoomSummary]) -> EventFrame {
    EventFrame {
        id: head.id,
        slug: head.slug.clone(),
        title: head.title.clone(),
        when: dates::range(head.start_date, head.end_date),
        status: head.status.label().to_owned(),
        role: role.label().to_owned(),
        can_manage: role.is_organizer(),
        can_moderate: role >= EventRole::Moderator,
        has_sessions: head.has_sessions,
        has_sponsors: head.has_sponsors,
        waiting: (!rooms.is_empty()).then(|| WaitingInRooms {
            unread: rooms.iter().map(|room| room.unread).sum(),
            mentions: rooms.iter().map(|room| room.mentions).sum(),
        }),
    }
}
