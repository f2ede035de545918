//! Clock and calendar by arithmetic alone: the same on the server and in the browser, and without the weight of a
//! date-time library in the WASM.

use domain::time::Timestamp;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// The epoch was a Thursday.
const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// A day of the calendar, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(i64);

impl Day {
    /// The day of an instant at a place `offset` minutes east of UTC.
    pub(super) const fn of(at: Timestamp, offset: i64) -> Self {
        Self((at.millis() + offset * 60_000).div_euclid(86_400_000))
    }

    /// "Thursday 24 September".
    pub(super) fn in_words(self) -> String {
        let (_, month, day) = self.civil();
        let weekday = WEEKDAYS[self.0.rem_euclid(7) as usize];
        format!("{weekday} {day} {}", MONTHS[(month - 1) as usize % 12])
    }

    /// "2026-09-24".
    pub(super) fn iso(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Year, month and day of the Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms").
    const fn civil(self) -> (i64, i64, i64) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month, day)
    }
}

/// "14:05" at a place `offset` minutes east of UTC.
pub(super) fn clock(at: Timestamp, offset: i64) -> String {
    let minutes = at.millis().div_euclid(60_000) + offset;
    format!("{:02}:{:02}", minutes.div_euclid(60).rem_euclid(24), minutes.rem_euclid(60))
}

/// "2026-09-24T14:05:09Z", for `datetime` attributes.
pub(super) fn machine(at: Timestamp) -> String {
    let second = at.millis().div_euclid(1000).rem_euclid(60);
    format!("{}T{}:{second:02}Z", Day::of(at, 0).iso(), clock(at, 0))
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;

    use super::{Day, clock, machine};

    #[test]
    fn instants_are_told_in_the_readers_zone() {
        // 2026-09-24T22:35:07Z
        let at = Timestamp::from_millis(1_790_289_307_000);
        assert_eq!(machine(at), "2026-09-24T22:35:07Z");
        assert_eq!(
            (clock(at, 0), Day::of(at, 0).in_words()),
            ("22:35".into(), "Thursday 24 September".into())
        );
        assert_eq!(
            (clock(at, 120), Day::of(at, 120).in_words()),
            ("00:35".into(), "Friday 25 September".into())
        );
        assert_eq!((clock(at, -1410), Day::of(at, -1410).iso()), ("23:05".into(), "2026-09-23".into()));
    }

    #[test]
    fn the_calendar_holds_at_its_corners() {
        let day = |days: i64| Day::of(Timestamp::from_millis(days * 86_400_000), 0).iso();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(-1), "1969-12-31");
        assert_eq!(day(11_016), "2000-02-29");
        assert_eq!(day(20_512), "2026-02-28");
        assert_eq!(day(20_513), "2026-03-01");
    }
}
