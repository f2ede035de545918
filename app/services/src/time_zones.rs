//! IANA zones and the calendar in them. The bundled zone data is used, so that every machine agrees.

use jiff::Timestamp;
use jiff::tz::TimeZone as Zone;
use time::{Date, OffsetDateTime};

/// The name of a zone that exists, as the zone database spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZoneName {
    name: String,
    zone: Zone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Choose a time zone from the list, like Europe/Berlin.")]
pub struct UnknownTimeZone;

impl TimeZoneName {
    /// # Errors
    /// The zone database has no such name.
    pub fn parse(input: &str) -> Result<Self, UnknownTimeZone> {
        let zone = Zone::get(input.trim()).map_err(|_| UnknownTimeZone)?;
        let name = zone.iana_name().ok_or(UnknownTimeZone)?.to_owned();
        Ok(Self { name, zone })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The date in this zone at an instant.
    #[must_use]
    pub fn date_at(&self, instant: OffsetDateTime) -> Date {
        let local =
            Timestamp::from_second(instant.unix_timestamp()).unwrap_or_default().to_zoned(self.zone.clone());
        let month = time::Month::try_from(local.month().unsigned_abs()).unwrap_or(time::Month::January);
        Date::from_calendar_date(i32::from(local.year()), month, local.day().unsigned_abs())
            .unwrap_or_else(|_| instant.date())
    }

    /// The zone in words with its offset on a day, as `Europe/Berlin (UTC+2)`.
    #[must_use]
    pub fn describe_on(&self, date: Date) -> String {
        let noon = date.midnight().assume_utc().unix_timestamp() + 12 * 3600;
        let instant = Timestamp::from_second(noon).unwrap_or_default();
        let minutes = self.zone.to_offset(instant).seconds() / 60;
        let sign = if minutes < 0 { '−' } else { '+' };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        let offset = match (hours, rest) {
            (0, 0) => "UTC".to_owned(),
            (hours, 0) => format!("UTC{sign}{hours}"),
            (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
        };
        if self.name == offset { offset } else { format!("{} ({offset})", self.name.replace('_', " ")) }
    }
}

/// All zones people choose from, in the order of the zone database.
#[must_use]
pub fn names() -> Vec<String> {
    jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| name.contains('/') || name == "UTC")
        .collect()
}
