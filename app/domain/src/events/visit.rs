//! The one primary action of the public page (specification 8.3).

use serde::{Deserialize, Serialize};

use crate::attendees::Standing;
use crate::events::EventStatus;
use crate::ids::AgendaSessionId;
use crate::time::Timestamp;

/// Where registration stands by the clock and the seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    OpensAt(Timestamp),
    Closed,
    /// Seats left; `None` when there is no limit.
    Open {
        seats_left: Option<i64>,
    },
    Full,
    Past,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrimaryAction {
    RegistrationOpens(Timestamp),
    Register {
        seats_left: Option<i64>,
    },
    JoinWaitlist,
    Waiting,
    /// For members, before it begins and while nothing is on.
    MySchedule,
    WatchLive(AgendaSessionId),
    /// The one session that the event is.
    MainSession(AgendaSessionId),
    Recap,
    /// For members of an event that doesn't take place, or has no sessions yet.
    OpenEvent,
    NotOpenYet,
    RegistrationClosed,
    Past,
    Cancelled,
    /// For banned people: the page as a visitor sees it, without Register.
    Banned,
}

/// What goes on in an event, as far as it says what its members want there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Programme {
    pub status: EventStatus,
    pub is_past: bool,
    pub has_sessions: bool,
    /// The first session that is on now.
    pub live: Option<AgendaSessionId>,
    /// Of an event that is a single session.
    pub main: Option<AgendaSessionId>,
}

impl PrimaryAction {
    /// The same, with a member's way in named after what they find behind it.
    #[must_use]
    pub const fn in_programme(self, programme: &Programme) -> Self {
        match (self, programme.status, programme.live) {
            (Self::OpenEvent, EventStatus::Archived, _) => Self::Recap,
            (Self::OpenEvent, EventStatus::Published, Some(session)) => Self::WatchLive(session),
            (Self::OpenEvent, EventStatus::Published, None) if programme.is_past => Self::Recap,
            (Self::OpenEvent, EventStatus::Published, None) if programme.has_sessions => match programme.main
            {
                Some(session) => Self::MainSession(session),
                None => Self::MySchedule,
            },
            (action, _, _) => action,
        }
    }
}

/// Chooses it for one visitor; a member's own way in wins over everything but a cancellation.
#[must_use]
pub fn primary_action(standing: &Standing, registration: Registration) -> PrimaryAction {
    if standing.is_banned() {
        return PrimaryAction::Banned;
    }
    if standing.effective_role().is_some() {
        return PrimaryAction::OpenEvent;
    }
    match standing.event_status {
        EventStatus::Draft => PrimaryAction::NotOpenYet,
        EventStatus::Cancelled => PrimaryAction::Cancelled,
        EventStatus::Archived | EventStatus::Deleted => PrimaryAction::Past,
        EventStatus::Published => match registration {
            _ if standing.is_waitlisted() => PrimaryAction::Waiting,
            Registration::OpensAt(at) => PrimaryAction::RegistrationOpens(at),
            Registration::Closed => PrimaryAction::RegistrationClosed,
            Registration::Past => PrimaryAction::Past,
            Registration::Open { seats_left } => PrimaryAction::Register { seats_left },
            Registration::Full => PrimaryAction::JoinWaitlist,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_members_way_in_is_named_after_what_they_find() {
        let session = AgendaSessionId::new(uuid::Uuid::from_u128(7));
        let in_programme = |status, is_past, has_sessions, live| {
            PrimaryAction::OpenEvent.in_programme(&Programme {
                status,
                is_past,
                has_sessions,
                live,
                main: None,
            })
        };
        let published = EventStatus::Published;
        assert_eq!(in_programme(published, false, true, None), PrimaryAction::MySchedule);
        assert_eq!(in_programme(published, false, true, Some(session)), PrimaryAction::WatchLive(session));
        assert_eq!(in_programme(published, true, true, None), PrimaryAction::Recap);
        assert_eq!(in_programme(EventStatus::Archived, true, true, Some(session)), PrimaryAction::Recap);
        assert_eq!(in_programme(published, false, false, None), PrimaryAction::OpenEvent);
        for status in [EventStatus::Draft, EventStatus::Cancelled] {
            assert_eq!(
                in_programme(status, false, true, Some(session)),
                PrimaryAction::OpenEvent,
                "{status:?}"
            );
        }
        let programme = Programme {
            status: published,
            is_past: false,
            has_sessions: true,
            live: Some(session),
            main: None,
        };
        assert_eq!(PrimaryAction::Waiting.in_programme(&programme), PrimaryAction::Waiting);
        let single = Programme { live: None, main: Some(session), ..programme };
        assert_eq!(PrimaryAction::OpenEvent.in_programme(&single), PrimaryAction::MainSession(session));
    }
}
