//! Rooms that somebody wrote in, told to their event in rounds. Lists of rooms learn that there is something new, at a price
//! that has nothing to do with how much is written.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use domain::ids::{ChatRoomId, EventId};
use domain::realtime::{ServerFrame, Topic};

use super::announcement::Delivery;
use super::bus::{Bus, Shared};

/// Rooms that one frame names; the rest of them come with the next round.
const MAX_ROOMS: usize = 200;

#[derive(Debug, Default)]
pub(super) struct Activity(Mutex<HashMap<EventId, BTreeSet<ChatRoomId>>>);

impl Activity {
    fn note(&self, event: EventId, room: ChatRoomId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(event).or_default().insert(room);
    }

    /// What to tell now, at most [`MAX_ROOMS`] of each event.
    fn take(&self) -> Vec<(EventId, Vec<ChatRoomId>)> {
        let mut events = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = events.iter_mut().map(|(event, rooms)| {
            let some: Vec<_> = std::iter::from_fn(|| rooms.pop_first()).take(MAX_ROOMS).collect();
            (*event, some)
        });
        let taken = taken.collect();
        events.retain(|_, rooms| !rooms.is_empty());
        taken
    }
}

impl Bus {
    /// Somebody wrote in a room that all members of its event may read. Call it after COMMIT.
    pub fn note_active(&self, event: EventId, room: ChatRoomId) {
        self.shared.activity.note(event, room);
    }

    /// The same of a room that only some read; whoever takes it tells them.
    pub fn note_restricted_active(&self, event: EventId, room: ChatRoomId) {
        self.shared.restricted_activity.note(event, room);
    }

    /// Restricted rooms of each event in which somebody wrote since the last time, at most 200 of each.
    #[must_use]
    pub fn take_restricted_activity(&self) -> Vec<(EventId, Vec<ChatRoomId>)> {
        self.shared.restricted_activity.take()
    }
}

/// One round.
pub(super) fn announce(bus: &Shared) {
    for (event, rooms) in bus.activity.take() {
        let topic = Topic::Event(event);
        let frame = ServerFrame::RoomsActive { topic, rooms };
        bus.publish(Delivery::of(topic, &frame, None), &frame);
    }
}
