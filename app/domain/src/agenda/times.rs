use time::macros::format_description;
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};

/// When a session takes place: at most 24 hours, which may cross midnight. Repeated in `agenda_sessions_time_order`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTimes {
    starts_at: OffsetDateTime,
    ends_at: OffsetDateTime,
}

/// The same as the clocks of the event's zone show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTimes {
    pub start: PrimitiveDateTime,
    pub end: PrimitiveDateTime,
}

/// First and last day of the event, in its own zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventDays {
    pub first: Date,
    pub last: Date,
}

/// The field an error belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimesField {
    Start,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimesError {
    #[error("Fill in both times, or neither.")]
    OneMissing,
    #[error("Enter a date and time like 2026-09-24 09:30.")]
    Shape,
    #[error("The end has to come after the start.")]
    EndBeforeStart,
    #[error("A session lasts at most 24 hours.")]
    TooLong,
    #[error("Choose a time on the days of the event: {first} to {last}.")]
    OutsideDays { first: Date, last: Date },
    #[error("The last session ends at noon after the last day at the latest.")]
    TooLate,
}

impl SessionTimes {
    pub const MAX: Duration = Duration::hours(24);

    /// Reads what a caller made of both fields in the event's zone.
    ///
    /// # Errors
    /// [`TimesError`] at the field to mend.
    pub fn place(
        starts_at: OffsetDateTime,
        ends_at: OffsetDateTime,
        local: LocalTimes,
        days: EventDays,
    ) -> Result<Self, (TimesField, TimesError)> {
        if !(days.first..=days.last).contains(&local.start.date()) {
            let outside = TimesError::OutsideDays { first: days.first, last: days.last };
            return Err((TimesField::Start, outside));
        }
        if ends_at <= starts_at {
            return Err((TimesField::End, TimesError::EndBeforeStart));
        }
        if ends_at - starts_at > Self::MAX {
            return Err((TimesField::End, TimesError::TooLong));
        }
        let latest = days.last.next_day().unwrap_or(days.last).with_time(NOON);
        if local.end > latest {
            return Err((TimesField::End, TimesError::TooLate));
        }
        Ok(Self { starts_at, ends_at })
    }

    /// As the database has them, which keeps the same bounds.
    #[must_use]
    pub const fn stored(starts_at: OffsetDateTime, ends_at: OffsetDateTime) -> Self {
        Self { starts_at, ends_at }
    }

    #[must_use]
    pub const fn starts_at(self) -> OffsetDateTime {
        self.starts_at
    }

    #[must_use]
    pub const fn ends_at(self) -> OffsetDateTime {
        self.ends_at
    }

    /// Real time, also where clocks change in between.
    #[must_use]
    pub fn duration(self) -> Duration {
        self.ends_at - self.starts_at
    }

    /// Touching is no overlap.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.starts_at < other.ends_at && other.starts_at < self.ends_at
    }

    #[must_use]
    pub fn contains(self, now: OffsetDateTime) -> bool {
        self.starts_at <= now && now < self.ends_at
    }
}

const NOON: Time = time::macros::time!(12:00);

impl LocalTimes {
    #[must_use]
    pub fn crosses_midnight(self) -> bool {
        self.start.date() != self.end.date() && self.end.time() != Time::MIDNIGHT
            || self.end.date() > self.start.date().next_day().unwrap_or(self.start.date())
    }
}

impl EventDays {
    /// Every day, also empty ones, with its number from 1.
    pub fn all(self) -> impl Iterator<Item = (i64, Date)> {
        (0..=(self.last - self.first).whole_days())
            .map(move |days| (days + 1, self.first.saturating_add(Duration::days(days))))
    }

    /// The number of the day a session belongs to: the one it starts on.
    #[must_use]
    pub fn number(self, start: Date) -> i64 {
        (start - self.first).whole_days() + 1
    }
}

/// The steps a moved session snaps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Snap {
    Five,
    Fifteen,
    Thirty,
    Sixty,
}

impl Snap {
    pub const ALL: [Self; 4] = [Self::Five, Self::Fifteen, Self::Thirty, Self::Sixty];

    #[must_use]
    pub const fn minutes(self) -> u16 {
        match self {
            Self::Five => 5,
            Self::Fifteen => 15,
            Self::Thirty => 30,
            Self::Sixty => 60,
        }
    }

    #[must_use]
    pub fn from_minutes(minutes: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|snap| snap.minutes().to_string() == minutes.trim())
    }

    /// The nearest step on the clock of the same day.
    #[must_use]
    pub fn nearest(self, local: PrimitiveDateTime) -> PrimitiveDateTime {
        let step = i64::from(self.minutes());
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        let last = 24 * 60 - step;
        let snapped = ((minute + step / 2) / step * step).min(last);
        local.replace_time(Time::MIDNIGHT).saturating_add(Duration::minutes(snapped))
    }
}

