//! What a member says of themselves in one event, in place of the profile.

use crate::text::{self, Lines, TextError};

/// One line of up to 200 characters, or none. Repeated in `event_members_title_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleHere(Option<String>);

impl TitleHere {
    pub const MAX_CHARS: usize = 200;

    /// # Errors
    /// As [`text::clean_optional`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean_optional(input, Lines::One, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// Markdown of up to 2,000 characters, or none. Repeated in `event_members_bio_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BioHere(Option<String>);

impl BioHere {
    pub const MAX_CHARS: usize = 2_000;

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
