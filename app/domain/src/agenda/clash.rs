//! Sessions that can't both take place as planned: the same venue room, or the same person, at one time. They are
//! told, never refused.

use super::SessionTimes;
use crate::ids::{AgendaSessionId, UserId, VenueRoomId};

/// A scheduled session that is not cancelled, as far as it can clash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub session: AgendaSessionId,
    pub times: SessionTimes,
    pub room: Option<VenueRoomId>,
    pub speakers: Vec<UserId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClashReason {
    Room(VenueRoomId),
    Speaker(UserId),
}

/// Two sessions of one event, the earlier one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    pub first: AgendaSessionId,
    pub second: AgendaSessionId,
    pub reason: ClashReason,
}

impl Clash {
    /// The session it clashes with, seen from one of both.
    #[must_use]
    pub fn other(&self, session: AgendaSessionId) -> Option<AgendaSessionId> {
        match session {
            session if session == self.first => Some(self.second),
            session if session == self.second => Some(self.first),
            _ => None,
        }
    }
}

/// Every clash of an event's sessions, by the start of the earlier one. Sessions that overlap in different rooms with
/// different people are none.
#[must_use]
pub fn clashes(slots: &[Slot]) -> Vec<Clash> {
    let pairs = overlaps(slots).into_iter();
    pairs
        .flat_map(|(slot, other)| {
            let (first, second) = (slot.session, other.session);
            reasons(slot, other).into_iter().map(move |reason| Clash { first, second, reason })
        })
        .collect()
}

/// Every pair of sessions that overlap, wherever they are and whoever speaks: nobody hears both. By the start of the
/// earlier one, which comes first.
#[must_use]
pub fn overlaps(slots: &[Slot]) -> Vec<(&Slot, &Slot)> {
    let mut slots: Vec<&Slot> = slots.iter().collect();
    slots.sort_by_key(|slot| (slot.times.starts_at(), slot.session));
    let mut found = Vec::new();
    for (index, slot) in slots.iter().enumerate() {
        let later =
            slots[index + 1..].iter().take_while(|other| other.times.starts_at() < slot.times.ends_at());
        found.extend(later.map(|other| (*slot, *other)));
    }
    found
}

fn reasons(a: &Slot, b: &Slot) -> Vec<ClashReason> {
    let room = a.room.filter(|room| b.room == Some(*room)).map(ClashReason::Room);
    let speakers = a.speakers.iter().filter(|speaker| b.speakers.contains(speaker));
    room.into_iter().chain(speakers.map(|speaker| ClashReason::Speaker(*speaker))).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use time::{Duration, OffsetDateTime};
    use uuid::Uuid;

    use super::*;

    const NINE: OffsetDateTime = datetime!(2026-09-24 09:00 UTC);

    fn slot(id: u128, from: i64, to: i64, room: Option<u128>, speakers: &[u128]) -> Slot {
        let at = |minutes| NINE + Duration::minutes(minutes);
        Slot {
            session: AgendaSessionId::new(Uuid::from_u128(id)),
            times: SessionTimes::stored(at(from), at(to)),
            room: room.map(|id| VenueRoomId::new(Uuid::from_u128(id))),
            speakers: speakers.iter().map(|id| UserId::new(Uuid::from_u128(*id))).collect(),
        }
    }

    fn found(slots: &[Slot]) -> Vec<(u128, u128, &'static str)> {
        let number = |session: AgendaSessionId| session.get().as_u128();
        clashes(slots)
            .iter()
            .map(|clash| {
                let reason = match clash.reason {
                    ClashReason::Room(_) => "room",
                    ClashReason::Speaker(_) => "speaker",
                };
                (number(clash.first), number(clash.second), reason)
            })
            .collect()
    }

    #[test]
    fn touching_is_no_overlap_and_one_minute_is() {
        assert_eq!(found(&[slot(1, 0, 60, Some(7), &[]), slot(2, 60, 90, Some(7), &[])]), []);
        assert_eq!(found(&[slot(2, 59, 90, Some(7), &[]), slot(1, 0, 60, Some(7), &[])]), [(1, 2, "room")]);
    }

    #[test]
    fn other_rooms_with_other_people_are_silent() {
        assert_eq!(found(&[slot(1, 0, 60, Some(7), &[3]), slot(2, 0, 60, Some(8), &[4])]), []);
        assert_eq!(found(&[slot(1, 0, 60, None, &[3]), slot(2, 0, 60, None, &[4])]), []);
    }

    #[test]
    fn nobody_hears_two_sessions_at_once_wherever_they_are() {
        let slots =
            [slot(2, 30, 90, Some(8), &[4]), slot(1, 0, 60, Some(7), &[3]), slot(3, 90, 120, None, &[])];
        let pairs = overlaps(&slots).into_iter();
        let pairs: Vec<(u128, u128)> =
            pairs.map(|(a, b)| (a.session.get().as_u128(), b.session.get().as_u128())).collect();
        assert_eq!(pairs, [(1, 2)], "touching is no overlap");
    }

    #[test]
    fn a_long_session_clashes_with_everything_in_it() {
        let slots = [
            slot(1, 0, 480, Some(7), &[3]),
            slot(2, 30, 60, Some(8), &[3, 4]),
            slot(3, 60, 90, Some(7), &[3]),
            slot(4, 480, 500, Some(7), &[3]),
        ];
        assert_eq!(found(&slots), [(1, 2, "speaker"), (1, 3, "room"), (1, 3, "speaker")]);
    }
}
