use domain::events::{EventAction, EventStatus, Missing};
use domain::{Conflict, FieldErrors, SignedIn};

use super::reschedule::Edited;
use super::values::{EventFields, Start};
use super::{news, queries, readiness, reschedule, standing};
use crate::db::OnConstraint as _;
use crate::mail::EventNewsKind;
use crate::{Outcome, Services, attendees, db, uploads};

/// What the edit form posts.
#[derive(Debug, Clone)]
pub struct EditedEvent {
    pub slug: String,
    pub fields: EventFields,
    /// Days that sessions move along; empty keeps them where they are.
    pub move_sessions: String,
    /// The version the form was opened with.
    pub version: i32,
}

/// Saves all details, if nobody saved a newer version meanwhile.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`]; [`FieldErrors`] per field, also for what a published event needs and
/// for sessions that would lie outside its days; [`Conflict::StaleEdit`] with who saved the newer version.
pub async fn save(services: &Services, person: &SignedIn, edited: &EditedEvent) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let found = standing::load(services, &mut tx, Some(person.user), &edited.slug).await?;
    let before = queries::lock_readiness(&mut tx, found.id).await?;
    // Read again under the lock: it may have been published meanwhile.
    let event = standing::load(services, &mut tx, Some(person.user), &edited.slug).await?;
    event.may(EventAction::EditDetails)?;
    let values = edited.fields.parse(Start::Any, now)?;
    let shift = reschedule::parse_shift(&edited.move_sessions)?;
    let told = queries::announced(&mut *tx, event.id).await?;
    let saved = queries::update(&mut tx, event.id, person.user.get(), edited.version, &values, now)
        .await
        .on_constraint("events_seats_within_capacity", || {
            FieldErrors::one("max_attendees", "More seats than this are taken already.").into()
        })?;
    if !saved {
        let by = queries::last_editor(&mut tx, event.id).await?.unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    let status = event.standing.event_status;
    let rescheduled = Edited { event: event.id, status, by: person.user, before: &told };
    reschedule::reschedule(services, &mut tx, &rescheduled, &values, shift).await?;
    let mut news = None;
    if status == EventStatus::Published {
        let after = queries::lock_readiness(&mut tx, event.id).await?;
        keeps_ready(&readiness::missing(&before, now)?, &readiness::missing(&after, now)?)?;
        let facts = reschedule::changed(&told, &values);
        if !facts.is_empty() {
            let changed = EventNewsKind::Changed { facts: &facts };
            news = Some(news::tell_members(services, &mut tx, event.id, person, changed).await?);
        }
    }
    // More seats, or a later end, may be what somebody waits for.
    let moved_up = attendees::free_seats(services, &mut tx, &[event.id]).await?;
    tx.commit().await?;
    services.outbox.wake();
    moved_up.announce(services);
    if let Some(news) = news {
        news.announce(services);
    }
    if event.visibility != values.visibility {
        uploads::settle_event(services, event.id).await;
    }
    Ok(())
}

/// What an event needed to be published it also needs to stay so; what was missing already may stay missing.
fn keeps_ready(before: &[Missing], after: &[Missing]) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    for item in after.iter().filter(|item| !before.contains(item)) {
        errors.add(item.field(), item.label());
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
