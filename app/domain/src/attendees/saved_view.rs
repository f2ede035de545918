use crate::text::{self, Lines, TextError};

/// What an organizer calls a view of the table of people; one line of up to 40 characters. Repeated in
/// `people_views_name_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewName(String);

impl ViewName {
    pub const MAX_CHARS: usize = 40;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::One, 1, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The most views one person keeps of one event.
pub const MOST_VIEWS: usize = 20;
