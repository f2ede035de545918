use std::collections::HashSet;

use domain::SignedIn;
use domain::accounts::{Privacy, PrivacyFields};
use domain::attendees::EventRole;

use super::profile::{OwnProfile, own_profile, read_privacy, stale, version_of};
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
    /// Of what replaces it; 0 where nothing does.
    pub version: i64,
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
    let version = row.as_ref().map_or(0, |row| row.version);
    let overridden = row.map(|row| read_privacy(row.into())).transpose()?;
    Ok(OwnPlace { head, role, own, overridden, version })
}

impl From<queries::OverrideRow> for queries::PrivacyRow {
    fn from(row: queries::OverrideRow) -> Self {
        Self {
            email_visibility: row.email_visibility,
            show_public_email: row.show_public_email,
            public_email: row.public_email,
            allow_connection_requests: row.allow_connection_requests,
            social_links_visibility: row.social_links_visibility,
            show_company: row.show_company,
            show_bio: row.show_bio,
        }
    }
}

/// Replaces the global privacy inside one event, unless a newer version was saved meanwhile. `version` is as typed.
///
/// # Errors
/// As [`events::open_for_members`]; [`domain::FieldErrors`] per field; [`domain::Conflict::StaleEdit`].
pub async fn override_privacy(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    fields: &PrivacyFields,
    version: &str,
) -> Outcome<()> {
    let (head, _) = events::open_for_members(services, person, slug).await?;
    let privacy = fields.parse()?;
    let version = version_of(version)?;
    let mut connection = services.db.acquire().await?;
    let (event, user, now) = (head.id.get(), person.user.get(), services.clock.now());
    let saved = queries::set_event_privacy(&mut connection, event, user, version, &privacy, now).await?;
    if saved { Ok(()) } else { Err(stale().into()) }
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
