use serde::{Deserialize, Serialize};

/// What a form about requests and contacts leaves for the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionNotice {
    Requested,
    Accepted,
    Declined,
    Withdrawn,
    Removed,
    NoteSaved,
    Blocked,
    Unblocked,
}

impl ConnectionNotice {
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Requested => "Your request is on its way.",
            Self::Accepted => "You are connected. Their first words wait in your conversation.",
            Self::Declined => "Declined. Nobody is told.",
            Self::Withdrawn => "Your request is withdrawn. You can ask again in 24 hours.",
            Self::Removed => "You are not connected any more. Your note stays, for another time.",
            Self::NoteSaved => "Your note is saved. Only you see it.",
            Self::Blocked => "Blocked. You don't see each other any more, and nobody is told.",
            Self::Unblocked => "The block is lifted. What it ended stays over.",
        }
    }
}
