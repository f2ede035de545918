use domain::events::{
    EventAction, EventFormat, EventStatus, EventVisibility, Missing, Readiness, missing_to_publish,
};
use domain::ids::{EventId, OrganizationId};
use domain::organizations::AuditAction;
use domain::{AppError, Conflict, FieldErrors, SignedIn};
use time::OffsetDateTime;

use super::{queries, standing};
use crate::organizations::audit::{self, AuditEntry};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services, uploads};

/// DRAFT → PUBLISHED; publishing a published event is quiet success. Answers who can see it now.
///
/// # Errors
/// As the policy for [`EventAction::Publish`]; [`FieldErrors`] naming each missing precondition;
/// [`Conflict::StatusTransition`] from any other status.
pub async fn publish(services: &Services, person: &SignedIn, slug: &str) -> Outcome<EventVisibility> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let found = standing::load(&mut tx, Some(person.user), slug).await?;
    let facts = queries::lock_readiness(&mut tx, found.id).await?;
    // Read again under the lock: a second click sees what the first one did.
    let event = standing::load(&mut tx, Some(person.user), slug).await?;
    event.may(EventAction::Publish)?;
    match event.standing.event_status {
        EventStatus::Published => return Ok(event.visibility),
        EventStatus::Draft => {}
        status @ (EventStatus::Archived | EventStatus::Cancelled | EventStatus::Deleted) => {
            return Err(Conflict::StatusTransition { from: status.label().to_lowercase() }.into());
        }
    }
    let missing = missing(&facts, now)?;
    if !missing.is_empty() {
        let mut errors = FieldErrors::default();
        for item in missing {
            errors.add(item.field(), item.label());
        }
        return Err(AppError::Invalid(errors).into());
    }
    let published = queries::set_published(&mut tx, event.id, now).await?;
    let organization = OrganizationId::new(published.organization_id);
    let entry = AuditEntry {
        event: Some(EventId::new(event.id)),
        subject: Some(&published.title),
        subject_id: Some(event.id),
        ..AuditEntry::new(organization, person, AuditAction::EventPublished)
    };
    audit::record(services, &mut tx, &entry).await?;
    tx.commit().await?;
    uploads::settle_event(services, event.id).await;
    Ok(event.visibility)
}

/// What keeps an event from being published, at this instant.
pub(super) fn missing(facts: &queries::ReadinessRow, now: OffsetDateTime) -> Outcome<Vec<Missing>> {
    let zone = TimeZoneName::parse(&facts.time_zone)
        .map_err(|_| ServiceError::unknown_value("events.time_zone", &facts.time_zone))?;
    let format = EventFormat::from_stored(&facts.format)
        .ok_or_else(|| ServiceError::unknown_value("events.format", &facts.format))?;
    Ok(missing_to_publish(&Readiness {
        end: facts.end_date,
        today: zone.date_at(now),
        format,
        organizer_count: facts.organizer_count,
        has_venue_name: facts.has_venue_name,
        has_venue_city: facts.has_venue_city,
        has_venue_country: facts.has_venue_country,
    }))
}
