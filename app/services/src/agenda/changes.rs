use domain::agenda::{LocalTimes, SessionStatus, SessionTimes};
use domain::events::EventStatus;
use sqlx::PgConnection;
use uuid::Uuid;

use super::drafts::Goes;
use super::hold::Held;
use super::queries;
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services, dates};

/// What of a session people are told about when it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub title: String,
    pub times: Option<SessionTimes>,
    pub room: Option<String>,
    pub status: SessionStatus,
}

/// Field, old, new.
type Change = (&'static str, Option<String>, Option<String>);

/// A session as it was told before and as it is from here on.
pub(super) type Turn = (Uuid, Told, Told);

/// Notes what people see change, now or once it is released: of an event that was published, and sessions that have or
/// had a time. Raises their sequence then, in the caller's transaction. What came back to where it was, before anybody was
/// told, is noted no more. Three statements, however many sessions.
///
/// # Errors
/// Database errors only.
pub(super) async fn note(
    services: &Services,
    tx: &mut PgConnection,
    held: &Held,
    goes: Goes,
    turns: &[Turn],
) -> Outcome<()> {
    if held.status == EventStatus::Draft {
        return Ok(());
    }
    let now = services.clock.now();
    let released_at = (goes == Goes::Out).then_some(now);
    let mut rows = queries::ChangeRows::default();
    for (session, before, after) in turns {
        if before.times.is_none() && after.times.is_none() {
            continue;
        }
        for (field, was, is) in differences(&held.zone, before, after) {
            rows.ids.push(services.rng.id(now));
            rows.sessions.push(*session);
            rows.fields.push(field.to_owned());
            rows.old.push(was);
            rows.new.push(is);
        }
    }
    if rows.ids.is_empty() {
        return Ok(());
    }
    queries::insert_changes(tx, (held.event, held.by), &rows, now, released_at).await?;
    match goes {
        Goes::Out => queries::forget_what_was_taken_back(tx, held.event, &rows.sessions).await?,
        Goes::IntoDraft => queries::forget_what_came_back(tx, held.event, &rows.sessions).await?,
    }
    Ok(queries::raise_sequences(tx, held.event, &rows.sessions).await?)
}

/// A session that goes with its event to other days or clocks.
#[derive(Debug, Clone)]
pub(crate) struct MovedSession {
    pub id: Uuid,
    pub before: LocalTimes,
    pub after: LocalTimes,
}

/// Notes for those who chose them that sessions moved with their event, in the caller's transaction, which has raised
/// their sequences. `zones` are the event's before and after; where they differ, the words say them. Everybody sees it at
/// once, also where changes of sessions are held; back before anybody was told, it is noted no more. Two statements.
///
/// # Errors
/// Database errors only.
pub(crate) async fn note_moved(
    services: &Services,
    tx: &mut PgConnection,
    (event, by, status): (Uuid, Uuid, EventStatus),
    (old_zone, zone): (&TimeZoneName, &TimeZoneName),
    moved: &[MovedSession],
) -> Outcome<()> {
    if status == EventStatus::Draft || moved.is_empty() {
        return Ok(());
    }
    let now = services.clock.now();
    let words = |times: LocalTimes, of: &TimeZoneName| {
        if old_zone == zone {
            dates::times(times)
        } else {
            format!("{}, {}", dates::times(times), of.as_str())
        }
    };
    let mut rows = queries::ChangeRows::default();
    for session in moved {
        rows.ids.push(services.rng.id(now));
        rows.sessions.push(session.id);
        rows.fields.push("TIME".to_owned());
        rows.old.push(Some(words(session.before, old_zone)));
        rows.new.push(Some(words(session.after, zone)));
    }
    queries::insert_changes(tx, (event, by), &rows, now, Some(now)).await?;
    Ok(queries::forget_what_was_taken_back(tx, event, &rows.sessions).await?)
}

fn differences(zone: &TimeZoneName, before: &Told, after: &Told) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    if before.title != after.title {
        changes.push(("TITLE", Some(before.title.clone()), Some(after.title.clone())));
    }
    if before.times != after.times {
        let words = |times: Option<SessionTimes>| times.map(|times| in_words(zone, times));
        changes.push(("TIME", words(before.times), words(after.times)));
    }
    if before.room != after.room {
        changes.push(("ROOM", before.room.clone(), after.room.clone()));
    }
    let cancelled = |told: &Told| told.status == SessionStatus::Cancelled;
    if cancelled(before) != cancelled(after) {
        let word = |told: &Told| Some(told.status.label().to_owned());
        changes.push(("STATUS", word(before), word(after)));
    }
    changes
}

fn in_words(zone: &TimeZoneName, times: SessionTimes) -> String {
    dates::times(LocalTimes { start: zone.local_at(times.starts_at()), end: zone.local_at(times.ends_at()) })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn people_read_times_on_the_events_clocks_and_starts_are_no_news() {
        let zone = TimeZoneName::parse("Europe/Berlin").expect("a zone");
        let before = Told {
            title: "Opening".to_owned(),
            times: Some(SessionTimes::stored(
                datetime!(2026-09-24 07:00 UTC),
                datetime!(2026-09-24 08:00 UTC),
            )),
            room: None,
            status: SessionStatus::Scheduled,
        };
        let live = Told { status: SessionStatus::Live, ..before.clone() };
        assert_eq!(differences(&zone, &before, &live), []);
        let later = SessionTimes::stored(datetime!(2026-09-24 20:00 UTC), datetime!(2026-09-24 23:30 UTC));
        let moved = Told { times: Some(later), room: Some("Hall".to_owned()), ..before.clone() };
        let words = |text: &str| Some(text.to_owned());
        assert_eq!(
            differences(&zone, &before, &moved),
            [
                (
                    "TIME",
                    words("Thursday 24 September 2026, 09:00 – 10:00"),
                    words("Thursday 24 September 2026, 22:00 – Friday 25 September 2026, 01:30"),
                ),
                ("ROOM", None, words("Hall")),
            ]
        );
    }
}
