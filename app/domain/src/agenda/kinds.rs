use serde::{Deserialize, Serialize};

use crate::chat::RoomKind;
use crate::events::kinds::stored_enum;

stored_enum!(
    /// The specification's session type.
    SessionKind {
        Keynote = "KEYNOTE", "Keynote";
        Presentation = "PRESENTATION", "Talk";
        Panel = "PANEL", "Panel";
        Workshop = "WORKSHOP", "Workshop";
        Networking = "NETWORKING", "Networking";
        Qa = "QA", "Questions and answers";
        Break = "BREAK", "Break";
    }
);

stored_enum!(
    /// Changes by [`super::change_to`] only. "Starting soon" is derived.
    SessionStatus {
        Scheduled = "SCHEDULED", "Scheduled";
        Live = "LIVE", "Live";
        Completed = "COMPLETED", "Over";
        Cancelled = "CANCELLED", "Cancelled";
    }
);

stored_enum!(
    /// Who starts and ends the sessions of an event.
    SessionStatusMode {
        Clock = "CLOCK", "By the clock";
        Manual = "MANUAL", "By hand";
    }
);

stored_enum!(
    /// Which of a session's two chat rooms pages show. Never who may post there.
    SessionChatMode {
        Enabled = "ENABLED", "Chat and backstage";
        BackstageOnly = "BACKSTAGE_ONLY", "Backstage only";
        Disabled = "DISABLED", "None";
    }
);

stored_enum!(
    /// In the order speakers are shown.
    SessionSpeakerRole {
        Host = "HOST", "Host";
        Keynote = "KEYNOTE", "Keynote";
        Speaker = "SPEAKER", "Speaker";
        Moderator = "MODERATOR", "Moderator";
        Panelist = "PANELIST", "Panelist";
    }
);

stored_enum!(StreamingPlatform {
    Vimeo = "VIMEO", "Vimeo";
    Mux = "MUX", "Mux";
    Zoom = "ZOOM", "Zoom";
    Jitsi = "JITSI", "Jitsi";
    Other = "OTHER", "Another site";
});

stored_enum!(MuxPlaybackPolicy {
    Public = "PUBLIC", "Public";
    Signed = "SIGNED", "Signed";
});

impl SessionKind {
    /// What a new session of this kind shows.
    #[must_use]
    pub const fn chat_mode(self) -> SessionChatMode {
        match self {
            Self::Break => SessionChatMode::Disabled,
            Self::Keynote
            | Self::Presentation
            | Self::Panel
            | Self::Workshop
            | Self::Networking
            | Self::Qa => SessionChatMode::Enabled,
        }
    }
}

impl SessionChatMode {
    /// Whether pages show a session's room of this kind.
    #[must_use]
    pub const fn shows(self, kind: RoomKind) -> bool {
        match (self, kind) {
            (Self::Enabled, RoomKind::Public | RoomKind::Backstage)
            | (Self::BackstageOnly, RoomKind::Backstage) => true,
            (Self::Enabled, RoomKind::Global | RoomKind::GreenRoom | RoomKind::Admin)
            | (
                Self::BackstageOnly,
                RoomKind::Public | RoomKind::Global | RoomKind::GreenRoom | RoomKind::Admin,
            )
            | (Self::Disabled, _) => false,
        }
    }
}

impl SessionSpeakerRole {
    /// 0 is shown first.
    #[must_use]
    pub fn rank(self) -> usize {
        Self::ALL.iter().position(|role| *role == self).unwrap_or(Self::ALL.len())
    }
}
