//! Members are reminded of an event a day before it begins.

use std::time::Duration as StdDuration;

use domain::accounts::{EmailAddress, full_name};
use domain::agenda::LocalTimes;
use domain::events::EventFormat;
use domain::ids::{OrganizationId, UserId};
use domain::notifications::News;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime, Time};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::queries::{self, RemindedRow, ToRemindRow};
use crate::mail::{self, Addressed, EventNews, EventNewsKind, Mail};
use crate::notifications::{self, Telling, Told};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services, dates, db, periodic};

/// So long before it begins (specification 18.1).
const AHEAD: Duration = Duration::DAY;
/// An event without sessions counts as beginning then, on its first day.
const MORNING: Time = time::macros::time!(09:00);
const LOOK_EVERY: StdDuration = StdDuration::from_secs(60);
/// Events one statement reads.
const AT_ONCE: i64 = 100;
/// People one statement reads and writes.
const BATCH: i64 = 1000;

/// Looks once a minute until it is stopped.
pub async fn run_event_reminders(services: Services, stop: CancellationToken) {
    while periodic::again(LOOK_EVERY, &stop).await {
        if let Err(error) = remind_of_events(&services).await {
            tracing::warn!(%error, "nobody was reminded of an event: {error}");
        }
    }
}

/// Reminds of all events that begin within a day, each in a transaction of its own: once for each first day, also by
/// several nodes. Who registers after that knows when it is. What goes wrong with one event is logged, and the others
/// are reminded of.
///
/// # Errors
/// Database errors only, of reading which events those are.
pub async fn remind_of_events(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    let mut after = Uuid::nil();
    loop {
        let events = queries::events_to_remind(&services.db, (now, now + AHEAD), after, AT_ONCE).await?;
        let Some(last) = events.last() else { return Ok(()) };
        after = last.id;
        for event in &events {
            if let Err(error) = remind_in_time(services, event, now).await {
                tracing::warn!(%error, event = %event.id, "nobody was reminded of this event: {error}");
            }
        }
    }
}

async fn remind_in_time(services: &Services, event: &ToRemindRow, now: OffsetDateTime) -> Outcome<()> {
    let begin = begin(event)?;
    if now < begin && begin <= now + AHEAD { remind(services, event).await } else { Ok(()) }
}

/// When its first session begins, or the morning of its first day.
fn begin(event: &ToRemindRow) -> Outcome<OffsetDateTime> {
    match event.first_session_at {
        Some(at) => Ok(at),
        None => Ok(TimeZoneName::stored(&event.time_zone)?.instant_at(event.start_date.with_time(MORNING))),
    }
}

async fn remind(services: &Services, event: &ToRemindRow) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    // False when it changed meanwhile, or another process was first.
    if !queries::claim_reminder(&mut tx, event.id, event.start_date).await? {
        return Ok(());
    }
    let mut after = Uuid::nil();
    let mut told = Vec::new();
    loop {
        let members = queries::members_to_remind(&mut tx, event.id, after, BATCH).await?;
        let Some(last) = members.last() else { break };
        after = last.user_id;
        told.push(in_app(services, &mut tx, event, &members).await?);
        by_mail(services, &mut tx, event, &members).await?;
    }
    tx.commit().await?;
    services.outbox.wake();
    for told in told {
        told.announce(services);
    }
    Ok(())
}

async fn in_app(
    services: &Services,
    tx: &mut PgConnection,
    event: &ToRemindRow,
    members: &[RemindedRow],
) -> Outcome<Told> {
    let users: Vec<UserId> = members.iter().map(|row| UserId::new(row.user_id)).collect();
    let when = when(event);
    let telling = Telling {
        news: News::EventReminder,
        by: None,
        names_actor: false,
        subject: Some(&event.title),
        detail: Some(&when),
        link: &format!("/events/{}/now", event.slug),
        thing: &event.id.to_string(),
    };
    notifications::tell(services, tx, &users, &telling).await
}

async fn by_mail(
    services: &Services,
    tx: &mut PgConnection,
    event: &ToRemindRow,
    members: &[RemindedRow],
) -> Outcome<()> {
    let zone = TimeZoneName::stored(&event.time_zone)?;
    let (when, place) = (when(event), place(event)?);
    let link = format!("{}/events/{}/now", services.public_url, event.slug);
    let addressed: Vec<(EmailAddress, String, Option<String>)> = members
        .iter()
        .filter(|row| row.wants_mail)
        .filter_map(|row| {
            let name = full_name(&row.first_name, &row.last_name);
            Some((EmailAddress::parse(&row.email).ok()?, name, first_session(row, &zone)))
        })
        .collect();
    let mails: Vec<Addressed<'_>> = addressed
        .iter()
        .map(|(to, name, session)| Addressed {
            to,
            name,
            mail: Mail::EventNews(EventNews {
                name,
                event_title: &event.title,
                when: &when,
                link: &link,
                what: EventNewsKind::Reminder { place: &place, session: session.as_deref() },
            }),
        })
        .collect();
    if !mails.is_empty() {
        mail::enqueue_all(services, tx, OrganizationId::new(event.organization_id), &mails).await?;
    }
    Ok(())
}

fn when(event: &ToRemindRow) -> String {
    format!("{}, {}", dates::range(event.start_date, event.end_date), event.time_zone)
}

/// The venue for who goes there, and the note for who joins online; both are for members.
fn place(event: &ToRemindRow) -> Outcome<String> {
    let format = EventFormat::from_stored(&event.format)
        .ok_or_else(|| ServiceError::unknown_value("events.format", &event.format))?;
    let words = format.place_in_words(event.venue_city.as_deref(), event.venue_country.as_deref());
    let venue = event.venue_name.as_deref().filter(|_| format.has_venue());
    let note = event.online_note.as_deref().filter(|_| format.is_online());
    Ok(venue.into_iter().chain([words.as_str()]).chain(note).collect::<Vec<_>>().join(", "))
}

/// Title and time of the first session the person starred or signed up for.
fn first_session(row: &RemindedRow, zone: &TimeZoneName) -> Option<String> {
    let (title, starts_at, ends_at) = (row.session.as_ref()?, row.starts_at?, row.ends_at?);
    let local = LocalTimes { start: zone.local_at(starts_at), end: zone.local_at(ends_at) };
    Some(format!("{title}, {}", dates::times(local)))
}
