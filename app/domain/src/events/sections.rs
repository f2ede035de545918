//! What an event's page says beside its details, and how the organizers set the event up (specification 3.3).

use serde::{Deserialize, Serialize};

use crate::FieldErrors;
use crate::text::{self, Lines, TextError};

/// Icons a highlight may carry: names in the icon set.
pub const HIGHLIGHT_ICONS: [&str; 8] =
    ["calendar", "clock", "gem", "globe", "map-pin", "message-circle", "user", "users"];

/// One thing to look forward to. Repeated in `events_highlights_number`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highlight {
    pub title: String,
    #[serde(default)]
    pub description: String,
    /// One of [`HIGHLIGHT_ICONS`].
    #[serde(default)]
    pub icon: String,
}

/// A question people ask, and its answer in Markdown. Repeated in `events_faqs_number`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faq {
    pub question: String,
    pub answer: String,
}

/// The first words of a request to connect: 10 to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Icebreaker(String);

/// One line that says why to come, up to 300 characters, or none. Repeated in `events_hero_text_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeroText(Option<String>);

pub const MAX_HIGHLIGHTS: usize = 12;
pub const MAX_FAQS: usize = 50;
pub const MAX_ICEBREAKERS: usize = 20;

/// A move in a list that people order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shift {
    Up,
    Down,
    Remove,
    /// Before all others.
    First,
    /// Right behind the entry that is at this place now.
    After(usize),
}

impl Highlight {
    /// # Errors
    /// One entry per field: `title`, `description`, `icon`.
    pub fn parse(title: &str, description: &str, icon: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", text::clean(title, Lines::One, 1, 100));
        let description = errors.take("description", text::clean(description, Lines::Many, 0, 500));
        if !icon.is_empty() && !HIGHLIGHT_ICONS.contains(&icon) {
            errors.add("icon", "Choose an icon from the list.");
        }
        match (title, description) {
            (Some(title), Some(description)) if errors.is_empty() => {
                Ok(Self { title, description, icon: icon.to_owned() })
            }
            _ => Err(errors),
        }
    }
}

impl Faq {
    /// # Errors
    /// One entry per field: `question`, `answer`.
    pub fn parse(question: &str, answer: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let question = errors.take("question", text::clean(question, Lines::One, 1, 200));
        let answer = errors.take("answer", text::clean(answer, Lines::Many, 1, 2_000));
        match (question, answer) {
            (Some(question), Some(answer)) => Ok(Self { question, answer }),
            _ => Err(errors),
        }
    }
}

impl Icebreaker {
    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::One, 10, 200).map(Self)
    }

    #[must_use]
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl HeroText {
    pub const MAX_CHARS: usize = 300;

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

impl Shift {
    /// # Errors
    /// For anything but `up`, `down`, `remove`, `first` and `after.` with a place from 0.
    pub fn parse(input: &str) -> Result<Self, FieldErrors> {
        match input {
            "up" => Ok(Self::Up),
            "down" => Ok(Self::Down),
            "remove" => Ok(Self::Remove),
            "first" => Ok(Self::First),
            _ => input
                .strip_prefix("after.")
                .and_then(|place| place.parse().ok())
                .map(Self::After)
                .ok_or_else(|| FieldErrors::one("shift", "Load this page again and retry.")),
        }
    }

    /// Moves or removes the entry at `at`; the first stays first, the last last. False when there is none, or none to
    /// stand behind.
    pub fn apply<T>(self, list: &mut Vec<T>, at: usize) -> bool {
        if at >= list.len() || matches!(self, Self::After(other) if other >= list.len()) {
            return false;
        }
        match self {
            Self::Up => {
                if at > 0 {
                    list.swap(at, at - 1);
                }
            }
            Self::Down => {
                if at + 1 < list.len() {
                    list.swap(at, at + 1);
                }
            }
            Self::Remove => {
                list.remove(at);
            }
            Self::First => list[..=at].rotate_right(1),
            Self::After(other) if other < at => list[other + 1..=at].rotate_right(1),
            Self::After(other) => list[at..=other].rotate_left(1),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_move_one_place_and_stay_inside_the_list() {
        let shifted = |shift: Shift, at| {
            let mut list = vec!["a", "b", "c"];
            assert_eq!(shift.apply(&mut list, at), at < 3);
            list.concat()
        };
        assert_eq!(shifted(Shift::Up, 0), "abc");
        assert_eq!(shifted(Shift::Up, 2), "acb");
        assert_eq!(shifted(Shift::Down, 0), "bac");
        assert_eq!(shifted(Shift::Down, 2), "abc");
        assert_eq!(shifted(Shift::Remove, 1), "ac");
        assert_eq!(shifted(Shift::Down, 3), "abc");
    }

    #[test]
    fn entries_move_to_the_front_and_behind_any_other() {
        let shifted = |shift: &str, at| {
            let mut list = vec!["a", "b", "c", "d"];
            assert!(Shift::parse(shift).unwrap().apply(&mut list, at));
            list.concat()
        };
        assert_eq!(shifted("first", 2), "cabd");
        assert_eq!(shifted("first", 0), "abcd");
        assert_eq!(shifted("after.0", 3), "adbc");
        assert_eq!(shifted("after.2", 0), "bcad");
        assert_eq!(shifted("after.3", 1), "acdb");
        assert_eq!(shifted("after.1", 1), "abcd");
        assert!(!Shift::After(4).apply(&mut vec!["a", "b"], 0));
        for wrong in ["", "after.", "after.-1", "after.x", "last"] {
            assert!(Shift::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sections_say_which_field_is_wrong() {
        assert!(Highlight::parse("", "", "gem").unwrap_err().get("title").is_some());
        assert!(Highlight::parse("A", "", "skull").unwrap_err().get("icon").is_some());
        assert!(Faq::parse("Where?", " ").unwrap_err().get("answer").is_some());
        assert!(Icebreaker::parse("Hi").is_err());
        assert_eq!(HeroText::parse(" ").unwrap().as_deref(), None);
    }
}
