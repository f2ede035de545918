use domain::chat::{RoomKind, RoomView};
use domain::ids::{ChatRoomId, EventId};
use domain::realtime::{ServerFrame, Topic};

use super::queries::RoomStandingRow;
use crate::Services;

/// What became of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    Created,
    Changed,
    Closed,
    Deleted,
}

/// Tells those who sit in the room and, of rooms that are for everybody, the event. Call it after COMMIT.
pub(super) fn tell(services: &Services, event: EventId, room: &RoomView, news: News) {
    let to_event = room.kind.is_for_everybody().then_some(Topic::Event(event));
    for topic in [Some(Topic::Room(room.id)), to_event].into_iter().flatten() {
        services.bus.publish(topic, &frame(topic, room, news));
    }
}

fn frame(topic: Topic, room: &RoomView, news: News) -> ServerFrame {
    match news {
        News::Created => ServerFrame::RoomCreated { topic, room: room.clone() },
        News::Changed => ServerFrame::RoomChanged { topic, room: room.clone() },
        News::Closed => ServerFrame::RoomClosed { topic, room: room.clone() },
        News::Deleted => ServerFrame::RoomDeleted { topic, room: room.id },
    }
}

/// Somebody wrote in a room: where it is listed, there is something new. Call it after COMMIT.
pub(super) fn wrote(services: &Services, room: &RoomStandingRow) {
    let (event, id) = (EventId::new(room.event_id), ChatRoomId::new(room.room_id));
    if RoomKind::from_stored(&room.kind).is_some_and(RoomKind::is_for_everybody) {
        services.bus.note_active(event, id);
    } else {
        services.bus.note_restricted_active(event, id);
    }
}
