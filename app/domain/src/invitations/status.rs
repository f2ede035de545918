use serde::{Deserialize, Serialize};

/// Only PENDING can be accepted, declined or cancelled; PENDING and EXPIRED can be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum InvitationStatus {
    Pending,
    Accepted,
    Declined,
    Expired,
    Cancelled,
}

impl InvitationStatus {
    pub const ALL: [Self; 5] =
        [Self::Pending, Self::Accepted, Self::Declined, Self::Expired, Self::Cancelled];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
            Self::Expired => "EXPIRED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// The word shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pending => "Waiting",
            Self::Accepted => "Accepted",
            Self::Declined => "Declined",
            Self::Expired => "Expired",
            Self::Cancelled => "Cancelled",
        }
    }

    /// Whether a new link may be sent.
    #[must_use]
    pub const fn can_be_resent(self) -> bool {
        match self {
            Self::Pending | Self::Expired => true,
            Self::Accepted | Self::Declined | Self::Cancelled => false,
        }
    }
}

/// What became of the newest mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum InvitationDelivery {
    Queued,
    Sent,
    Failed,
}

impl InvitationDelivery {
    pub const ALL: [Self; 3] = [Self::Queued, Self::Sent, Self::Failed];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Sent => "SENT",
            Self::Failed => "FAILED",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delivery| delivery.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued => "Mail on its way",
            Self::Sent => "Mail sent",
            Self::Failed => "Mail not delivered",
        }
    }
}
