use serde::{Deserialize, Serialize};

/// What a form of somebody who attends leaves for the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttendingNotice {
    SignedUp,
    SignUpCancelled,
    ChangesReleased,
    CalendarAddressMade,
    CalendarAddressEnded,
}

impl AttendingNotice {
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::SignedUp => "You have a place in this session.",
            Self::SignUpCancelled => "Your place is free for somebody else.",
            Self::ChangesReleased => "The changes are public. Who chose the sessions is told.",
            Self::CalendarAddressMade => "Copy your address now: it is not shown again.",
            Self::CalendarAddressEnded => "The address is dead. Calendars get nothing more from it.",
        }
    }
}
