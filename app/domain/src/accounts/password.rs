use std::fmt;

use serde::{Deserialize, Serialize};

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

/// How hard a password is to guess, as the form shows it while it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordEstimate {
    /// 0 to 4, as the estimator counts.
    pub score: u8,
    /// Whether the rule takes it.
    pub is_enough: bool,
    /// What is wrong and what would help, or that all is well.
    pub says: String,
}

/// Where a new password is typed; what may be known of the person differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewPasswordFor {
    SignUp,
    Invitation,
    Reset,
    Change,
}

impl NewPasswordFor {
    pub const ALL: [Self; 4] = [Self::SignUp, Self::Invitation, Self::Reset, Self::Change];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignUp => "SIGN_UP",
            Self::Invitation => "INVITATION",
            Self::Reset => "RESET",
            Self::Change => "CHANGE",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.as_str() == name)
    }
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
