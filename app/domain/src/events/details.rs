use crate::FieldErrors;
use crate::text::{self, Lines, TextError};

/// 3 to 150 characters on one line. Repeated in `events_title_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventTitle(String);

/// Up to 10,000 characters, or none; shown as plain paragraphs. Repeated in `events_description_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDescription(Option<String>);

/// Who invites, 1 to 120 characters. Repeated in `events_host_name_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostName(String);

/// How many ATTENDEE seats there are: no limit, or 1 to 1,000,000. Repeated in `events_max_attendees_range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity(Option<i32>);

/// Where an event takes place; each part optional until the event is published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Venue {
    pub name: Option<String>,
    pub address: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
}

impl EventTitle {
    pub const MIN_CHARS: usize = 3;
    pub const MAX_CHARS: usize = 150;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::One, Self::MIN_CHARS, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl EventDescription {
    pub const MAX_CHARS: usize = 10_000;

    /// # Errors
    /// As [`text::clean_optional`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean_optional(input, Lines::Many, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl HostName {
    pub const MAX_CHARS: usize = 120;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean(input, Lines::One, 1, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CapacityError {
    #[error("Enter a whole number, or leave this empty for no limit.")]
    Shape,
    #[error("Enter a number from 1 to 1,000,000.")]
    Range,
}

impl Capacity {
    pub const MAX: i32 = 1_000_000;
    pub const UNLIMITED: Self = Self(None);

    /// An empty field is no limit.
    ///
    /// # Errors
    /// Not a whole number, or out of range.
    pub fn parse(input: &str) -> Result<Self, CapacityError> {
        let text = input.trim();
        if text.is_empty() {
            return Ok(Self::UNLIMITED);
        }
        let seats: i64 = text.parse().map_err(|_| CapacityError::Shape)?;
        let seats = i32::try_from(seats).map_err(|_| CapacityError::Range)?;
        if (1..=Self::MAX).contains(&seats) { Ok(Self(Some(seats))) } else { Err(CapacityError::Range) }
    }

    #[must_use]
    pub const fn get(self) -> Option<i32> {
        self.0
    }
}

impl Venue {
    /// Field names `venue_name`, `venue_address`, `venue_city`, `venue_region`, `venue_country`; at most 200,
    /// 500, 100, 100 and 100 characters. Repeated in `events_venue_lengths`.
    ///
    /// # Errors
    /// One entry per field that is too long or holds what can't be stored.
    pub fn parse(
        name: &str,
        address: &str,
        city: &str,
        region: &str,
        country: &str,
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut part =
            |field, input, lines, max| errors.take(field, text::clean_optional(input, lines, max)).flatten();
        let venue = Self {
            name: part("venue_name", name, Lines::One, 200),
            address: part("venue_address", address, Lines::Many, 500),
            city: part("venue_city", city, Lines::One, 100),
            region: part("venue_region", region, Lines::One, 100),
            country: part("venue_country", country, Lines::One, 100),
        };
        if errors.is_empty() { Ok(venue) } else { Err(errors) }
    }
}
