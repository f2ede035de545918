use serde::{Deserialize, Serialize};

use crate::ids::{ChatMessageId, DirectMessageId, UserId};
use crate::text::{self, Lines, TextError};
use crate::time::Timestamp;

/// How many messages before the reported one a report keeps (specification 3.8).
pub const SNAPSHOT_BEFORE: i64 = 5;

/// What is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportTarget {
    Message(ChatMessageId),
    DirectMessage(DirectMessageId),
    Person(UserId),
}

impl ReportTarget {
    /// The stored kind.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Message(_) => "MESSAGE",
            Self::DirectMessage(_) => "DIRECT_MESSAGE",
            Self::Person(_) => "PERSON",
        }
    }

    /// Kind and id as they were stored or posted; `None` for anything else.
    #[must_use]
    pub fn parse(kind: &str, id: &str) -> Option<Self> {
        match kind {
            "MESSAGE" => id.parse().ok().map(Self::Message),
            "DIRECT_MESSAGE" => id.parse().ok().map(Self::DirectMessage),
            "PERSON" => id.parse().ok().map(Self::Person),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportReason {
    Spam,
    Harassment,
    Hate,
    Sexual,
    Other,
}

impl ReportReason {
    pub const ALL: [Self; 5] = [Self::Spam, Self::Harassment, Self::Hate, Self::Sexual, Self::Other];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spam => "SPAM",
            Self::Harassment => "HARASSMENT",
            Self::Hate => "HATE",
            Self::Sexual => "SEXUAL",
            Self::Other => "OTHER",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Spam => "Spam or advertising",
            Self::Harassment => "Harassment or threats",
            Self::Hate => "Hate against a group",
            Self::Sexual => "Unwanted sexual content",
            Self::Other => "Something else",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportStatus {
    Open,
    InReview,
    /// Something was done.
    Resolved,
    /// Nothing was done.
    Dismissed,
}

impl ReportStatus {
    pub const ALL: [Self; 4] = [Self::Open, Self::InReview, Self::Resolved, Self::Dismissed];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::InReview => "IN_REVIEW",
            Self::Resolved => "RESOLVED",
            Self::Dismissed => "DISMISSED",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// The words moderators read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::InReview => "In review",
            Self::Resolved => "Acted on",
            Self::Dismissed => "Dismissed",
        }
    }

    /// The words the reporter reads, no more.
    #[must_use]
    pub const fn for_reporter(self) -> &'static str {
        match self {
            Self::Open | Self::InReview => "We look at it",
            Self::Resolved => "Action taken",
            Self::Dismissed => "No action",
        }
    }

    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Resolved | Self::Dismissed)
    }
}

/// How a moderator answers a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Dismiss,
    DeleteMessage,
    Warn,
    Mute,
    Ban,
}

impl Verdict {
    pub const ALL: [Self; 5] = [Self::Dismiss, Self::DeleteMessage, Self::Warn, Self::Mute, Self::Ban];

    /// As forms post it and the report keeps it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dismiss => "DISMISS",
            Self::DeleteMessage => "DELETE_MESSAGE",
            Self::Warn => "WARN",
            Self::Mute => "MUTE",
            Self::Ban => "BAN",
        }
    }

    /// As posted or stored; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == text)
    }

    /// The words shown to moderators.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Dismiss => "Dismiss: no action",
            Self::DeleteMessage => "Delete the message",
            Self::Warn => "Warn the person",
            Self::Mute => "Mute the person",
            Self::Ban => "Ban the person",
        }
    }
}

/// What the reporter adds in their own words: plain text of up to 1,000 characters. Repeated, with room for what they
/// add later, in `reports_body_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportText(String);

impl ReportText {
    pub const MAX_CHARS: usize = 1000;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::Many, 0, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What moderators note for each other: plain text of up to 1,000 characters. Repeated in `reports_note_length`,
/// `event_members_ban_note_length` and `moderation_entries_note_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandlingNote(String);

impl HandlingNote {
    pub const MAX_CHARS: usize = 1000;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::Many, 0, Self::MAX_CHARS).map(Self)
    }

    /// `None` when nothing is noted.
    #[must_use]
    pub fn as_option(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(self.0.as_str())
    }
}

/// One message of a report's snapshot, as it was when it was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotLine {
    pub author: UserId,
    pub author_name: String,
    pub sent_at: Timestamp,
    /// `None` for one that was deleted before.
    pub body: Option<String>,
    pub is_reported: bool,
}
