//! Event dates in words, in English, as mails and pages show them.

use domain::agenda::LocalTimes;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

/// `23 November 2026, 09:05 UTC`.
#[must_use]
pub fn in_words(instant: OffsetDateTime) -> String {
    let format = format_description!("[day padding:none] [month repr:long] [year], [hour]:[minute] UTC");
    instant
        .to_offset(time::UtcOffset::UTC)
        .format(&format)
        .expect("the format needs nothing an instant lacks")
}

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

/// `Thursday 24 September 2026, 09:00 – 10:00`; the day of the end stands there when it is another one.
#[must_use]
pub fn times(local: LocalTimes) -> String {
    let clock = |at: PrimitiveDateTime| format!("{:02}:{:02}", at.hour(), at.minute());
    let first = range(local.start.date(), local.start.date());
    let end = if local.crosses_midnight() {
        format!("{}, {}", range(local.end.date(), local.end.date()), clock(local.end))
    } else {
        clock(local.end)
    };
    format!("{first}, {} – {end}", clock(local.start))
}
