use std::collections::HashSet;

use domain::SignedIn;
use domain::accounts::{Privacy, PrivacyFields};
use domain::attendees::EventRole;

use super::profile::{OwnProfile, own_profile, read_privacy};
use super::queries;
use crate::events::{self, EventHead};
use crate::{Outcome, Services};

/// A person's own place in one event.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnPlace {
    pub head: EventHead,
    pub role: EventRole,
    pub own: OwnProfile,
    /// What replaces the global privacy here.
    pub overridden: Option<Privacy>,
}

impl OwnPlace {
    /// The privacy in force in this event.
    #[must_use]
    pub fn privacy(&self) -> &Privacy {
        self.overridden.as_ref().unwrap_or(&self.own.privacy)
    }
}

/// The own place in an event: three statements.
///
/// # Errors
/// As [`events::open_for_members`].
pub async fn own_place(services: &Services, person: &SignedIn, slug: &str) -> Outcome<OwnPlace> {
    let (head, role) = events::open_for_members(services, person, slug).await?;
    let own = own_profile(services, person).await?;
    let row = queries::event_privacy(&services.db, head.id.get(), person.user.get()).await?;
    let overridden = row.map(read_privacy).transpose()?;
    Ok(OwnPlace { head, role, own, overridden })
}

/// Replaces the global privacy inside one event.
///
/// # Errors
/// As [`events::open_for_members`]; [`domain::FieldErrors`] per field.
pub async fn override_privacy(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    fields: &PrivacyFields,
) -> Outcome<()> {
    let (head, _) = events::open_for_members(services, person, slug).await?;
    let privacy = fields.parse()?;
    let mut connection = services.db.acquire().await?;
    let (event, user, now) = (head.id.get(), person.user.get(), services.clock.now());
    Ok(queries::set_event_privacy(&mut connection, event, user, &privacy, now).await?)
}

/// Goes back to the global privacy inside one event; where it counts already, that is fine.
///
/// # Errors
/// As [`events::open_for_members`].
pub async fn follow_global_privacy(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    let (head, _) = events::open_for_members(services, person, slug).await?;
    Ok(queries::delete_event_privacy(&services.db, head.id.get(), person.user.get()).await?)
}

/// The addresses of the events in which the person set a privacy of its own.
///
/// # Errors
/// Database errors only.
pub async fn events_with_own_privacy(services: &Services, person: &SignedIn) -> Outcome<HashSet<String>> {
    let rows = queries::event_privacies(&services.db, person.user.get()).await?;
    Ok(rows.into_iter().map(|row| row.slug).collect())
}
