use serde::{Deserialize, Serialize};

/// Whether a membership counts for access now; only ACTIVE does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MembershipStatus {
    Active,
    Waitlisted,
    Left,
    Removed,
    Banned,
}

impl MembershipStatus {
    pub const ALL: [Self; 5] = [Self::Active, Self::Waitlisted, Self::Left, Self::Removed, Self::Banned];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Waitlisted => "WAITLISTED",
            Self::Left => "LEFT",
            Self::Removed => "REMOVED",
            Self::Banned => "BANNED",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Taking part",
            Self::Waitlisted => "On the waitlist",
            Self::Left => "Left",
            Self::Removed => "Removed",
            Self::Banned => "Banned",
        }
    }
}
