use domain::attending::{SessionAction, takes_sign_ups};
use domain::ids::AgendaSessionId;
use domain::slug::Slug;
use domain::{Conflict, Denied, SignedIn};

use super::{queries, seen_in};
use crate::{Outcome, ServiceError, Services, db};

/// Takes a place in a session; having one already is fine.
///
/// # Errors
/// As the policy for [`SessionAction::SignUp`], and [`Denied::EventMembersOnly`] for an owner without a membership;
/// [`Conflict::SessionFull`], [`Conflict::NoSignUpNeeded`], [`Conflict::SessionOver`].
pub async fn sign_up(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<()> {
    let (now, user) = (services.clock.now(), person.user.get());
    let mut tx = db::begin(&services.db).await?;
    let is_member = Slug::is_possible(slug) && queries::hold_membership(&mut tx, user, slug).await?;
    queries::lock(&mut tx, session.get()).await?;
    let seen = seen_in(&mut tx, Some(person.user), slug, session).await?;
    seen.may(SessionAction::SignUp)?;
    if !is_member {
        return Err(Denied::EventMembersOnly.into());
    }
    if seen.is_signed_up {
        return Ok(());
    }
    takes_sign_ups(&seen.sign_up_facts(), now)?;
    if !queries::claim(&mut tx, seen.event.get(), session.get(), user, now).await? {
        return Err(Conflict::SessionFull.into());
    }
    tx.commit().await?;
    Ok(())
}

/// Gives the place back; having none is fine.
///
/// # Errors
/// As the policy for [`SessionAction::CancelSignUp`].
pub async fn cancel_sign_up(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<()> {
    let user = person.user.get();
    let mut tx = db::begin(&services.db).await?;
    if !Slug::is_possible(slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    queries::hold_membership(&mut tx, user, slug).await?;
    queries::lock(&mut tx, session.get()).await?;
    let seen = seen_in(&mut tx, Some(person.user), slug, session).await?;
    seen.may(SessionAction::CancelSignUp)?;
    queries::give_back(&mut tx, seen.event.get(), session.get(), user).await?;
    tx.commit().await?;
    Ok(())
}
