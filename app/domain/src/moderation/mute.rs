use time::{Duration, OffsetDateTime};

/// How long somebody is silent in the rooms of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MuteDuration {
    TenMinutes,
    Hour,
    Day,
    /// Until somebody takes it back: the event's end needs no clock, for an archived event takes no posts.
    Event,
}

impl MuteDuration {
    pub const ALL: [Self; 4] = [Self::TenMinutes, Self::Hour, Self::Day, Self::Event];

    /// As forms post it and the log keeps it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TenMinutes => "TEN_MINUTES",
            Self::Hour => "HOUR",
            Self::Day => "DAY",
            Self::Event => "EVENT",
        }
    }

    /// As posted or stored; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duration| duration.as_str() == text)
    }

    /// The words shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::TenMinutes => "10 minutes",
            Self::Hour => "1 hour",
            Self::Day => "24 hours",
            Self::Event => "the whole event",
        }
    }

    /// When a mute that begins at `now` ends; `None` with the event.
    #[must_use]
    pub fn until(self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let lasts = match self {
            Self::TenMinutes => Duration::minutes(10),
            Self::Hour => Duration::HOUR,
            Self::Day => Duration::DAY,
            Self::Event => return None,
        };
        Some(now + lasts)
    }
}
