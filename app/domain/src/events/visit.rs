//! The one primary action of the public page (specification 8.3).

use serde::{Deserialize, Serialize};

use crate::attendees::Standing;
use crate::events::EventStatus;
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
    OpenEvent,
    NotOpenYet,
    RegistrationClosed,
    Past,
    Cancelled,
    /// For banned people: the page as a visitor sees it, without Register.
    Nothing,
}

/// Chooses it for one visitor; a member's own way in wins over everything but a cancellation.
#[must_use]
pub fn primary_action(standing: &Standing, registration: Registration) -> PrimaryAction {
    if standing.is_banned() {
        return PrimaryAction::Nothing;
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
