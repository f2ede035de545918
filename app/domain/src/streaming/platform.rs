use serde::{Deserialize, Serialize};

/// Who carries a session's picture and sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StreamingPlatform {
    Vimeo,
    Mux,
    Zoom,
    Jitsi,
    Other,
}

impl StreamingPlatform {
    pub const ALL: [Self; 5] = [Self::Vimeo, Self::Mux, Self::Zoom, Self::Jitsi, Self::Other];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vimeo => "VIMEO",
            Self::Mux => "MUX",
            Self::Zoom => "ZOOM",
            Self::Jitsi => "JITSI",
            Self::Other => "OTHER",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|platform| platform.as_str() == text)
    }

    /// The third party's name, which people read before anything of it is loaded.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Vimeo => "Vimeo",
            Self::Mux => "Mux",
            Self::Zoom => "Zoom",
            Self::Jitsi => "Jitsi (8x8.vc)",
            Self::Other => "Another site",
        }
    }

    /// Whether it can still be watched when the session is over.
    #[must_use]
    pub const fn has_replay(self) -> bool {
        match self {
            Self::Vimeo | Self::Mux | Self::Other => true,
            Self::Zoom | Self::Jitsi => false,
        }
    }
}

/// Whether anybody with the id may play a Mux stream, or only with a token of ours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MuxPlaybackPolicy {
    #[default]
    Public,
    Signed,
}

impl MuxPlaybackPolicy {
    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Signed => "SIGNED",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        [Self::Public, Self::Signed].into_iter().find(|policy| policy.as_str() == text)
    }
}
