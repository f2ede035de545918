//! Leaving: for a while, or for good after 30 days.

use domain::accounts::EmailAddress;
use domain::{AppError, Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::login_sessions::{Ended, end_all};
use super::password::stored_address;
use super::queries::Purpose;
use super::{Caller, notices, queries, require_recent_sign_in};
use crate::mail::SecurityEvent;
use crate::organizations::OwnedAlone;
use crate::{Outcome, ServiceError, Services, db, organizations};

/// Hides the person and ends all their login sessions, sockets and links until they come back.
///
/// # Errors
/// [`domain::Denied::SignInNotRecent`]; [`AppError::NotFound`] when the account was closed meanwhile.
pub async fn deactivate(services: &Services, person: &SignedIn, caller: &Caller) -> Outcome<()> {
    let (user, now) = (person.user.get(), services.clock.now());
    let mut tx = db::begin(&services.db).await?;
    queries::lock(&mut tx, user).await?;
    let account = queries::own_account(&mut *tx, user).await?.ok_or(ServiceError::NOT_FOUND)?;
    require_recent_sign_in(services, &mut *tx, person).await?;
    queries::deactivate(&mut tx, user, now).await?;
    let ended = shut(services, &mut tx, user).await?;
    let email = stored_address(&account.email)?;
    let event = SecurityEvent::Deactivated;
    notices::send(services, &mut tx, (user, &email, &person.full_name), event, caller).await?;
    tx.commit().await?;
    services.outbox.wake();
    ended.announce(services);
    Ok(())
}

/// Begins the deletion of an account: hidden at once, erased after 30 days. `typed` is the own address or full name.
///
/// # Errors
/// [`FieldErrors`] on `confirmation`; [`Conflict::LastOwnerOf`]; [`domain::Denied::SignInNotRecent`];
/// [`AppError::Busy`] when the person came to own an organization at this moment.
pub async fn delete_account(
    services: &Services,
    person: &SignedIn,
    typed: &str,
    caller: &Caller,
) -> Outcome<()> {
    let (user, now) = (person.user.get(), services.clock.now());
    let mut tx = db::begin(&services.db).await?;
    // Organizations before people, as a change of roles takes them: of two owners who delete at once, one stays.
    let owned = organizations::lock_owned(&mut tx, person.user).await?;
    queries::lock(&mut tx, user).await?;
    let account = queries::own_account(&mut *tx, user).await?.ok_or(ServiceError::NOT_FOUND)?;
    if !names(typed, &account.email, &person.full_name) {
        let message = "Type your email address or your full name as it stands above.";
        return Err(FieldErrors::one("confirmation", message).into());
    }
    let left_alone = organizations::owned_alone(&mut tx, person.user).await?;
    if !left_alone.alone.is_empty() {
        let organizations = left_alone.alone.into_iter().map(|organization| organization.name).collect();
        return Err(Conflict::LastOwnerOf { organizations }.into());
    }
    if left_alone.owned > owned {
        return Err(AppError::Busy.into());
    }
    require_recent_sign_in(services, &mut *tx, person).await?;
    queries::begin_deletion(&mut tx, user, now).await?;
    let ended = shut(services, &mut tx, user).await?;
    let email = stored_address(&account.email)?;
    let event = SecurityEvent::DeletionBegan;
    notices::send(services, &mut tx, (user, &email, &person.full_name), event, caller).await?;
    tx.commit().await?;
    services.outbox.wake();
    ended.announce(services);
    Ok(())
}

/// The organizations that keep a person from deleting their account: nobody else there could act.
///
/// # Errors
/// Database errors only.
pub async fn owned_alone(services: &Services, person: &SignedIn) -> Outcome<Vec<OwnedAlone>> {
    let mut connection = services.db.acquire().await?;
    Ok(organizations::owned_alone(&mut connection, person.user).await?.alone)
}

/// Ends what opens the account.
async fn shut(services: &Services, tx: &mut PgConnection, user: Uuid) -> Outcome<Ended> {
    queries::kill_tokens(tx, user, &Purpose::ENDED_BY_PROOF, services.clock.now()).await?;
    end_all(services, tx, user, None).await
}

/// Whether somebody typed their own address or name.
fn names(typed: &str, email: &str, full_name: &str) -> bool {
    let is_address = EmailAddress::parse(typed).is_ok_and(|typed| typed.as_str() == email);
    let words = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    is_address || words(typed) == words(full_name)
}
