use domain::events::EventAction;
use domain::{Conflict, FieldErrors, SignedIn};

use super::values::{EventFields, Start};
use super::{queries, standing};
use crate::db::OnConstraint as _;
use crate::{Outcome, Services};

/// What the edit form posts.
#[derive(Debug, Clone)]
pub struct EditedEvent {
    pub slug: String,
    pub fields: EventFields,
    /// The version the form was opened with.
    pub version: i32,
}

/// Saves all details, if nobody saved a newer version meanwhile.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`]; [`FieldErrors`] per field; [`Conflict::StaleEdit`] with who
/// saved the newer version.
pub async fn save(services: &Services, person: &SignedIn, edited: &EditedEvent) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let event = standing::load(&mut tx, Some(person.user), &edited.slug).await?;
    event.may(EventAction::EditDetails)?;
    let values = edited.fields.parse(Start::Any, now)?;
    let saved = queries::update(&mut tx, event.id, person.user.get(), edited.version, &values, now)
        .await
        .on_constraint("events_seats_within_capacity", || {
            FieldErrors::one("max_attendees", "More seats than this are taken already.").into()
        })?;
    if !saved {
        let by = queries::last_editor(&mut tx, event.id).await?.unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    tx.commit().await?;
    Ok(())
}
