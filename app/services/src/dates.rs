//! Event dates in words, in English, as mails and pages show them.

use time::Date;

/// `Thursday 24 September 2026`, or `Thursday 24 – Saturday 26 September 2026`: nothing is said twice.
#[must_use]
pub fn range(start: Date, end: Date) -> String {
    let day = |date: Date| format!("{} {}", date.weekday(), date.day());
    if start == end {
        return format!("{} {} {}", day(start), start.month(), start.year());
    }
    let first = match (start.year() == end.year(), start.month() == end.month()) {
        (true, true) => day(start),
        (true, false) => format!("{} {}", day(start), start.month()),
        (false, _) => format!("{} {} {}", day(start), start.month(), start.year()),
    };
    format!("{first} – {} {} {}", day(end), end.month(), end.year())
}
