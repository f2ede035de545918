use domain::accounts::{Password, PasswordError, PasswordEstimate};
use zxcvbn::Score;

/// What has to be left of a password when the person's own words are taken out of it.
const MIN_OWN_CHARS: usize = 6;

/// How far a password is from the rule: one that cannot be parsed is as weak as can be.
pub(super) fn estimate(typed: &str, known_words: &[&str]) -> PasswordEstimate {
    let password = match Password::parse(typed) {
        Ok(password) => password,
        Err(error) => return PasswordEstimate { score: 0, is_enough: false, says: error.to_string() },
    };
    let (score, refused) = guess(&password, known_words);
    let score = u8::from(score).min(if refused.is_some() { u8::from(Score::Two) } else { u8::MAX });
    let says = refused.as_ref().map_or_else(|| "Hard to guess.".to_owned(), ToString::to_string);
    PasswordEstimate { score, is_enough: refused.is_none(), says }
}

/// Refuses passwords an estimator scores below 3 of 4, and those built from words everybody knows of the person.
///
/// `known_words` are the address, names, and the names of the product and of what the person belongs to; the dictionary
/// of common passwords is zxcvbn's.
///
/// # Errors
/// [`PasswordError::Guessable`] with what would help.
pub fn check_strength(password: &Password, known_words: &[&str]) -> Result<(), PasswordError> {
    guess(password, known_words).1.map_or(Ok(()), Err)
}

/// The estimator's score, and why the rule refuses the password if it does.
fn guess(password: &Password, known_words: &[&str]) -> (Score, Option<PasswordError>) {
    let words: Vec<String> = known_words
        .iter()
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()).chain([*word]))
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect();
    if is_built_from(password.expose(), &words) {
        let advice =
            "Don't build it from your name, your address, or the name of what you belong to.".to_owned();
        return (Score::Zero, Some(PasswordError::Guessable { advice }));
    }
    let inputs: Vec<&str> = words.iter().map(String::as_str).collect();
    let estimate = zxcvbn::zxcvbn(password.expose(), &inputs);
    if estimate.score() >= Score::Three {
        return (estimate.score(), None);
    }
    let advice = estimate
        .feedback()
        .and_then(|feedback| feedback.suggestions().first())
        .map_or_else(|| "Add another word or two; uncommon ones are best.".to_owned(), ToString::to_string);
    (estimate.score(), Some(PasswordError::Guessable { advice }))
}

/// The estimator takes "ada.okafor1" of Ada Okafor for three unrelated parts.
fn is_built_from(password: &str, words: &[String]) -> bool {
    let typed = password.to_lowercase();
    let mut longest_first: Vec<&String> = words.iter().collect();
    longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = longest_first.iter().fold(typed.clone(), |left, word| left.replace(word.as_str(), " "));
    let own = left.chars().filter(|c| c.is_alphanumeric()).count();
    left != typed && own < MIN_OWN_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_says_what_the_rule_says() {
        for typed in ["", "short", "correct-lantern-battery-9", "atria-atria", "password1", "qwertyuiop"] {
            let shown = estimate(typed, &["Atria"]);
            let ruled = Password::parse(typed).and_then(|password| check_strength(&password, &["Atria"]));
            assert_eq!(shown.is_enough, ruled.is_ok(), "{typed}");
            assert_eq!(
                shown.says,
                ruled.map_or_else(|error| error.to_string(), |()| "Hard to guess.".to_owned())
            );
            assert_eq!(shown.score >= 3, shown.is_enough, "{typed}: {shown:?}");
        }
    }

    fn is_good(password: &str) -> bool {
        let words = ["Ada", "Okafor", "ada.okafor@harbour.example", "Atria"];
        check_strength(&Password::parse(password).expect("a possible password"), &words).is_ok()
    }

    #[test]
    fn words_everybody_knows_of_a_person_make_no_password() {
        for weak in [
            "ada.okafor1",
            "OkaforAda",
            "atria-atria",
            "Atria2026!",
            "ada.okafor@harbour.example",
            "harbour99",
        ] {
            assert!(!is_good(weak), "{weak}");
        }
        for good in ["seven-kites-over-harbour", "okafor likes green lanterns", "tr0mbone;velvet"] {
            assert!(is_good(good), "{good}");
        }
    }
}
