//! What people look for in lists.

use crate::FieldErrors;
use crate::text::{self, Lines, TextError};

/// A part of a name or an address, 2 to 200 characters (specification 21.1), or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchText(String);

impl SearchText {
    pub const MIN_CHARS: usize = 2;
    pub const MAX_CHARS: usize = 200;

    /// Reads `search` as it stands in an address; missing and empty mean everything.
    ///
    /// # Errors
    /// On `search`: too short, too long, or a character that no name has.
    pub fn parse(input: Option<&str>) -> Result<Self, FieldErrors> {
        let input = input.unwrap_or_default();
        if input.trim().is_empty() {
            return Ok(Self::default());
        }
        let parsed = text::clean(input, Lines::One, Self::MIN_CHARS, Self::MAX_CHARS);
        parsed.map(Self).map_err(|error| match error {
            TextError::Missing | TextError::TooShort { .. } => {
                FieldErrors::one("search", "Search for at least 2 characters.")
            }
            TextError::TooLong { .. } | TextError::LineBreak | TextError::ControlCharacter => {
                FieldErrors::one("search", error)
            }
        })
    }

    /// Empty for everything.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_means_everything_and_one_character_too_little() {
        for nothing in [None, Some(""), Some("  ")] {
            assert_eq!(SearchText::parse(nothing).unwrap().as_str(), "", "{nothing:?}");
        }
        assert_eq!(SearchText::parse(Some(" Ad ")).unwrap().as_str(), "Ad");
        for bad in ["a", "a\0b", "a\nb", &"x".repeat(201)] {
            assert!(SearchText::parse(Some(bad)).unwrap_err().get("search").is_some(), "{bad:?}");
        }
    }
}
