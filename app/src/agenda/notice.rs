use serde::{Deserialize, Serialize};

/// What a form about the agenda leaves for the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgendaNotice {
    SessionAdded,
    SessionMoved,
    SessionUnscheduled,
    SessionScheduled,
    SessionStarted,
    SessionEnded,
    SessionCancelled,
    StatusHeld,
    SavedWithClashes,
    WouldClash,
    NoClashes,
    SpeakerAdded,
    SpeakerRemoved,
    PlaceAdded,
    PlaceDeleted,
}

impl AgendaNotice {
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::SessionAdded => "The session is added, with its two chat rooms.",
            Self::SessionMoved => "The session is moved.",
            Self::SessionUnscheduled => "The session is in the tray now. Only organizers see it.",
            Self::SessionScheduled => "The session is to take place as planned.",
            Self::SessionStarted => "The session is on. Everybody in the event sees it.",
            Self::SessionEnded => "The session is over.",
            Self::SessionCancelled => "The session is cancelled.",
            Self::StatusHeld => "Kept for the next release of changes. Until then only organizers see it.",
            Self::SavedWithClashes => "Saved. It clashes with another session; see below.",
            Self::WouldClash => "Nothing is saved yet. It would clash with another session; see below.",
            Self::NoClashes => "Nothing is saved yet. Room and speakers are free at that time.",
            Self::SpeakerAdded => "The speaker is added.",
            Self::SpeakerRemoved => "They have no part in this session any more.",
            Self::PlaceAdded => "Added below the others.",
            Self::PlaceDeleted => "Deleted. Its sessions are still there.",
        }
    }
}
