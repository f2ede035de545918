use domain::attendees::EventRole;
use domain::events::{EventAction, may};
use domain::{Denied, SignedIn};

use super::queries;
use crate::events::{self, EventHead};
use crate::rng::SecretToken;
use crate::{Outcome, ServiceError, Services, db};

/// A member's page about calendars.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarPage {
    pub head: EventHead,
    pub role: EventRole,
    /// There is a secret address; which one is shown when it is made, and never again.
    pub has_feed: bool,
}

/// The page: two statements.
///
/// # Errors
/// As the policy for [`EventAction::SeeMemberPages`].
pub async fn calendar_page(services: &Services, person: &SignedIn, slug: &str) -> Outcome<CalendarPage> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeeMemberPages, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let has_feed = queries::has_feed(&services.db, head.id.get(), person.user.get()).await?;
    Ok(CalendarPage { head, role, has_feed })
}

/// Makes a secret address for the person's own sessions; one from before is dead at once.
///
/// # Errors
/// As the policy for [`EventAction::SeeMemberPages`]; [`Denied::EventMembersOnly`] for an owner without a membership.
pub async fn make_feed(services: &Services, person: &SignedIn, slug: &str) -> Outcome<SecretToken> {
    let secret = services.rng.token();
    set(services, person, slug, Some(&secret)).await?;
    Ok(secret)
}

/// Ends the secret address; having none is fine.
///
/// # Errors
/// As [`make_feed`].
pub async fn revoke_feed(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    set(services, person, slug, None).await
}

async fn set(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    secret: Option<&SecretToken>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = events::standing_in(services, &mut tx, Some(person.user), slug).await?;
    event.may(EventAction::SeeMemberPages)?;
    let hash = secret.map(SecretToken::hash);
    let hash = hash.as_ref().map(<[u8; 32]>::as_slice);
    if !queries::set_feed(&mut tx, event.id, person.user.get(), hash).await? {
        return Err(Denied::EventMembersOnly.into());
    }
    tx.commit().await?;
    Ok(())
}
