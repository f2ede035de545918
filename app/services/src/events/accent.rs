use domain::events::{AccentColor, EventAction};
use domain::{FieldErrors, SignedIn};

use super::{queries, standing};
use crate::{Outcome, Services, db};

/// Sets the colour of an event; empty goes back to the usual one.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`]; [`FieldErrors`] on `accent_color`.
pub async fn save_accent(services: &Services, person: &SignedIn, slug: &str, color: &str) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let found = standing::load(services, &mut tx, Some(person.user), slug).await?;
    queries::lock_readiness(&mut tx, found.id).await?;
    // Read again under the lock: it may have been archived meanwhile.
    standing::load(services, &mut tx, Some(person.user), slug).await?.may(EventAction::EditDetails)?;
    let color = match color.trim() {
        "" => None,
        color => Some(
            AccentColor::parse(color).map_err(|error| FieldErrors::one("accent_color", error))?.to_string(),
        ),
    };
    queries::set_accent(&mut tx, found.id, color.as_deref(), services.clock.now()).await?;
    Ok(tx.commit().await?)
}
