use serde::{Deserialize, Serialize};

/// The most addresses that are pasted at once (specification 21.1).
pub const MAX_BULK_ROWS: usize = 500;
/// The most rows a file of people of an event may hold (specification 21.1).
pub const MAX_FILE_ROWS: usize = 5_000;

/// What becomes of one address of a list, or would.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Ok,
    Invalid,
    /// The same address stands earlier in the list.
    Duplicate,
    Member,
    Pending,
    Banned,
    /// The address got as many invitations within the hour as anybody may.
    TooOften,
}

impl Verdict {
    pub const ALL: [Self; 7] =
        [Self::Ok, Self::Invalid, Self::Duplicate, Self::Member, Self::Pending, Self::Banned, Self::TooOften];

    /// Names it where it is carried as text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Invalid => "invalid",
            Self::Duplicate => "duplicate",
            Self::Member => "member",
            Self::Pending => "pending",
            Self::Banned => "banned",
            Self::TooOften => "too_often",
        }
    }

    /// The name read back; `None` for anything else.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == text)
    }

    /// Why an address is left out; for [`Verdict::Ok`] that it is not.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ok => "Invited",
            Self::Invalid => "Not an email address",
            Self::Duplicate => "Twice in the list",
            Self::Member => "Belongs to it already",
            Self::Pending => "Has an open invitation",
            Self::Banned => "Is banned here",
            Self::TooOften => "Got several invitations lately; try again in an hour",
        }
    }
}

/// One address of a list and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkRow {
    /// Canonical where it is one, otherwise as typed.
    pub address: String,
    pub verdict: Verdict,
}
