use serde::{Deserialize, Serialize};

use crate::ids::UserId;
use crate::text::{self, Lines, TextError};

/// 1 to 100 characters, never re-cased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstName(String);

/// 0 to 100 characters: many people have one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastName(String);

impl FirstName {
    pub const MAX_CHARS: usize = 100;

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

impl LastName {
    pub const MAX_CHARS: usize = 100;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::One, 0, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What anybody who may see the person at all may see of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    pub id: UserId,
    pub full_name: String,
}

/// Both names joined, nothing re-cased; the last name may be empty.
#[must_use]
pub fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}

/// One or two letters that stand for a person without a picture.
#[must_use]
pub fn initials(full_name: &str) -> String {
    let mut words = full_name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Which of the eight avatar tints (0 to 7) a person has; the same on every page for life.
#[must_use]
pub fn tint(user: UserId) -> u8 {
    // The random tail of a UUIDv7; its head is a clock and would give neighbours the same tint.
    user.get().as_bytes()[15] % 8
}

/// Somebody who proved who they are, while their login sessions were in this epoch. It is over when the password
/// changes; what was proved before then begins no login session any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admitted {
    pub user: UserId,
    pub epoch: i32,
}
