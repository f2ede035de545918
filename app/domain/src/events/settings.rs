//! How the organizers run an event.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::time::Timestamp;
use crate::{FieldErrors, text};

/// When people may register: by default from publication until the event's end. Repeated in
/// `events_registration_order`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RegistrationWindow {
    opens_at: Option<OffsetDateTime>,
    closes_at: Option<OffsetDateTime>,
}

/// Where an instant lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowState {
    OpensAt(Timestamp),
    Open,
    Closed,
}

/// Chat rooms of sessions open and close by the clock: minutes before and after, 0 to 1,440; or by hand. Repeated in
/// `events_room_minutes_range`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoomClock(Option<(i32, i32)>);

/// Days after the end when an event is archived by itself, 0 for never. Repeated in `events_auto_archive_days_range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AutoArchiveDays(i32);

/// Words that messages may not hold, beside the built-in lists: at most 500. Repeated in
/// `events_profanity_words_number`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfanityWords(Vec<String>);

impl RegistrationWindow {
    /// # Errors
    /// On `registration_closes_at`, when it doesn't come after the opening.
    pub fn new(
        opens_at: Option<OffsetDateTime>,
        closes_at: Option<OffsetDateTime>,
    ) -> Result<Self, FieldErrors> {
        match (opens_at, closes_at) {
            (Some(opens), Some(closes)) if closes <= opens => {
                Err(FieldErrors::one("registration_closes_at", "Registration can't close before it opens."))
            }
            _ => Ok(Self { opens_at, closes_at }),
        }
    }

    #[must_use]
    pub const fn opens_at(self) -> Option<OffsetDateTime> {
        self.opens_at
    }

    #[must_use]
    pub const fn closes_at(self) -> Option<OffsetDateTime> {
        self.closes_at
    }

    #[must_use]
    pub fn at(self, now: OffsetDateTime) -> WindowState {
        match (self.opens_at, self.closes_at) {
            (_, Some(closes)) if now >= closes => WindowState::Closed,
            (Some(opens), _) if now < opens => WindowState::OpensAt(Timestamp::from(opens)),
            _ => WindowState::Open,
        }
    }
}

impl RoomClock {
    pub const MAX_MINUTES: i32 = 1440;
    pub const BY_HAND: Self = Self(None);

    /// Both empty is by hand; one alone takes 0 for the other.
    ///
    /// # Errors
    /// On `rooms_open_before` or `rooms_close_after`.
    pub fn parse(before: &str, after: &str) -> Result<Self, FieldErrors> {
        if before.trim().is_empty() && after.trim().is_empty() {
            return Ok(Self::BY_HAND);
        }
        let mut errors = FieldErrors::default();
        let mut minutes = |field: &str, input: &str| {
            let parsed = match input.trim() {
                "" => Ok(0),
                input => input.parse::<i32>().map_err(|_| ()),
            };
            let parsed = parsed.and_then(|minutes| {
                if (0..=Self::MAX_MINUTES).contains(&minutes) { Ok(minutes) } else { Err(()) }
            });
            errors.take(field, parsed.map_err(|()| "Enter minutes from 0 to 1,440."))
        };
        let both = (minutes("rooms_open_before", before), minutes("rooms_close_after", after));
        match both {
            (Some(before), Some(after)) => Ok(Self(Some((before, after)))),
            _ => Err(errors),
        }
    }

    #[must_use]
    pub const fn get(self) -> Option<(i32, i32)> {
        self.0
    }
}

impl AutoArchiveDays {
    pub const MAX: i32 = 365;

    /// # Errors
    /// The sentence for anything but 0 to 365.
    pub fn parse(input: &str) -> Result<Self, &'static str> {
        match input.trim().parse() {
            Ok(days) if (0..=Self::MAX).contains(&days) => Ok(Self(days)),
            _ => Err("Enter days from 0 to 365; 0 means never."),
        }
    }

    #[must_use]
    pub const fn get(self) -> i32 {
        self.0
    }
}

impl ProfanityWords {
    pub const MAX: usize = 500;
    const MAX_CHARS: usize = 50;

    /// One word on each line; the same word twice counts once.
    ///
    /// # Errors
    /// The sentence for too many words, or a word that is too long.
    pub fn parse(input: &str) -> Result<Self, String> {
        let mut words: Vec<String> = Vec::new();
        for line in input.lines().filter(|line| !line.trim().is_empty()) {
            let word =
                text::clean(line, text::Lines::One, 1, Self::MAX_CHARS).map_err(|error| error.to_string())?;
            let word = word.to_lowercase();
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if words.len() > Self::MAX {
            return Err(format!("At most {} words.", Self::MAX));
        }
        Ok(Self(words))
    }

    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_window_opens_at_its_first_instant_and_closes_at_its_last() {
        let (opens, closes) = (datetime!(2026-05-04 09:00 UTC), datetime!(2026-05-05 09:00 UTC));
        let window = RegistrationWindow::new(Some(opens), Some(closes)).unwrap();
        assert_eq!(window.at(datetime!(2026-05-04 08:59 UTC)), WindowState::OpensAt(Timestamp::from(opens)));
        assert_eq!(window.at(opens), WindowState::Open);
        assert_eq!(window.at(closes), WindowState::Closed);
        assert_eq!(RegistrationWindow::default().at(closes), WindowState::Open, "no window is no limit");
        assert!(RegistrationWindow::new(Some(closes), Some(opens)).is_err());
    }

    #[test]
    fn settings_are_read_within_their_bounds() {
        assert_eq!(RoomClock::parse("", " ").unwrap().get(), None);
        assert_eq!(RoomClock::parse("15", "").unwrap().get(), Some((15, 0)));
        assert!(RoomClock::parse("1441", "0").unwrap_err().get("rooms_open_before").is_some());
        assert!(RoomClock::parse("0", "-1").unwrap_err().get("rooms_close_after").is_some());
        assert_eq!(AutoArchiveDays::parse("0").map(AutoArchiveDays::get), Ok(0));
        assert!(AutoArchiveDays::parse("366").is_err() && AutoArchiveDays::parse("").is_err());
        assert_eq!(ProfanityWords::parse("Darn\n\n darn \nHeck").unwrap().as_slice(), ["darn", "heck"]);
        assert!(ProfanityWords::parse(&(0..501).map(|n| format!("w{n}\n")).collect::<String>()).is_err());
    }
}
