use crate::text::{self, Lines, TextError};

/// What a picture shows, for people who don't see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlternativeText(Option<String>);

const MAX_CHARS: usize = 200;

impl AlternativeText {
    /// Nothing is a decoration's text.
    pub const NONE: Self = Self(None);

    /// One line of at most 200 characters; empty is none.
    ///
    /// # Errors
    /// [`TextError`] when it is longer or has control characters.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean_optional(input, Lines::One, MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}
