use crate::text::{self, Lines, TextError};

/// Why somebody is banned, muted or warned, told to them: plain text of 1 to 500 characters. Repeated in
/// `event_members_ban_reason_length`, `event_members_mute_reason_length` and `event_warnings_reason_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestrictionReason(String);

impl RestrictionReason {
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
