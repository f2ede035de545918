use std::fmt;

/// A password exactly as typed: not trimmed, not normalized, 8 to 128 Unicode scalar values.
///
/// Whether it is strong enough is decided by `services::accounts`, which has the dictionary.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error("Enter a password.")]
    Missing,
    #[error("Use at least {} characters.", Password::MIN_CHARS)]
    TooShort,
    #[error("Use at most {} characters.", Password::MAX_CHARS)]
    TooLong,
    /// The estimator's own advice, from its fixed list of sentences.
    #[error("This is too easy to guess. {advice}")]
    Guessable { advice: String },
}

impl Password {
    pub const MIN_CHARS: usize = 8;
    pub const MAX_CHARS: usize = 128;

    /// # Errors
    /// Missing or outside the length bounds.
    pub fn parse(input: &str) -> Result<Self, PasswordError> {
        match input.chars().count() {
            0 => Err(PasswordError::Missing),
            length if length < Self::MIN_CHARS => Err(PasswordError::TooShort),
            length if length > Self::MAX_CHARS => Err(PasswordError::TooLong),
            _ => Ok(Self(input.to_owned())),
        }
    }

    /// The typed text, for hashing only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}
