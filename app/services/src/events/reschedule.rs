//! What new days or a new zone of an event mean for its sessions, and for those who come.

use domain::agenda::{EventDays, LocalTimes, SessionTimes};
use domain::events::{EventFormat, EventStatus};
use domain::ids::UserId;
use domain::{AppError, FieldErrors};
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

use super::queries::{self, AnnouncedRow};
use super::values::EventValues;
use crate::agenda::{self, MovedSession};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services, dates};

/// Titles an error names.
const NAMED: usize = 5;

/// How far sessions go with the event, in whole days; nothing typed means that they stay.
///
/// # Errors
/// On `move_sessions`.
pub(super) fn parse_shift(typed: &str) -> Result<Duration, FieldErrors> {
    match typed.trim() {
        "" => Ok(Duration::ZERO),
        typed => match typed.parse::<i16>() {
            Ok(days) if (-3_650..=3_650).contains(&days) => Ok(Duration::days(i64::from(days))),
            _ => Err(FieldErrors::one("move_sessions", "Enter whole days, such as 7 or -1.")),
        },
    }
}

/// Whose days change, by whom.
pub(super) struct Edited<'a> {
    pub event: Uuid,
    pub status: EventStatus,
    pub by: UserId,
    pub before: &'a AnnouncedRow,
}

/// Moves sessions to the same wall-clock times in the new zone, `shift` days later; nothing may end up outside. Of what
/// was published, those who chose the sessions are told.
///
/// # Errors
/// On `start_date`, naming the sessions that would lie outside the event, or while changes of the agenda are held.
pub(super) async fn reschedule(
    services: &Services,
    tx: &mut PgConnection,
    edited: &Edited<'_>,
    values: &EventValues,
    shift: Duration,
) -> Outcome<()> {
    let days = EventDays { first: values.dates.start(), last: values.dates.end() };
    let before = edited.before;
    let keeps_zone = before.time_zone == values.time_zone.as_str();
    let is_as_before = (before.start_date, before.end_date) == (days.first, days.last) && keeps_zone;
    if is_as_before && shift.is_zero() {
        return Ok(());
    }
    agenda::refuse_while_held(tx, edited.event).await?;
    let old_zone = TimeZoneName::stored(&before.time_zone)?;
    let (mut moved, mut starts, mut ends, mut outside) = (vec![], vec![], vec![], vec![]);
    for session in queries::session_times(&mut *tx, edited.event).await? {
        let (Some(start), Some(end)) = (session.starts_at, session.ends_at) else { continue };
        let was = LocalTimes { start: old_zone.local_at(start), end: old_zone.local_at(end) };
        let local = LocalTimes { start: was.start + shift, end: was.end + shift };
        let (starts_at, ends_at) =
            (values.time_zone.instant_at(local.start), values.time_zone.instant_at(local.end));
        if SessionTimes::place(starts_at, ends_at, local, days).is_err() {
            outside.push(session.title);
        }
        moved.push(MovedSession { id: session.id, before: was, after: local });
        starts.push(starts_at);
        ends.push(ends_at);
    }
    if !outside.is_empty() {
        return Err(AppError::Invalid(would_be_outside(&outside)).into());
    }
    if keeps_zone && shift.is_zero() {
        return Ok(());
    }
    let ids: Vec<Uuid> = moved.iter().map(|session| session.id).collect();
    let by = (edited.event, edited.by.get());
    queries::set_session_times(&mut *tx, by, &ids, &starts, &ends, services.clock.now()).await?;
    let zones = (&old_zone, &values.time_zone);
    agenda::note_moved(services, tx, (edited.event, edited.by.get(), edited.status), zones, &moved).await
}

fn would_be_outside(titles: &[String]) -> FieldErrors {
    let named = titles.iter().take(NAMED).map(|title| format!("“{title}”")).collect::<Vec<_>>().join(", ");
    let rest = titles.len().saturating_sub(NAMED);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    FieldErrors::one(
        "start_date",
        format_args!(
            "These sessions would lie outside the event: {named}{more}. Move them along, or mend them first."
        ),
    )
}

/// Label and "old → new" of what members are told about; nothing when it is as before.
pub(super) fn changed(before: &AnnouncedRow, values: &EventValues) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut compare = |label: &'static str, was: String, is: String| {
        if was != is {
            facts.push((label, format!("{was} → {is}")));
        }
    };
    let when = |start, end, zone: &str| format!("{}, {zone}", dates::range(start, end));
    compare(
        "When",
        when(before.start_date, before.end_date, &before.time_zone),
        when(values.dates.start(), values.dates.end(), values.time_zone.as_str()),
    );
    let then = [
        &before.venue_name,
        &before.venue_address,
        &before.venue_city,
        &before.venue_region,
        &before.venue_country,
    ];
    let venue = &values.venue;
    let now = [&venue.name, &venue.address, &venue.city, &venue.region, &venue.country];
    compare("Where", place(then), place(now));
    let was = EventFormat::from_stored(&before.format);
    let was = was.map_or_else(|| before.format.clone(), |format| format.label().to_owned());
    compare("Format", was, values.format.label().to_owned());
    facts
}

fn place(parts: [&Option<String>; 5]) -> String {
    let place = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ");
    if place.is_empty() { "no venue".to_owned() } else { place }
}
