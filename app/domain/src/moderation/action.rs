/// What moderators do, as the log keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModerationAction {
    DeleteMessage,
    RestoreMessage,
    ApproveMessage,
    RejectMessage,
    Warn,
    Mute,
    Unmute,
    Ban,
    Unban,
    ClaimReport,
    ResolveReport,
    DismissReport,
    CloseRoom,
    OpenRoom,
    CloseAllPublic,
}

impl ModerationAction {
    pub const ALL: [Self; 15] = [
        Self::DeleteMessage,
        Self::RestoreMessage,
        Self::ApproveMessage,
        Self::RejectMessage,
        Self::Warn,
        Self::Mute,
        Self::Unmute,
        Self::Ban,
        Self::Unban,
        Self::ClaimReport,
        Self::ResolveReport,
        Self::DismissReport,
        Self::CloseRoom,
        Self::OpenRoom,
        Self::CloseAllPublic,
    ];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DeleteMessage => "DELETE_MESSAGE",
            Self::RestoreMessage => "RESTORE_MESSAGE",
            Self::ApproveMessage => "APPROVE_MESSAGE",
            Self::RejectMessage => "REJECT_MESSAGE",
            Self::Warn => "WARN",
            Self::Mute => "MUTE",
            Self::Unmute => "UNMUTE",
            Self::Ban => "BAN",
            Self::Unban => "UNBAN",
            Self::ClaimReport => "CLAIM_REPORT",
            Self::ResolveReport => "RESOLVE_REPORT",
            Self::DismissReport => "DISMISS_REPORT",
            Self::CloseRoom => "CLOSE_ROOM",
            Self::OpenRoom => "OPEN_ROOM",
            Self::CloseAllPublic => "CLOSE_ALL_PUBLIC",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }

    /// What somebody did, between their name and the subject's.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::DeleteMessage => "deleted a message of",
            Self::RestoreMessage => "restored a message of",
            Self::ApproveMessage => "let through a held message of",
            Self::RejectMessage => "refused a held message of",
            Self::Warn => "warned",
            Self::Mute => "muted",
            Self::Unmute => "unmuted",
            Self::Ban => "banned",
            Self::Unban => "lifted the ban of",
            Self::ClaimReport => "took the report about",
            Self::ResolveReport => "acted on the report about",
            Self::DismissReport => "dismissed the report about",
            Self::CloseRoom => "closed the room",
            Self::OpenRoom => "opened the room",
            Self::CloseAllPublic => "closed all public rooms",
        }
    }

    /// For the filter of the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DeleteMessage => "Message deleted",
            Self::RestoreMessage => "Message restored",
            Self::ApproveMessage => "Held message let through",
            Self::RejectMessage => "Held message refused",
            Self::Warn => "Warned",
            Self::Mute => "Muted",
            Self::Unmute => "Unmuted",
            Self::Ban => "Banned",
            Self::Unban => "Ban lifted",
            Self::ClaimReport => "Report taken",
            Self::ResolveReport => "Report acted on",
            Self::DismissReport => "Report dismissed",
            Self::CloseRoom => "Room closed",
            Self::OpenRoom => "Room opened",
            Self::CloseAllPublic => "All public rooms closed",
        }
    }
}
