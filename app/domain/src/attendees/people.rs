//! How the table of an event's people is narrowed and ordered.

use crate::attendees::MembershipStatus;

/// Which people an organizer looks at; the saved views of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleView {
    #[default]
    TakingPart,
    Waitlisted,
    CheckedIn,
    NotCheckedIn,
    Muted,
    Left,
    Removed,
    Banned,
    Everybody,
}

impl PeopleView {
    /// In the order they are shown.
    pub const ALL: [Self; 9] = [
        Self::TakingPart,
        Self::Waitlisted,
        Self::CheckedIn,
        Self::NotCheckedIn,
        Self::Muted,
        Self::Left,
        Self::Removed,
        Self::Banned,
        Self::Everybody,
    ];

    /// As it stands in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TakingPart => "taking-part",
            Self::Waitlisted => "waitlist",
            Self::CheckedIn => "checked-in",
            Self::NotCheckedIn => "not-checked-in",
            Self::Muted => "muted",
            Self::Left => "left",
            Self::Removed => "removed",
            Self::Banned => "banned",
            Self::Everybody => "everybody",
        }
    }

    /// Read back; `None` for anything else.
    #[must_use]
    pub fn from_address(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::TakingPart => "Taking part",
            Self::Waitlisted => "Waitlist",
            Self::CheckedIn => "Checked in",
            Self::NotCheckedIn => "Not checked in",
            Self::Muted => "Muted",
            Self::Left => "Left",
            Self::Removed => "Removed",
            Self::Banned => "Banned",
            Self::Everybody => "Everybody",
        }
    }

    /// The one status it shows, if it is one.
    #[must_use]
    pub const fn status(self) -> Option<MembershipStatus> {
        match self {
            Self::TakingPart | Self::CheckedIn | Self::NotCheckedIn | Self::Muted => {
                Some(MembershipStatus::Active)
            }
            Self::Waitlisted => Some(MembershipStatus::Waitlisted),
            Self::Left => Some(MembershipStatus::Left),
            Self::Removed => Some(MembershipStatus::Removed),
            Self::Banned => Some(MembershipStatus::Banned),
            Self::Everybody => None,
        }
    }

    /// Whether it asks for people who are checked in, or who are not.
    #[must_use]
    pub const fn checked_in(self) -> Option<bool> {
        match self {
            Self::CheckedIn => Some(true),
            Self::NotCheckedIn => Some(false),
            Self::TakingPart
            | Self::Waitlisted
            | Self::Muted
            | Self::Left
            | Self::Removed
            | Self::Banned
            | Self::Everybody => None,
        }
    }
}

/// In which order; ties are broken by name, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleSort {
    #[default]
    Name,
    Company,
    /// Newest first.
    Joined,
    /// Highest first.
    Role,
}

impl PeopleSort {
    pub const ALL: [Self; 4] = [Self::Name, Self::Company, Self::Joined, Self::Role];

    /// As it stands in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Company => "company",
            Self::Joined => "joined",
            Self::Role => "role",
        }
    }

    /// Read back; `None` for anything else.
    #[must_use]
    pub fn from_address(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "By name",
            Self::Company => "By company",
            Self::Joined => "Newest first",
            Self::Role => "By role",
        }
    }
}
