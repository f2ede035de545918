use crate::text::{self, Lines, TextError};

/// A few words to the invited person, plain text of up to 500 characters, or none. Repeated in
/// `invitations_message_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationMessage(Option<String>);

impl InvitationMessage {
    pub const MAX_CHARS: usize = 500;

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
