//! What can't be taken back asks for the password again when the last time is too long ago.

use domain::error::Unauthenticated;
use domain::{AppError, Denied, SignedIn};
use sqlx::PgExecutor;

use super::{RECENT_SIGN_IN, password, queries};
use crate::rng::hash_session_id;
use crate::{Outcome, ServiceError, Services};

/// Whether this login session confirmed the password within the last ten minutes.
///
/// # Errors
/// Database errors only.
pub async fn has_recent_sign_in(
    services: &Services,
    db: impl PgExecutor<'_>,
    person: &SignedIn,
) -> Outcome<bool> {
    let confirmed = queries::password_confirmed_at(db, person.login_session.get()).await?;
    Ok(confirmed.is_some_and(|at| at > services.clock.now() - RECENT_SIGN_IN))
}

/// As [`has_recent_sign_in`], for the use cases that need it. Call it after the policy: who may not do a thing at all
/// isn't asked for a password.
///
/// # Errors
/// [`Denied::SignInNotRecent`].
pub async fn require_recent_sign_in(
    services: &Services,
    db: impl PgExecutor<'_>,
    person: &SignedIn,
) -> Outcome<()> {
    if has_recent_sign_in(services, db, person).await? {
        return Ok(());
    }
    Err(Denied::SignInNotRecent.into())
}

/// Confirms the password of a signed-in person. The login session goes on under the session id that is answered, for
/// the caller to replace by the one the browser gets; the id it had is dead at once.
///
/// # Errors
/// [`domain::FieldErrors`] on `current_password` (counted); [`AppError::TooMany`]; [`AppError::Busy`] when hashing is
/// overloaded; [`AppError::Unauthenticated`] when the login session ended meanwhile.
pub async fn confirm_password(services: &Services, person: &SignedIn, typed: &str) -> Outcome<[u8; 16]> {
    let row = queries::own_account(&services.db, person.user.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    services.passwords.check_room()?;
    password::confirm(services, person, typed, row.password_hash.clone()).await?;
    let interim: [u8; 16] = services.rng.bytes();
    let (user, session, hash) = (person.user.get(), person.login_session.get(), hash_session_id(&interim));
    let checked = row.password_hash.as_deref();
    if queries::confirm_session(&services.db, user, session, checked, &hash, services.clock.now()).await? {
        return Ok(interim);
    }
    Err(AppError::Unauthenticated(Unauthenticated::SignInRequired).into())
}