/// A date and a time as forms send them (`2026-09-24T09:30`, seconds allowed), or nothing.
///
/// # Errors
/// [`TimesError::Shape`].
pub fn parse_local(text: &str) -> Result<Option<PrimitiveDateTime>, TimesError> {
    let text = text.trim().replace(' ', "T");
    if text.is_empty() {
        return Ok(None);
    }
    let minutes = format_description!("[year]-[month]-[day]T[hour]:[minute]");
    let seconds = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
    PrimitiveDateTime::parse(&text, minutes)
        .or_else(|_| PrimitiveDateTime::parse(&text, seconds))
        .map(Some)
        .map_err(|_| TimesError::Shape)
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    const DAYS: EventDays = EventDays { first: date!(2026 - 09 - 24), last: date!(2026 - 09 - 25) };

    fn place(
        start: PrimitiveDateTime,
        end: PrimitiveDateTime,
    ) -> Result<SessionTimes, (TimesField, TimesError)> {
        SessionTimes::place(start.assume_utc(), end.assume_utc(), LocalTimes { start, end }, DAYS)
    }

    #[test]
    fn a_session_starts_on_the_days_of_the_event_and_may_cross_midnight() {
        assert!(place(datetime!(2026-09-24 00:00), datetime!(2026-09-24 00:05)).is_ok());
        assert!(place(datetime!(2026-09-25 22:00), datetime!(2026-09-26 12:00)).is_ok());
        assert!(place(datetime!(2026-09-24 09:00), datetime!(2026-09-25 09:00)).is_ok());
        for (start, end, error) in [
            (
                datetime!(2026-09-23 23:59),
                datetime!(2026-09-24 01:00),
                (TimesField::Start, TimesError::OutsideDays { first: DAYS.first, last: DAYS.last }),
            ),
            (
                datetime!(2026-09-26 00:00),
                datetime!(2026-09-26 01:00),
                (TimesField::Start, TimesError::OutsideDays { first: DAYS.first, last: DAYS.last }),
            ),
            (
                datetime!(2026-09-24 09:00),
                datetime!(2026-09-24 09:00),
                (TimesField::End, TimesError::EndBeforeStart),
            ),
            (
                datetime!(2026-09-24 09:00),
                datetime!(2026-09-25 09:01),
                (TimesField::End, TimesError::TooLong),
            ),
            (
                datetime!(2026-09-25 22:00),
                datetime!(2026-09-26 12:01),
                (TimesField::End, TimesError::TooLate),
            ),
        ] {
            assert_eq!(place(start, end), Err(error));
        }
    }

    #[test]
    fn midnight_itself_is_the_end_of_the_day() {
        let local = |end| LocalTimes { start: datetime!(2026-09-24 22:00), end };
        assert!(!local(datetime!(2026-09-24 23:00)).crosses_midnight());
        assert!(!local(datetime!(2026-09-25 00:00)).crosses_midnight());
        assert!(local(datetime!(2026-09-25 00:05)).crosses_midnight());
    }

    #[test]
    fn a_moved_session_snaps_to_the_nearest_step() {
        let at = datetime!(2026-09-24 09:08);
        assert_eq!(Snap::Five.nearest(at), datetime!(2026-09-24 09:10));
        assert_eq!(Snap::Fifteen.nearest(at), datetime!(2026-09-24 09:15));
        assert_eq!(Snap::Thirty.nearest(at), datetime!(2026-09-24 09:00));
        assert_eq!(
            Snap::Sixty.nearest(datetime!(2026-09-24 23:50)),
            datetime!(2026-09-24 23:00),
            "the same day"
        );
    }

    #[test]
    fn a_time_is_read_as_a_form_sends_it() {
        assert_eq!(parse_local("2026-09-24T09:30"), Ok(Some(datetime!(2026-09-24 09:30))));
        assert_eq!(parse_local("2026-09-24 09:30:00"), Ok(Some(datetime!(2026-09-24 09:30))));
        assert_eq!(parse_local(" "), Ok(None));
        assert_eq!(parse_local("tomorrow"), Err(TimesError::Shape));
    }

    #[test]
    fn every_day_has_its_number() {
        assert_eq!(DAYS.all().collect::<Vec<_>>(), [(1, DAYS.first), (2, DAYS.last)]);
        assert_eq!(DAYS.number(DAYS.last), 2);
    }
}
