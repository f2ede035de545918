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
    if text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || turns_the_line(c, lines)) {
        return Err(TextError::ControlCharacter);
    }
    let length = if text.chars().all(is_invisible) { 0 } else { text.chars().count() };
    match length {
        0 if min > 0 => Err(TextError::Missing),
        0 => Ok(String::new()),
        _ if length < min => Err(TextError::TooShort { min }),
        _ if length > max => Err(TextError::TooLong { max, length }),
        _ => Ok(text),
    }
}

/// Overrides of the reading direction: in a name they rewrite what stands beside it.
fn turns_the_line(c: char, lines: Lines) -> bool {
    lines == Lines::One && matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// White space, and characters that draw nothing by themselves but may stand between others that do.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}'
                | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        )
}

/// As [`clean`] with no lower bound: an empty field is `None`.
///
/// # Errors
/// As [`clean`], never [`TextError::Missing`].
pub fn clean_optional(input: &str, lines: Lines, max: usize) -> Result<Option<String>, TextError> {
    clean(input, lines, 0, max).map(|text| (!text.is_empty()).then_some(text))
}

/// With its first letter as a sentence begins.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "45 seconds", "12 minutes", "24 hours": rounded up, so that nobody comes too early.
#[must_use]
pub fn seconds_in_words(seconds: u32) -> String {
    let (count, unit) = match seconds {
        0..=119 => (seconds, "second"),
        120..=7199 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_wait_is_named_in_a_unit_one_can_wait_for() {
        for (seconds, words) in [
            (1, "1 second"),
            (119, "119 seconds"),
            (120, "2 minutes"),
            (3601, "61 minutes"),
            (86_357, "24 hours"),
        ] {
            assert_eq!(super::seconds_in_words(seconds), words);
        }
    }

    use super::*;

    #[test]
    fn a_name_can_be_seen_and_rewrites_nothing_beside_it() {
        let name = |text: &str| clean(text, Lines::One, 1, 100);
        for invisible in ["\u{200b}\u{200b}", " \u{feff} ", "\u{3164}", "\u{2800}\u{2060}"] {
            assert_eq!(name(invisible), Err(TextError::Missing), "{invisible:?}");
            assert_eq!(clean_optional(invisible, Lines::Many, 100), Ok(None), "{invisible:?}");
        }
        assert_eq!(name("Ada\u{202e}gnp.exe"), Err(TextError::ControlCharacter));
        for seen in ["👩\u{200d}💻", "می\u{200c}خواهم", "A\u{fe0f}"] {
            assert_eq!(name(seen).as_deref(), Ok(seen));
        }
    }
}
