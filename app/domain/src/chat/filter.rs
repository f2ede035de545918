//! The words an event doesn't want to read (specification 14.8). Whole words only, whatever case, accents and look-alike
//! digits they come with.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

const MASK: &str = "***";

/// The text with each listed word replaced by `***`; `None` when there is none in it.
#[must_use]
pub fn mask(text: &str, words: &[String]) -> Option<String> {
    let listed: Vec<String> = words.iter().map(|word| folded(word)).filter(|word| !word.is_empty()).collect();
    let mut masked = String::with_capacity(text.len());
    let mut found = false;
    for piece in pieces(text) {
        if listed.contains(&folded(piece)) {
            found = true;
            masked.push_str(MASK);
        } else {
            masked.push_str(piece);
        }
    }
    found.then_some(masked)
}

/// Words and what stands between them, in order.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_word = is_of_word(first);
        let end = rest.find(|c| is_of_word(c) != is_word).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

/// `$` and `@` stand for letters often enough to be of a word.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '$' | '@')
}

/// Lower case, without accents, look-alikes as the letters they stand for.
fn folded(word: &str) -> String {
    word.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::mask;

    fn masked(text: &str) -> Option<String> {
        mask(text, &["heck".to_owned(), "Darn".to_owned()])
    }

    #[test]
    fn listed_words_are_masked_whatever_they_are_dressed_as() {
        for (text, shown) in
            [("What the heck!", "What the ***!"), ("HECK, dárn.", "***, ***."), ("h3ck d@rn", "*** ***")]
        {
            assert_eq!(masked(text).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn only_whole_words_are_masked() {
        for clean in ["A hecker's heckle", "darning socks", "", "Hello @Ada"] {
            assert_eq!(masked(clean), None, "{clean}");
        }
    }
}
