//! Cleaning what people type: trimmed, NFC, free of control characters, counted in Unicode scalar values.

use unicode_normalization::UnicodeNormalization as _;

/// Whether a field may hold more than one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    One,
    Many,
}

/// Why a text was refused; `Display` is the sentence shown at the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("Fill in this field.")]
    Missing,
    #[error("Use at least {min} characters.")]
    TooShort { min: usize },
    #[error("Use at most {max} characters; this has {length}.")]
    TooLong { max: usize, length: usize },
    #[error("Keep this on one line.")]
    LineBreak,
    #[error("This contains a character that can't be stored.")]
    ControlCharacter,
}

/// Trims, normalizes and bounds a text of `min..=max` Unicode scalar values.
///
/// An empty result is [`TextError::Missing`] when `min > 0`, else the empty string. Line ends become `\n`.
///
/// # Errors
/// Every variant of [`TextError`], the first that applies.
pub fn clean(input: &str, lines: Lines, min: usize, max: usize) -> Result<String, TextError> {
    let text: String = input.replace("\r\n", "\n").replace('\r', "\n").trim().nfc().collect();
    if lines == Lines::One && text.contains('\n') {
        return Err(TextError::LineBreak);
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(TextError::ControlCharacter);
    }
    let length = text.chars().count();
    match length {
        0 if min > 0 => Err(TextError::Missing),
        _ if length < min => Err(TextError::TooShort { min }),
        _ if length > max => Err(TextError::TooLong { max, length }),
        _ => Ok(text),
    }
}

/// As [`clean`] with no lower bound: an empty field is `None`.
///
/// # Errors
/// As [`clean`], never [`TextError::Missing`].
pub fn clean_optional(input: &str, lines: Lines, max: usize) -> Result<Option<String>, TextError> {
    clean(input, lines, 0, max).map(|text| (!text.is_empty()).then_some(text))
}
