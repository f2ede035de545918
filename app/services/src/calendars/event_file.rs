use domain::Viewer;
use domain::events::EventStatus;

use super::feed::visible;
use super::queries;
use crate::calendar_file::{CalendarEntry, CalendarFile, When};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services};

/// The event itself, as whole days, for everybody who sees its agenda: two statements.
///
/// # Errors
/// As the policy for [`domain::attending::SessionAction::See`].
pub async fn whole_event(services: &Services, viewer: &Viewer, slug: &str) -> Outcome<String> {
    let head = visible(services, viewer.user(), slug).await?;
    let changed_at = queries::event_changed_at(&services.db, head.id.get()).await?;
    let zone = TimeZoneName::stored(&head.time_zone)?;
    let venue = [&head.venue.name, &head.venue.address, &head.venue.city, &head.venue.country];
    let venue = venue.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ");
    let entry = CalendarEntry {
        uid: format!("event-{}@atria", head.id),
        sequence: head.version,
        changed_at,
        when: When::Days { first: head.start_date, last: head.end_date },
        title: head.title.clone(),
        description: head.hero_text.clone(),
        place: (head.format.has_venue() && !venue.is_empty()).then_some(venue),
        url: format!("{}/events/{}", services.public_url, head.slug),
        is_cancelled: head.status == EventStatus::Cancelled,
    };
    Ok(CalendarFile { name: &head.title, zone: &zone, entries: vec![entry] }.render())
}
