use domain::chat::RoomView;
use domain::ids::EventId;
use domain::realtime::{ServerFrame, Topic};

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
