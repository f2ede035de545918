//! What new days or a new zone of an event mean for its sessions, and for those who come.

use domain::agenda::{EventDays, LocalTimes, SessionTimes};
use domain::{AppError, FieldErrors};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::queries::{self, AnnouncedRow};
use super::values::EventValues;
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, agenda, dates};

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

/// Moves sessions to the same wall-clock times in the new zone, `shift` days later; nothing may end up outside.
///
/// # Errors
/// On `start_date`, naming the sessions that would lie outside the event, or while changes of the agenda are held.
pub(super) async fn reschedule(
    tx: &mut PgConnection,
    event: Uuid,
    before: &AnnouncedRow,
    values: &EventValues,
    shift: Duration,
    now: OffsetDateTime,
) -> Outcome<()> {
    let days = EventDays { first: values.dates.start(), last: values.dates.end() };
    let keeps_zone = before.time_zone == values.time_zone.as_str();
    let is_as_before = (before.start_date, before.end_date) == (days.first, days.last) && keeps_zone;
    if is_as_before && shift.is_zero() {
        return Ok(());
    }
    agenda::refuse_while_held(tx, event).await?;
    let old_zone = TimeZoneName::parse(&before.time_zone)
        .map_err(|_| ServiceError::unknown_value("events.time_zone", &before.time_zone))?;
    let (mut ids, mut starts, mut ends, mut outside) = (vec![], vec![], vec![], vec![]);
    for session in queries::session_times(&mut *tx, event).await? {
        let (Some(start), Some(end)) = (session.starts_at, session.ends_at) else { continue };
        let local =
            LocalTimes { start: old_zone.local_at(start) + shift, end: old_zone.local_at(end) + shift };
        let (starts_at, ends_at) =
            (values.time_zone.instant_at(local.start), values.time_zone.instant_at(local.end));
        if SessionTimes::place(starts_at, ends_at, local, days).is_err() {
            outside.push(session.title);
        }
        ids.push(session.id);
        starts.push(starts_at);
        ends.push(ends_at);
    }
    if !outside.is_empty() {
        return Err(AppError::Invalid(would_be_outside(&outside)).into());
    }
    if keeps_zone && shift.is_zero() {
        return Ok(());
    }
    Ok(queries::set_session_times(tx, event, &ids, &starts, &ends, now).await?)
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

/// Label and new value of what members are told about; nothing when it is as before.
pub(super) fn changed(before: &AnnouncedRow, values: &EventValues) -> Vec<(&'static str, String)> {
    let (start, end) = (values.dates.start(), values.dates.end());
    let zone = values.time_zone.as_str();
    let mut facts = Vec::new();
    if (before.start_date, before.end_date, before.time_zone.as_str()) != (start, end, zone) {
        facts.push(("When", format!("{}, {zone}", dates::range(start, end))));
    }
    let venue = &values.venue;
    let now = [&venue.name, &venue.address, &venue.city, &venue.region, &venue.country];
    let then = [
        &before.venue_name,
        &before.venue_address,
        &before.venue_city,
        &before.venue_region,
        &before.venue_country,
    ];
    if now != then {
        let place = now.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        facts.push(("Where", if place.is_empty() { "No venue any more".to_owned() } else { place }));
    }
    if before.format != values.format.as_str() {
        facts.push(("Format", values.format.label().to_owned()));
    }
    facts
}
