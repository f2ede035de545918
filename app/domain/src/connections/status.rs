use serde::{Deserialize, Serialize};

/// The stored state of a pair; REJECTED is "declined" in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ConnectionStatus {
    Pending,
    Accepted,
    /// Declined, or never answered.
    Rejected,
    /// Withdrawn, or ended after it was accepted.
    Removed,
}

impl ConnectionStatus {
    pub const ALL: [Self; 4] = [Self::Pending, Self::Accepted, Self::Rejected, Self::Removed];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Accepted => "ACCEPTED",
            Self::Rejected => "REJECTED",
            Self::Removed => "REMOVED",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}
