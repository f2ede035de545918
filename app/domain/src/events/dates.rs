use time::macros::format_description;
use time::{Date, Duration};

use crate::FieldErrors;

/// First and last day of an event, in its own zone: end not before start, at most 60 days.
///
/// Repeated in `events_date_order`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventDates {
    start: Date,
    end: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventDatesError {
    #[error("Choose a date.")]
    Missing,
    #[error("Enter a date like 2026-09-24.")]
    Shape,
    #[error("The event can't start in the past.")]
    InThePast,
    #[error("The last day can't be before the first.")]
    EndBeforeStart,
    #[error("An event lasts at most {} days.", EventDates::MAX_DAYS)]
    TooLong,
}

impl EventDates {
    pub const MAX_DAYS: i64 = 60;

    /// Reads both fields of a form. `not_before` is today in the event's zone when an event is created, and
    /// `None` when a started event is edited.
    ///
    /// # Errors
    /// One entry under `start_date`, `end_date` or both.
    pub fn parse(start: &str, end: &str, not_before: Option<Date>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let start = errors.take("start_date", parse_date(start));
        let end = errors.take("end_date", parse_date(end));
        let (Some(start), Some(end)) = (start, end) else { return Err(errors) };
        if not_before.is_some_and(|today| start < today) {
            errors.add("start_date", EventDatesError::InThePast);
        }
        if end < start {
            errors.add("end_date", EventDatesError::EndBeforeStart);
        } else if (end - start).whole_days() + 1 > Self::MAX_DAYS {
            errors.add("end_date", EventDatesError::TooLong);
        }
        if errors.is_empty() { Ok(Self { start, end }) } else { Err(errors) }
    }

    /// From the same first day, as long as another event; at most [`Self::MAX_DAYS`].
    #[must_use]
    pub fn lasting(self, length: Duration) -> Self {
        let days = length.whole_days().clamp(0, Self::MAX_DAYS - 1);
        Self { start: self.start, end: self.start.checked_add(Duration::days(days)).unwrap_or(self.start) }
    }

    #[must_use]
    pub const fn start(self) -> Date {
        self.start
    }

    #[must_use]
    pub const fn end(self) -> Date {
        self.end
    }
}

fn parse_date(text: &str) -> Result<Date, EventDatesError> {
    match text.trim() {
        "" => Err(EventDatesError::Missing),
        text => {
            Date::parse(text, format_description!("[year]-[month]-[day]")).map_err(|_| EventDatesError::Shape)
        }
    }
}
