use crate::text::{self, Lines, TextError};

/// What a request opens with, 1 to 500 characters; the database repeats it in `connections_icebreaker_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Icebreaker(String);

impl Icebreaker {
    pub const MAX_CHARS: usize = 500;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::Many, 1, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What one side writes down about the other, for itself alone: up to 1,000 characters, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactNote(Option<String>);

impl ContactNote {
    pub const MAX_CHARS: usize = 1000;

    /// # Errors
    /// As [`text::clean_optional`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean_optional(input, Lines::Many, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}
