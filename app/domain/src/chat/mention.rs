//! Names behind an `@`: a plain form has nothing but the text.

/// Somebody a text may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T> {
    pub who: T,
    pub full_name: String,
}

/// A name as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention<T> {
    pub who: T,
    pub written: String,
}

/// Those of these people whose full name stands behind an `@`, each once, at most `max`. Of two names that both fit, the
/// longer one is meant; people of the same name are all meant.
#[must_use]
pub fn mentions<T: Copy + PartialEq>(text: &str, people: &[Named<T>], max: usize) -> Vec<Mention<T>> {
    let mut found: Vec<Mention<T>> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let rest = &text[at + 1..];
        let fits = people.iter().filter_map(|named| Some((named, written(rest, &named.full_name)?)));
        let fits: Vec<_> = fits.collect();
        let longest = fits.iter().map(|(_, written)| written.len()).max().unwrap_or(0);
        for (named, written) in fits.into_iter().filter(|(_, written)| written.len() == longest) {
            let is_new = found.iter().all(|known| known.who != named.who);
            if is_new && found.len() < max {
                found.push(Mention { who: named.who, written: written.to_owned() });
            }
        }
    }
    found
}

/// The name at the start of a text, without regard to case, when the word ends there.
fn written<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut letters = text.char_indices();
    for expected in name.chars() {
        let (_, letter) = letters.next()?;
        let is_same = letter == expected || letter.to_lowercase().eq(expected.to_lowercase());
        if !is_same {
            return None;
        }
    }
    match letters.next() {
        None => Some(text),
        Some((_, next)) if next.is_alphanumeric() => None,
        Some((end, _)) => Some(&text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, mentions};

    fn people() -> Vec<Named<u8>> {
        [(1, "Ada Test"), (2, "Ada Test Smith"), (3, "Ömer"), (4, "Ada Test")]
            .map(|(who, name)| Named { who, full_name: name.to_owned() })
            .to_vec()
    }

    fn named(text: &str) -> Vec<(u8, String)> {
        mentions(text, &people(), 20).into_iter().map(|mention| (mention.who, mention.written)).collect()
    }

    #[test]
    fn a_name_behind_an_at_sign_names_its_people() {
        assert_eq!(named("Ask @Ömer."), [(3, "Ömer".to_owned())]);
        assert_eq!(
            named("@ada test and @öMER"),
            [(1, "ada test".into()), (4, "ada test".into()), (3, "öMER".into())]
        );
        assert_eq!(named("@Ada Test Smith!"), [(2, "Ada Test Smith".to_owned())], "the longer name");
    }

    #[test]
    fn other_text_names_nobody() {
        for text in ["Ada Test", "@Ada", "@Ada Testament", "mail@example.org", "@", "@ Ömer"] {
            assert_eq!(named(text), [], "{text}");
        }
        assert_eq!(mentions("@Ömer @Ada Test", &people(), 1).len(), 1, "up to a bound");
    }
}
