use crate::text::{self, Lines, TextError};

/// 3 to 255 characters on one line. Repeated in `agenda_sessions_title_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionTitle(String);

/// Up to 200 characters on one line, or none. Repeated in `agenda_sessions_short_description_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortDescription(Option<String>);

/// Markdown as typed, up to 10,000 characters, or none. Repeated in `agenda_sessions_description_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionDescription(Option<String>);

/// A BCP 47 tag like `en` or `pt-BR`, or none. Repeated in `agenda_sessions_language_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLanguage(Option<String>);

/// Up to ten tags of 30 characters, each once without regard to case. Repeated in `agenda_sessions_tags_number`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionTags(Vec<String>);

/// No limit, or 1 to 100,000 people. Repeated in `agenda_sessions_capacity_range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionCapacity(Option<i32>);

/// How many minutes before its start a session can be joined. Repeated in `agenda_sessions_opens_before_range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpensBefore(i32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Enter a language tag like en or pt-BR.")]
pub struct SessionLanguageError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TagsError {
    #[error("Use at most {} tags, with commas between them.", SessionTags::MAX)]
    TooMany,
    #[error("Use at most {} characters per tag; “{tag}” is longer.", SessionTags::MAX_CHARS)]
    TooLong { tag: String },
    #[error("A tag contains a character that can't be stored.")]
    Character,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Enter a whole number from {min} to {max}.")]
pub struct NumberError {
    pub min: i32,
    pub max: i32,
}

impl SessionTitle {
    pub const MAX_CHARS: usize = 255;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::One, 3, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ShortDescription {
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

impl SessionDescription {
    pub const MAX_CHARS: usize = 10_000;

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

impl SessionLanguage {
    pub const MAX_CHARS: usize = 35;

    /// # Errors
    /// Anything but subtags of letters and digits, the first of two to eight letters, or nothing.
    pub fn parse(input: &str) -> Result<Self, SessionLanguageError> {
        let tag = input.trim();
        if tag.is_empty() {
            return Ok(Self(None));
        }
        let is_subtag =
            |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let first = tag.split('-').next().unwrap_or_default();
        let is_language = first.len() >= 2 && first.bytes().all(|b| b.is_ascii_alphabetic());
        if tag.len() > Self::MAX_CHARS || !is_language || !tag.split('-').all(is_subtag) {
            return Err(SessionLanguageError);
        }
        Ok(Self(Some(tag.to_owned())))
    }

    #[must_use]
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl SessionTags {
    pub const MAX: usize = 10;
    pub const MAX_CHARS: usize = 30;

    /// With commas or line breaks between them; empty ones and repetitions are left out.
    ///
    /// # Errors
    /// The first tag that doesn't fit, or too many of them.
    pub fn parse(input: &str) -> Result<Self, TagsError> {
        let mut tags: Vec<String> = Vec::new();
        for part in input.split([',', '\n', '\r']) {
            let tag = match text::clean_optional(part, Lines::One, Self::MAX_CHARS) {
                Ok(Some(tag)) => tag,
                Ok(None) => continue,
                Err(TextError::TooLong { .. }) => {
                    return Err(TagsError::TooLong { tag: part.trim().chars().take(20).collect() });
                }
                Err(
                    TextError::Missing
                    | TextError::TooShort { .. }
                    | TextError::LineBreak
                    | TextError::ControlCharacter,
                ) => return Err(TagsError::Character),
            };
            if !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
                tags.push(tag);
            }
        }
        if tags.len() > Self::MAX { Err(TagsError::TooMany) } else { Ok(Self(tags)) }
    }

    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

impl SessionCapacity {
    pub const MAX: i32 = 100_000;

    /// # Errors
    /// A number outside 1 to [`Self::MAX`], or no number.
    pub fn parse(input: &str) -> Result<Self, NumberError> {
        match input.trim() {
            "" => Ok(Self(None)),
            text => number(text, 1, Self::MAX).map(|people| Self(Some(people))),
        }
    }

    #[must_use]
    pub const fn get(self) -> Option<i32> {
        self.0
    }
}

impl OpensBefore {
    pub const DEFAULT: Self = Self(15);
    pub const MAX: i32 = 1440;

    /// Nothing typed is the default.
    ///
    /// # Errors
    /// A number outside 0 to [`Self::MAX`], or no number.
    pub fn parse(input: &str) -> Result<Self, NumberError> {
        match input.trim() {
            "" => Ok(Self::DEFAULT),
            text => number(text, 0, Self::MAX).map(Self),
        }
    }

    #[must_use]
    pub const fn minutes(self) -> i32 {
        self.0
    }
}

fn number(text: &str, min: i32, max: i32) -> Result<i32, NumberError> {
    text.parse().ok().filter(|number| (min..=max).contains(number)).ok_or(NumberError { min, max })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_apart_without_regard_to_case() {
        let tags = |text: &str| SessionTags::parse(text).map(|tags| tags.as_slice().to_vec());
        assert_eq!(
            tags(" Rust, rust ,, Async\nweb "),
            Ok(["Rust", "Async", "web"].map(String::from).to_vec())
        );
        assert_eq!(tags(""), Ok(Vec::new()));
        assert_eq!(tags("a,b,c,d,e,f,g,h,i,j,k"), Err(TagsError::TooMany));
        assert!(matches!(tags(&"x".repeat(31)), Err(TagsError::TooLong { .. })));
    }

    #[test]
    fn a_language_is_a_tag_of_letters_and_digits() {
        let language =
            |text: &str| SessionLanguage::parse(text).map(|found| found.as_deref().map(String::from));
        for tag in ["en", "pt-BR", "zh-Hant-TW", "sl-rozaj-biske"] {
            assert_eq!(language(tag), Ok(Some(tag.to_owned())));
        }
        assert_eq!(language(" "), Ok(None));
        for wrong in ["e", "English language", "en_US", "-en", "en-", "12-en"] {
            assert_eq!(language(wrong), Err(SessionLanguageError), "{wrong}");
        }
    }
}
