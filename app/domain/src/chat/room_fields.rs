use crate::text::{self, Lines, TextError};

/// Rooms of the event itself, beside those of its sessions (specification 21.1).
pub const MAX_ROOMS: usize = 50;

/// 3 to 100 characters on one line; unique in the event without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomName(String);

/// Up to 500 characters, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoomDescription(Option<String>);

/// How long a member waits between two messages in a room; moderators don't. Repeated in
/// `chat_rooms_slow_mode_known`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SlowMode(i32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Choose one of the times.")]
pub struct SlowModeError;

impl RoomName {
    pub const MIN_CHARS: usize = 3;
    pub const MAX_CHARS: usize = 100;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::One, Self::MIN_CHARS, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RoomDescription {
    pub const MAX_CHARS: usize = 500;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean_optional(input, Lines::Many, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl SlowMode {
    /// In seconds, each with the words for it.
    pub const CHOICES: [(i32, &'static str); 6] = [
        (0, "Off"),
        (10, "10 seconds"),
        (30, "30 seconds"),
        (60, "1 minute"),
        (300, "5 minutes"),
        (900, "15 minutes"),
    ];

    /// # Errors
    /// Seconds that can't be chosen.
    pub fn parse(input: &str) -> Result<Self, SlowModeError> {
        let seconds = input.trim().parse::<i32>().map_err(|_| SlowModeError)?;
        let is_choice = Self::CHOICES.iter().any(|(choice, _)| *choice == seconds);
        is_choice.then_some(Self(seconds)).ok_or(SlowModeError)
    }

    #[must_use]
    pub const fn seconds(self) -> i32 {
        self.0
    }

    /// "Off", "1 minute"; for stored seconds.
    #[must_use]
    pub fn in_words(seconds: i32) -> &'static str {
        Self::CHOICES.iter().find(|(choice, _)| *choice == seconds).map_or("Off", |(_, words)| words)
    }
}
