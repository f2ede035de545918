use crate::text::{self, Lines, TextError};

/// 1 to 100 characters on one line, unique in the event. Repeated in `venue_rooms_name_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VenueRoomName(String);

/// Up to 500 characters, or none. Repeated in `venue_rooms_description_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceDescription(Option<String>);

/// 1 to 60 characters on one line, unique in the event. Repeated in `tracks_name_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackName(String);

/// How many people fit in: not known, or at least 1. Repeated in `venue_rooms_capacity_positive`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomCapacity(Option<i32>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Enter a whole number from 1 up, or leave this empty.")]
pub struct RoomCapacityError;

impl VenueRoomName {
    pub const MAX_CHARS: usize = 100;

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

impl PlaceDescription {
    pub const MAX_CHARS: usize = 500;

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

impl TrackName {
    pub const MAX_CHARS: usize = 60;

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

impl RoomCapacity {
    /// # Errors
    /// Anything but a number from 1 up, or nothing.
    pub fn parse(input: &str) -> Result<Self, RoomCapacityError> {
        match input.trim() {
            "" => Ok(Self(None)),
            number => match number.parse() {
                Ok(people) if people >= 1 => Ok(Self(Some(people))),
                _ => Err(RoomCapacityError),
            },
        }
    }

    #[must_use]
    pub const fn get(self) -> Option<i32> {
        self.0
    }
}
