//! IANA zones and the calendar in them. The bundled zone data is used, so that every machine agrees.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone as Zone, TimeZoneTransition};
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use crate::{Outcome, ServiceError};

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

    /// An event's, as it is stored.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] for a name that is no zone.
    pub(crate) fn stored(name: &str) -> Outcome<Self> {
        Self::parse(name).map_err(|_| ServiceError::unknown_value("events.time_zone", name))
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

    /// What the clocks of this zone show at an instant, in whole seconds.
    #[must_use]
    pub fn local_at(&self, instant: OffsetDateTime) -> PrimitiveDateTime {
        let local =
            Timestamp::from_second(instant.unix_timestamp()).unwrap_or_default().to_zoned(self.zone.clone());
        let part = |number: i8| number.unsigned_abs();
        let time = Time::from_hms(part(local.hour()), part(local.minute()), part(local.second()));
        PrimitiveDateTime::new(self.date_at(instant), time.unwrap_or(Time::MIDNIGHT))
    }

    /// The instant at which the clocks of this zone show a time. One that is skipped is the same distance after the
    /// change, of one that comes twice the first counts.
    #[must_use]
    pub fn instant_at(&self, local: PrimitiveDateTime) -> OffsetDateTime {
        let part = |number: u8| i8::try_from(number).unwrap_or_default();
        let zoned = civil::DateTime::new(
            i16::try_from(local.year()).unwrap_or_default(),
            part(u8::from(local.month())),
            part(local.day()),
            part(local.hour()),
            part(local.minute()),
            part(local.second()),
            0,
        )
        .and_then(|local| local.to_zoned(self.zone.clone()));
        let seconds = zoned.map(|zoned| zoned.timestamp().as_second());
        seconds
            .ok()
            .and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok())
            .unwrap_or_else(|| local.assume_utc())
    }

    /// Minutes east of UTC at an instant.
    #[must_use]
    pub fn offset_minutes_at(&self, instant: OffsetDateTime) -> i32 {
        let instant = Timestamp::from_second(instant.unix_timestamp()).unwrap_or_default();
        self.zone.to_offset(instant).seconds() / 60
    }

    /// The zone in words with its offset on a day, as `Europe/Berlin (UTC+2)`.
    #[must_use]
    pub fn describe_on(&self, date: Date) -> String {
        self.describe_at(date.midnight().assume_utc() + time::Duration::hours(12))
    }

    /// The same with its offset at an instant.
    #[must_use]
    pub fn describe_at(&self, instant: OffsetDateTime) -> String {
        let minutes = self.offset_minutes_at(instant);
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

/// A change of a zone's offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ZoneChange {
    /// What clocks showed when it came.
    pub local_before: PrimitiveDateTime,
    /// In seconds east of UTC.
    pub offset_before: i32,
    pub offset_after: i32,
    pub is_summer_time: bool,
    pub name: String,
}

impl TimeZoneName {
    /// Whether clocks show the same at another instant too, because they are set back.
    pub(crate) fn comes_twice(&self, instant: OffsetDateTime) -> bool {
        let local = timestamp(instant).to_zoned(self.zone.clone()).datetime();
        matches!(self.zone.to_ambiguous_timestamp(local).offset(), AmbiguousOffset::Fold { .. })
    }

    /// The offset in force at the first instant, then each change until the last one.
    pub(crate) fn changes_between(&self, first: OffsetDateTime, last: OffsetDateTime) -> Vec<ZoneChange> {
        let (first, last) = (timestamp(first), timestamp(last));
        let mut changes: Vec<ZoneChange> =
            self.zone.preceding(first).take(1).map(|at| self.change(&at)).collect();
        changes.extend(
            self.zone.following(first).take_while(|at| at.timestamp() <= last).map(|at| self.change(&at)),
        );
        if changes.is_empty() {
            let offset = self.zone.to_offset(first).seconds();
            changes.push(ZoneChange {
                local_before: in_clocks(OffsetDateTime::UNIX_EPOCH, offset),
                offset_before: offset,
                offset_after: offset,
                is_summer_time: false,
                name: self.name.clone(),
            });
        }
        changes
    }

