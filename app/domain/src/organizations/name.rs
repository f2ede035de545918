use crate::text::{self, Lines, TextError};

/// 2 to 100 characters on one line; not unique. Repeated in `organizations_name_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationName(String);

/// Up to 1,000 characters, or none. Repeated in `organizations_description_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationDescription(Option<String>);

impl OrganizationName {
    pub const MIN_CHARS: usize = 2;
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

impl OrganizationDescription {
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
