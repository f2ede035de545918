/// One Unicode emoji, as people react with.
///
/// At most [`Self::MAX_CHARS`] scalar values that draw one picture: a pictograph with its skin tone and presentation,
/// several joined into one, a flag, or a keycap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Emoji(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("React with one emoji.")]
pub struct EmojiError;

const JOINER: char = '\u{200d}';
const PRESENTATION: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';
const CANCEL_TAG: char = '\u{e007f}';

impl Emoji {
    /// The longest are families and flags of regions.
    pub const MAX_CHARS: usize = 16;
    /// The ones a room offers first.
    pub const QUICK: [&'static str; 6] = ["👍", "❤️", "😂", "🎉", "👏", "🤔"];

    /// # Errors
    /// Anything but one emoji.
    pub fn parse(input: &str) -> Result<Self, EmojiError> {
        let chars: Vec<char> = input.trim().chars().collect();
        let fits = (1..=Self::MAX_CHARS).contains(&chars.len());
        let is_one = is_keycap(&chars) || is_flag(&chars) || is_picture(&chars);
        if fits && is_one { Ok(Self(chars.into_iter().collect())) } else { Err(EmojiError) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_keycap(chars: &[char]) -> bool {
    match chars {
        [key, KEYCAP] | [key, PRESENTATION, KEYCAP] => matches!(key, '0'..='9' | '#' | '*'),
        _ => false,
    }
}

fn is_flag(chars: &[char]) -> bool {
    chars.len() == 2 && chars.iter().all(|c| matches!(c, '\u{1f1e6}'..='\u{1f1ff}'))
}

/// Pictographs between joiners.
fn is_picture(chars: &[char]) -> bool {
    chars.split(|c| *c == JOINER).all(|part| match part {
        [base, rest @ ..] => is_pictograph(*base) && is_finish(rest),
        [] => false,
    })
}

/// What may follow a pictograph: a skin tone, the presentation as a picture, the tags of a regional flag.
fn is_finish(rest: &[char]) -> bool {
    match rest {
        [] | [PRESENTATION] => true,
        [tone] | [tone, PRESENTATION] if is_tone(*tone) => true,
        [tags @ .., CANCEL_TAG] => {
            !tags.is_empty() && tags.iter().all(|tag| matches!(tag, '\u{e0020}'..='\u{e007e}'))
        }
        _ => false,
    }
}

fn is_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// The blocks that hold pictographs, without letters, digits and the flags' halves.
fn is_pictograph(c: char) -> bool {
    matches!(
        c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
            | '\u{2194}'..='\u{21aa}' | '\u{231a}'..='\u{23ff}' | '\u{24c2}' | '\u{25aa}'..='\u{25fe}'
            | '\u{2600}'..='\u{27bf}' | '\u{2934}'..='\u{2935}' | '\u{2b05}'..='\u{2b55}' | '\u{3030}' | '\u{303d}'
            | '\u{3297}' | '\u{3299}' | '\u{1f004}' | '\u{1f0cf}' | '\u{1f170}'..='\u{1f19a}'
            | '\u{1f201}'..='\u{1f251}' | '\u{1f300}'..='\u{1faff}'
    )
}

#[cfg(test)]
mod tests {
    use super::Emoji;

    #[test]
    fn one_emoji_is_one_picture_however_many_characters_draw_it() {
        for one in [
            "👍",
            "👍🏽",
            "❤️",
            "🇩🇪",
            "1️⃣",
            "👩‍💻",
            "👩🏽‍🤝‍👨🏻",
            "🏳️‍🌈",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        ] {
            assert_eq!(Emoji::parse(one).map(|emoji| emoji.0), Ok(one.to_owned()), "{one:?}");
        }
        for quick in Emoji::QUICK {
            assert!(Emoji::parse(quick).is_ok(), "{quick}");
        }
    }

    #[test]
    fn text_and_several_emoji_are_none() {
        for none in
            ["", "a", "1", "👍👍", "👍a", ":)", "ok", "🇩", "\u{200d}", "👍\u{200d}", "<b>", "\u{fe0f}"]
        {
            assert!(Emoji::parse(none).is_err(), "{none:?}");
        }
    }
}
