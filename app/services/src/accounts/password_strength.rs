use domain::accounts::{Password, PasswordError};
use zxcvbn::Score;

/// Refuses passwords an estimator scores below 3 of 4, knowing the person's own words.
///
/// `known_words` are the address, names and the product's name; the dictionary of common passwords is zxcvbn's.
///
/// # Errors
/// [`PasswordError::Guessable`] with the estimator's advice.
pub fn check_strength(password: &Password, known_words: &[&str]) -> Result<(), PasswordError> {
    let words: Vec<&str> = known_words
        .iter()
        .flat_map(|word| word.split(['@', '.', ' ', '-']).chain([*word]))
        .filter(|word| word.chars().count() > 2)
        .collect();
    let estimate = zxcvbn::zxcvbn(password.expose(), &words);
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    let advice = estimate
        .feedback()
        .and_then(|feedback| feedback.suggestions().first())
        .map_or_else(|| "Add another word or two; uncommon ones are best.".to_owned(), ToString::to_string);
    Err(PasswordError::Guessable { advice })
}
