use domain::accounts::{Password, PasswordError};
use zxcvbn::Score;

/// What has to be left of a password when the person's own words are taken out of it.
const MIN_OWN_CHARS: usize = 6;

/// Refuses passwords an estimator scores below 3 of 4, and those built from words everybody knows of the person.
///
/// `known_words` are the address, names and the product's name; the dictionary of common passwords is zxcvbn's.
///
/// # Errors
/// [`PasswordError::Guessable`] with what would help.
pub fn check_strength(password: &Password, known_words: &[&str]) -> Result<(), PasswordError> {
    let words: Vec<String> = known_words
        .iter()
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()).chain([*word]))
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect();
    if is_built_from(password.expose(), &words) {
        let advice = "Don't build it from your name, your address or ours.".to_owned();
        return Err(PasswordError::Guessable { advice });
    }
    let inputs: Vec<&str> = words.iter().map(String::as_str).collect();
    let estimate = zxcvbn::zxcvbn(password.expose(), &inputs);
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    let advice = estimate
        .feedback()
        .and_then(|feedback| feedback.suggestions().first())
        .map_or_else(|| "Add another word or two; uncommon ones are best.".to_owned(), ToString::to_string);
    Err(PasswordError::Guessable { advice })
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
