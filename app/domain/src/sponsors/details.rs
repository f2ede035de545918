use crate::text::{self, Lines, TextError};

/// 1 to 255 characters on one line. Repeated in `sponsors_name_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SponsorName(String);

/// Up to 1,000 characters, or none. Repeated in `sponsors_description_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SponsorDescription(Option<String>);

/// What a sponsor offers or gets, one per line: up to 20 lines of 200 characters. Repeated in `sponsors_benefits_lines`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Benefits(Vec<String>);

/// Up to 50 of `[0-9 +()./-]`, or none. Repeated in `sponsors_contact_phone_shape`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(Option<String>);

/// Where else a sponsor is found; every address https.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SponsorLinks {
    pub linkedin: Option<String>,
    pub x: Option<String>,
    pub youtube: Option<String>,
    pub tiktok: Option<String>,
    pub instagram: Option<String>,
    pub facebook: Option<String>,
    pub other: Option<String>,
}

/// Whom organizers talk to: never in an answer to anybody else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BenefitsError {
    #[error("Use at most {} lines.", Benefits::MAX_LINES)]
    TooMany,
    #[error("Use at most {} characters per line; line {line} has {length}.", Benefits::MAX_CHARS)]
    TooLong { line: usize, length: usize },
    #[error("Line {line} contains a character that can't be stored.")]
    ControlCharacter { line: usize },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    #[error("Use digits, spaces and + ( ) . / - only.")]
    Shape,
    #[error("Use at most {} characters.", Phone::MAX_CHARS)]
    TooLong,
}

impl SponsorName {
    pub const MAX_CHARS: usize = 255;

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

impl SponsorDescription {
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

impl Benefits {
    pub const MAX_LINES: usize = 20;
    pub const MAX_CHARS: usize = 200;

    /// One per line; empty lines are left out.
    ///
    /// # Errors
    /// The first line that doesn't fit, or too many of them.
    pub fn parse(input: &str) -> Result<Self, BenefitsError> {
        let mut lines = Vec::new();
        for (index, line) in input.lines().enumerate() {
            let line =
                text::clean_optional(line, Lines::One, Self::MAX_CHARS).map_err(|error| match error {
                    TextError::TooLong { length, .. } => BenefitsError::TooLong { line: index + 1, length },
                    TextError::Missing
                    | TextError::TooShort { .. }
                    | TextError::LineBreak
                    | TextError::ControlCharacter => BenefitsError::ControlCharacter { line: index + 1 },
                })?;
            lines.extend(line);
        }
        if lines.len() > Self::MAX_LINES { Err(BenefitsError::TooMany) } else { Ok(Self(lines)) }
    }

    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.0
    }

    /// As stored and as typed; `None` when there are none.
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join("\n"))
    }
}

impl Phone {
    pub const MAX_CHARS: usize = 50;

    /// # Errors
    /// Other characters, then length.
    pub fn parse(input: &str) -> Result<Self, PhoneError> {
        let text = input.trim();
        if !text.chars().all(|c| c.is_ascii_digit() || " +()./-".contains(c)) {
            return Err(PhoneError::Shape);
        }
        if text.len() > Self::MAX_CHARS {
            return Err(PhoneError::TooLong);
        }
        Ok(Self((!text.is_empty()).then(|| text.to_owned())))
    }

    #[must_use]
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn benefits_are_lines_without_the_empty_ones() {
        let read = Benefits::parse("Booth\r\n\n  Two tickets \n").unwrap_or_default();
        assert_eq!(read.lines(), ["Booth", "Two tickets"]);
        assert_eq!(Benefits::parse(&"x\n".repeat(20)).map(|found| found.lines().len()), Ok(20));
        assert_eq!(Benefits::parse(&"x\n".repeat(21)), Err(BenefitsError::TooMany));
        let long = format!("ok\n{}", "x".repeat(201));
        assert_eq!(Benefits::parse(&long), Err(BenefitsError::TooLong { line: 2, length: 201 }));
        assert_eq!(Benefits::parse("\n \n").map(|found| found.as_text()), Ok(None));
    }

    #[test]
    fn a_phone_number_is_digits_and_what_people_put_between_them() {
        let number = |text| Phone::parse(text).map(|phone| phone.as_deref().map(ToOwned::to_owned));
        assert_eq!(number(" +49 (30) 123-45.6/7 "), Ok(Some("+49 (30) 123-45.6/7".to_owned())));
        assert_eq!(number(""), Ok(None));
        assert_eq!(number("call me"), Err(PhoneError::Shape));
        assert_eq!(number(&"1".repeat(51)), Err(PhoneError::TooLong));
    }
}