    fn change(&self, at: &TimeZoneTransition<'_>) -> ZoneChange {
        let before = at.timestamp().as_second() - 1;
        let offset_before = self.zone.to_offset(Timestamp::from_second(before).unwrap_or_default()).seconds();
        let instant = OffsetDateTime::from_unix_timestamp(at.timestamp().as_second())
            .unwrap_or(OffsetDateTime::UNIX_EPOCH);
        ZoneChange {
            local_before: in_clocks(instant, offset_before),
            offset_before,
            offset_after: at.offset().seconds(),
            is_summer_time: at.dst().is_dst(),
            name: at.abbreviation().to_owned(),
        }
    }
}

fn timestamp(instant: OffsetDateTime) -> Timestamp {
    Timestamp::from_second(instant.unix_timestamp()).unwrap_or_default()
}

fn in_clocks(instant: OffsetDateTime, offset_seconds: i32) -> PrimitiveDateTime {
    let local = instant.to_offset(UtcOffset::from_whole_seconds(offset_seconds).unwrap_or(UtcOffset::UTC));
    PrimitiveDateTime::new(local.date(), local.time())
}

/// The parts of the world that zones are named after. The database keeps older names beside them, as US/Pacific.
const PARTS_OF_THE_WORLD: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

/// All zones people choose from, in the order of the zone database; also the one that stands there already, whatever
/// it is called (empty for none).
#[must_use]
pub fn names_with(present: &str) -> Vec<String> {
    let is_offered = |name: &str| {
        let part = name.split_once('/').map(|(part, _)| part);
        part.is_some_and(|part| PARTS_OF_THE_WORLD.contains(&part)) || name == "UTC" || name == present
    };
    jiff::tz::db().available().map(|name| name.to_string()).filter(|name| is_offered(name)).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::TimeZoneName;

    fn zone(name: &str) -> TimeZoneName {
        TimeZoneName::parse(name).expect("a zone of the database")
    }

    #[test]
    fn zones_are_offered_by_their_names_of_today() {
        let names = super::names_with("US/Pacific");
        for name in ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "US/Pacific"] {
            assert!(names.iter().any(|offered| offered == name), "{name}");
        }
        for old in ["US/Eastern", "Etc/GMT+5", "EST", "Cuba"] {
            assert!(!names.iter().any(|offered| offered == old), "{old}");
        }
    }

    #[test]
    fn nine_o_clock_stays_nine_o_clock_across_both_clock_changes() {
        let berlin = zone("Europe/Berlin");
        for (local, instant) in [
            (datetime!(2026-03-28 09:00), datetime!(2026-03-28 08:00 UTC)),
            (datetime!(2026-03-29 09:00), datetime!(2026-03-29 07:00 UTC)),
            (datetime!(2026-10-24 09:00), datetime!(2026-10-24 07:00 UTC)),
            (datetime!(2026-10-25 09:00), datetime!(2026-10-25 08:00 UTC)),
        ] {
            assert_eq!(berlin.instant_at(local), instant);
            assert_eq!(berlin.local_at(instant), local);
        }
    }

    #[test]
    fn a_skipped_hour_moves_on_and_of_a_repeated_one_the_first_counts() {
        let berlin = zone("Europe/Berlin");
        let skipped = berlin.instant_at(datetime!(2026-03-29 02:30));
        assert_eq!(skipped, datetime!(2026-03-29 01:30 UTC));
        assert_eq!(berlin.local_at(skipped), datetime!(2026-03-29 03:30));
        assert_eq!(berlin.instant_at(datetime!(2026-10-25 02:30)), datetime!(2026-10-25 00:30 UTC));
        assert_eq!(
            berlin.local_at(datetime!(2026-10-25 01:30 UTC)),
            datetime!(2026-10-25 02:30),
            "the second"
        );
    }

    #[test]
    fn midnight_of_one_side_of_the_world_is_a_day_apart_on_the_other() {
        let (phoenix, perth) = (zone("America/Phoenix"), zone("Australia/Perth"));
        let midnight = perth.instant_at(datetime!(2026-05-04 00:00));
        assert_eq!(midnight, datetime!(2026-05-03 16:00 UTC));
        assert_eq!(phoenix.local_at(midnight), datetime!(2026-05-03 09:00));
        let midnight = phoenix.instant_at(datetime!(2026-05-04 00:00));
        assert_eq!(perth.local_at(midnight), datetime!(2026-05-04 15:00));
        assert_eq!((phoenix.offset_minutes_at(midnight), perth.offset_minutes_at(midnight)), (-420, 480));
    }
}
