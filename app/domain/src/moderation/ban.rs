use time::{Duration, OffsetDateTime};

/// Which of somebody's messages go when they are banned (specification 17.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AlsoDelete {
    #[default]
    Nothing,
    LastHour,
    LastDay,
    All,
}

impl AlsoDelete {
    pub const ALL: [Self; 4] = [Self::Nothing, Self::LastHour, Self::LastDay, Self::All];

    /// The newest messages that go with one ban.
    pub const MOST: u16 = 500;

    /// As forms post it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "NOTHING",
            Self::LastHour => "HOUR",
            Self::LastDay => "DAY",
            Self::All => "ALL",
        }
    }

    /// As posted, nothing being [`Self::Nothing`]; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Nothing);
        }
        Self::ALL.into_iter().find(|choice| choice.as_str() == text)
    }

    /// The words shown to moderators.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Nothing => "Nothing",
            Self::LastHour => "What they wrote in the last hour",
            Self::LastDay => "What they wrote in the last 24 hours",
            Self::All => "All that they wrote",
        }
    }

    /// What was written then or later goes; `None` when nothing does.
    #[must_use]
    pub fn since(self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        match self {
            Self::Nothing => None,
            Self::LastHour => Some(now - Duration::HOUR),
            Self::LastDay => Some(now - Duration::DAY),
            Self::All => Some(OffsetDateTime::UNIX_EPOCH),
        }
    }
}
