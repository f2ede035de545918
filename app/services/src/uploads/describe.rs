use domain::SignedIn;
use domain::events::EventAction;
use domain::uploads::{AlternativeText, UploadPurpose};

use super::{locked_event, queries};
use crate::{Outcome, Services, db, events};

/// Sets what the pictures of an event show, in words; purposes without a picture are passed over.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`].
pub async fn describe_event_images(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    words: &[(UploadPurpose, AlternativeText)],
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let locked = locked_event(&mut tx, slug).await?;
    events::standing_in(services, &mut tx, Some(person.user), slug).await?.may(EventAction::EditDetails)?;
    let purposes: Vec<String> = words.iter().map(|(purpose, _)| purpose.as_str().to_owned()).collect();
    let texts: Vec<Option<String>> =
        words.iter().map(|(_, text)| text.as_deref().map(ToOwned::to_owned)).collect();
    queries::describe(&mut tx, locked.id, &purposes, &texts).await?;
    Ok(tx.commit().await?)
}
