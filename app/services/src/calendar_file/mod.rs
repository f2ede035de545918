//! iCalendar files (RFC 5545): what every feed and download is written with. Which sessions are in one, and who gets
//! it, is the callers' to decide.

mod content;
mod zone;

use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime};

use crate::time_zones::TimeZoneName;
pub(crate) use content::Content;

/// A calendar in one zone.
#[derive(Debug, Clone)]
pub struct CalendarFile<'a> {
    pub name: &'a str,
    pub zone: &'a TimeZoneName,
    pub entries: Vec<CalendarEntry>,
}

/// One thing in it. Texts are plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The same for ever; unique in the world.
    pub uid: String,
    /// Rises with each change people see.
    pub sequence: i32,
    pub changed_at: OffsetDateTime,
    pub when: When,
    pub title: String,
    pub description: Option<String>,
    pub place: Option<String>,
    /// A page of ours.
    pub url: String,
    pub is_cancelled: bool,
}

/// When it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Instants {
        starts_at: OffsetDateTime,
        ends_at: OffsetDateTime,
    },
    /// Whole days, wherever one is; both belong to it.
    Days {
        first: Date,
        last: Date,
    },
}

impl CalendarFile<'_> {
    /// The file: lines of at most 75 bytes, ended by CRLF.
    #[must_use]
    pub fn render(&self) -> String {
        let mut content = Content::default();
        content.raw("BEGIN", "VCALENDAR");
        content.raw("VERSION", "2.0");
        content.raw("PRODID", "-//Atria//Agenda//EN");
        content.raw("CALSCALE", "GREGORIAN");
        content.raw("METHOD", "PUBLISH");
        content.text("NAME", self.name);
        content.text("X-WR-CALNAME", self.name);
        content.raw("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
        content.raw("X-PUBLISHED-TTL", "PT15M");
        if let Some((first, last)) = self.span() {
            zone::write(&mut content, self.zone, first, last);
        }
        for entry in &self.entries {
            self.entry(&mut content, entry);
        }
        content.raw("END", "VCALENDAR");
        content.into_file()
    }

    /// `None` where nothing is said in a zone.
    fn span(&self) -> Option<(OffsetDateTime, OffsetDateTime)> {
        let instants = self.entries.iter().filter_map(|entry| match entry.when {
            When::Instants { starts_at, ends_at } => Some((starts_at, ends_at)),
            When::Days { .. } => None,
        });
        instants.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    }

    fn entry(&self, content: &mut Content, entry: &CalendarEntry) {
        content.raw("BEGIN", "VEVENT");
        content.text("UID", &entry.uid);
        content.raw("DTSTAMP", &in_utc(entry.changed_at));
        content.raw("LAST-MODIFIED", &in_utc(entry.changed_at));
        content.raw("SEQUENCE", &entry.sequence.to_string());
        match entry.when {
            When::Instants { starts_at, ends_at } => {
                self.instant(content, "DTSTART", starts_at);
                self.instant(content, "DTEND", ends_at);
            }
            When::Days { first, last } => {
                content.raw("DTSTART;VALUE=DATE", &day(first));
                // The end is the first day that doesn't belong to it (RFC 5545, 3.6.1).
                content.raw("DTEND;VALUE=DATE", &day(last.next_day().unwrap_or(last)));
            }
        }
        content.text("SUMMARY", &entry.title);
        for (name, text) in [("DESCRIPTION", &entry.description), ("LOCATION", &entry.place)] {
            if let Some(text) = text {
                content.text(name, text);
            }
        }
        content.raw("URL", &entry.url);
        content.raw("STATUS", if entry.is_cancelled { "CANCELLED" } else { "CONFIRMED" });
        // Whole days of an event don't make somebody busy; its sessions do.
        let takes_time = matches!(entry.when, When::Instants { .. }) && !entry.is_cancelled;
        content.raw("TRANSP", if takes_time { "OPAQUE" } else { "TRANSPARENT" });
        content.raw("END", "VEVENT");
    }

    /// In the event's zone, so that calendars show 09:00 as 09:00. An hour that comes twice in a night is written in
    /// UTC: a local time would mean its first coming.
    fn instant(&self, content: &mut Content, name: &str, at: OffsetDateTime) {
        if self.zone.comes_twice(at) {
            content.raw(name, &in_utc(at));
        } else {
            let local = compact(self.zone.local_at(at));
            content.raw(&format!("{name};TZID={}", self.zone.as_str()), &local);
        }
    }
}

/// `20260924`.
fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), u8::from(date.month()), date.day())
}

/// `20260924T070000Z`.
fn in_utc(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!("{}Z", compact(PrimitiveDateTime::new(at.date(), at.time())))
}

/// `20260924T090000`.
fn compact(at: PrimitiveDateTime) -> String {
    let (date, time) = (at.date(), at.time());
    format!("{}T{:02}{:02}{:02}", day(date), time.hour(), time.minute(), time.second())
}

/// How far around its entries a calendar knows the changes of its zone.
const MARGIN: Duration = Duration::days(366);
