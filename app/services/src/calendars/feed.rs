use domain::attending::{SessionAction, SessionFacts, may};
use domain::ids::{AgendaSessionId, UserId};
use domain::{AppError, Viewer};

use super::queries::{self, EntryRow};
use crate::calendar_file::{CalendarEntry, CalendarFile, When};
use crate::events::{self, EventHead};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services, rng};

/// Somebody who sees the agenda; what they may see of single sessions is the same for all that have a time.
const OF_THE_AGENDA: SessionFacts = SessionFacts { is_scheduled: true, is_speaker: false };

/// All sessions of an event, for everybody who sees its agenda: two statements.
///
/// # Errors
/// As the policy for [`SessionAction::See`].
pub async fn all_sessions(services: &Services, viewer: &Viewer, slug: &str) -> Outcome<String> {
    let head = visible(services, viewer.user(), slug).await?;
    let rows = queries::of_event(&services.db, head.id.get()).await?;
    render(services, &head, &head.title, rows)
}

/// One session as a file: two statements.
///
/// # Errors
/// As [`all_sessions`]; [`AppError::NotFound`] when there is no such session, or it is deleted.
pub async fn one_session(
    services: &Services,
    viewer: &Viewer,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<String> {
    let head = visible(services, viewer.user(), slug).await?;
    let mut rows = queries::of_event(&services.db, head.id.get()).await?;
    rows.retain(|row| row.id == session.get() && !row.is_deleted);
    let title = rows.first().map(|row| row.title.clone()).ok_or(ServiceError::NOT_FOUND)?;
    render(services, &head, &title, rows)
}

/// The sessions of whoever holds this secret: three statements. It never runs out by itself; it shows what the person
/// may see now.
///
/// # Errors
/// [`AppError::NotFound`] for a secret that nobody has, and for a person who sees the agenda no more.
pub async fn personal(services: &Services, secret: &str) -> Outcome<String> {
    let feed = queries::feed(&services.db, &rng::hash_token(secret)).await?;
    let feed = feed.ok_or(ServiceError::NOT_FOUND)?;
    let (head, standing) =
        events::head_with_standing(services, Some(UserId::new(feed.user_id)), &feed.slug).await?;
    let is_member = standing.effective_role().is_some();
    let sees = may(SessionAction::See, head.visibility, &standing, OF_THE_AGENDA).is_ok();
    if !is_member || !sees {
        return Err(AppError::NotFound.into());
    }
    let rows = queries::of_person(&services.db, head.id.get(), feed.user_id).await?;
    render(services, &head, &format!("{} (mine)", head.title), rows)
}

pub(super) async fn visible(services: &Services, user: Option<UserId>, slug: &str) -> Outcome<EventHead> {
    let (head, standing) = events::head_with_standing(services, user, slug).await?;
    may(SessionAction::See, head.visibility, &standing, OF_THE_AGENDA)?;
    Ok(head)
}

fn render(services: &Services, head: &EventHead, name: &str, rows: Vec<EntryRow>) -> Outcome<String> {
    let zone = TimeZoneName::stored(&head.time_zone)?;
    let entries = rows.into_iter().filter_map(|row| entry(services, head, row)).collect();
    Ok(CalendarFile { name, zone: &zone, entries }.render())
}

fn entry(services: &Services, head: &EventHead, row: EntryRow) -> Option<CalendarEntry> {
    let (starts_at, ends_at) = row.starts_at.zip(row.ends_at)?;
    let place = [row.room.as_deref(), head.venue.name.as_deref(), head.venue.city.as_deref()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    Some(CalendarEntry {
        uid: format!("session-{}@atria", row.id),
        // Deleting is a change too, and its row counts it only where it is taken back.
        sequence: row.sequence.saturating_add(i32::from(row.is_deleted)),
        changed_at: row.changed_at,
        when: When::Instants { starts_at, ends_at },
        title: if row.is_purged { "Cancelled session".to_owned() } else { row.title },
        description: row.short_description.filter(|_| !row.is_purged),
        place: (!place.is_empty() && !row.is_deleted).then_some(place),
        url: format!("{}/events/{}/sessions/{}", services.public_url, head.slug, row.id),
        is_cancelled: row.is_cancelled || row.is_deleted,
    })
}
