use domain::agenda::EventDays;
use domain::events::{EventAction, EventStatus};
use domain::{FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services, events};

/// An event whose agenda nobody else changes until the transaction ends.
pub(super) struct Held {
    pub event: Uuid,
    /// Who changes it.
    pub by: Uuid,
    pub status: EventStatus,
    pub zone: TimeZoneName,
    pub days: EventDays,
    /// Changes wait until the organizers release them.
    pub holds_changes: bool,
}

/// Locks the event for somebody who may change its agenda.
///
/// # Errors
/// As the policy for [`EventAction::EditAgenda`].
pub(super) async fn hold(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
) -> Outcome<Held> {
    let event = events::hold(services, tx, person.user, slug).await?;
    event.may(EventAction::EditAgenda)?;
    let facts = queries::event_facts(tx, event.id).await?;
    Ok(Held {
        event: event.id,
        by: person.user.get(),
        status: event.standing.event_status,
        zone: TimeZoneName::stored(&facts.time_zone)?,
        days: EventDays { first: facts.start_date, last: facts.end_date },
        holds_changes: facts.hold_agenda_changes,
    })
}

/// # Errors
/// [`FieldErrors`] under `form`: nobody types it.
pub(super) fn read_form_key(text: &str) -> Result<Uuid, FieldErrors> {
    Uuid::parse_str(text).map_err(|_| FieldErrors::one("form", "Load this page again and retry."))
}

/// Something of the event that a form chose, as it writes it: an id, or nothing or `none`.
///
/// # Errors
/// [`FieldErrors`] under `field`.
pub(super) fn read_choice(field: &str, text: &str) -> Result<Option<Uuid>, FieldErrors> {
    match text.trim() {
        "" | "none" => Ok(None),
        id => Uuid::parse_str(id).map(Some).map_err(|_| FieldErrors::one(field, "Choose one of this event.")),
    }
}
