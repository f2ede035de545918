use time::OffsetDateTime;

use super::content::Content;
use super::{MARGIN, compact};
use crate::time_zones::{TimeZoneName, ZoneChange};

/// Writes the zone with each of its changes around these instants, one by one: rules of the future are guesses, and
/// whoever subscribes gets them anew.
pub(super) fn write(content: &mut Content, zone: &TimeZoneName, first: OffsetDateTime, last: OffsetDateTime) {
    content.raw("BEGIN", "VTIMEZONE");
    content.raw("TZID", zone.as_str());
    for change in zone.changes_between(first - MARGIN, last + MARGIN) {
        observance(content, &change);
    }
    content.raw("END", "VTIMEZONE");
}

fn observance(content: &mut Content, change: &ZoneChange) {
    let kind = if change.is_summer_time { "DAYLIGHT" } else { "STANDARD" };
    content.raw("BEGIN", kind);
    content.raw("DTSTART", &compact(change.local_before));
    content.raw("TZOFFSETFROM", &offset(change.offset_before));
    content.raw("TZOFFSETTO", &offset(change.offset_after));
    content.text("TZNAME", &change.name);
    content.raw("END", kind);
}

/// `+0200`, with seconds where there are any.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (minutes, rest) = (seconds.abs() / 60, seconds.abs() % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{:02}{:02}{rest}", minutes / 60, minutes % 60)
}
