use domain::agenda::SessionKind;
use domain::ids::VenueRoomId;
use services::agenda::{AgendaSession, VenueRoom};
use time::OffsetDateTime;

/// A column of the grid: a venue room, or none, and which of several side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lane {
    pub room: Option<VenueRoomId>,
    free_from: OffsetDateTime,
}

/// Which rooms a grid has columns for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lanes {
    /// Those that are in use.
    Used,
    /// All of them, so that a session can be put into each.
    AllRooms,
}

/// The columns a day needs, and the one of each session: breaks without a room have none and span all, unless something
/// is on meanwhile, which they would cover. What overlaps in one room stands side by side.
pub(super) fn arrange(
    sessions: &[AgendaSession],
    rooms: &[VenueRoom],
    which: Lanes,
) -> (Vec<Lane>, Vec<Option<usize>>) {
    let mut lanes: Vec<Lane> = match which {
        Lanes::Used => Vec::new(),
        Lanes::AllRooms => rooms.iter().map(|room| Lane::free(Some(room.id))).collect(),
    };
    if which == Lanes::AllRooms && lanes.is_empty() {
        lanes.push(Lane::free(None));
    }
    let mut lane_of: Vec<Option<usize>> = Vec::new();
    for session in sessions {
        let room = session.room.as_ref().map(|room| room.id);
        let Some(times) = session.times.filter(|_| !spans_all(session, sessions)) else {
            lane_of.push(None);
            continue;
        };
        let free = |lane: &Lane| lane.room == room && lane.free_from <= times.starts_at();
        let lane = lanes.iter().position(free).unwrap_or_else(|| {
            lanes.push(Lane::free(room));
            lanes.len() - 1
        });
        lanes[lane].free_from = times.ends_at();
        lane_of.push(Some(lane));
    }
    // In the order of the rooms, those without one last.
    let rank = |lane: &Lane| rooms.iter().position(|room| Some(room.id) == lane.room).unwrap_or(rooms.len());
    let mut order: Vec<usize> = (0..lanes.len()).collect();
    order.sort_by_key(|lane| (rank(&lanes[*lane]), *lane));
    let columns = order.iter().map(|lane| lanes[*lane]).collect();
    let places = lane_of
        .into_iter()
        .map(|lane| lane.and_then(|lane| order.iter().position(|other| *other == lane)))
        .collect();
    (columns, places)
}

fn spans_all(session: &AgendaSession, sessions: &[AgendaSession]) -> bool {
    let overlaps = |other: &AgendaSession| {
        let both = session.times.zip(other.times);
        other.id != session.id
            && both
                .is_some_and(|(one, two)| one.starts_at() < two.ends_at() && two.starts_at() < one.ends_at())
    };
    session.kind == SessionKind::Break && session.room.is_none() && !sessions.iter().any(overlaps)
}

impl Lane {
    const fn free(room: Option<VenueRoomId>) -> Self {
        Self { room, free_from: OffsetDateTime::UNIX_EPOCH }
    }
}
