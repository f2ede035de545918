use serde::{Deserialize, Serialize};

/// Declared from low to high: ADMIN > ORGANIZER > MODERATOR > SPEAKER > ATTENDEE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventRole {
    Attendee,
    Speaker,
    Moderator,
    Organizer,
    Admin,
}

impl EventRole {
    pub const ALL: [Self; 5] = [Self::Attendee, Self::Speaker, Self::Moderator, Self::Organizer, Self::Admin];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attendee => "ATTENDEE",
            Self::Speaker => "SPEAKER",
            Self::Moderator => "MODERATOR",
            Self::Organizer => "ORGANIZER",
            Self::Admin => "ADMIN",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// The word shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Attendee => "Attendee",
            Self::Speaker => "Speaker",
            Self::Moderator => "Moderator",
            Self::Organizer => "Organizer",
            Self::Admin => "Admin",
        }
    }

    /// ORGANIZER or ADMIN, the specification's "organizers".
    #[must_use]
    pub fn is_organizer(self) -> bool {
        self >= Self::Organizer
    }
}
