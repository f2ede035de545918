use serde::{Deserialize, Serialize};

/// How much of a room one of its readers wants to hear.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Follow {
    /// A dot where others wrote, a number and news where they name the reader.
    #[default]
    Everything,
    /// The number and the news alone.
    Mentions,
    /// It stays in the list, silently.
    Nothing,
    /// Silent, and among the hidden ones of the list.
    Hidden,
}

impl Follow {
    pub const ALL: [Self; 4] = [Self::Everything, Self::Mentions, Self::Nothing, Self::Hidden];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everything => "EVERYTHING",
            Self::Mentions => "MENTIONS",
            Self::Nothing => "NOTHING",
            Self::Hidden => "HIDDEN",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|follow| follow.as_str() == text)
    }

    /// The choice in words, and what it means.
    #[must_use]
    pub const fn in_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Everything => ("Everything", "A dot where others wrote, a number where you are named."),
            Self::Mentions => ("Only when I am named", "The number and the news about it, no dot."),
            Self::Nothing => ("Nothing", "It stays in your list, silently."),
            Self::Hidden => ("Hide it", "Silent, and at the end of your list under “Hidden rooms”."),
        }
    }
}
