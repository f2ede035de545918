use domain::accounts::EmailAddress;
use domain::error::Unauthenticated;
use domain::ids::UserId;
use domain::{AppError, Denied};

use super::queries;
use crate::{Outcome, Services};

/// What a person typed to sign in; the password exactly as typed, of any length.
#[derive(Clone)]
pub struct Credentials {
    pub email: String,
    pub password: String,
}

/// Longest password that is hashed at all: past the rule's maximum no account can have it.
const MAX_PASSWORD_BYTES: usize = 4 * domain::accounts::Password::MAX_CHARS;

/// Checks credentials; the caller then begins a login session.
///
/// Unknown address, wrong password, placeholder and deleted account get one answer in the same time.
///
/// # Errors
/// [`Unauthenticated::WrongCredentials`]; with the right password [`Denied::AddressUnconfirmed`] or
/// [`Denied::Deactivated`]; [`AppError::Busy`] when hashing is overloaded.
pub async fn sign_in(services: &Services, credentials: &Credentials) -> Outcome<UserId> {
    let wrong = || AppError::Unauthenticated(Unauthenticated::WrongCredentials);
    let user = match EmailAddress::parse(&credentials.email) {
        Ok(email) => queries::user_by_email(&services.db, email.as_str()).await?,
        Err(_) => None,
    };
    let stored = user.as_ref().and_then(|user| user.password_hash.clone());
    let fits = credentials.password.len() <= MAX_PASSWORD_BYTES;
    let password = if fits { credentials.password.as_str() } else { "" };
    if !services.passwords.verify(password, stored).await? || !fits {
        return Err(wrong().into());
    }
    let user = user.ok_or_else(wrong)?;
    match user.state.as_str() {
        "ACTIVE" => Ok(UserId::new(user.id)),
        "UNVERIFIED" => Err(Denied::AddressUnconfirmed.into()),
        "DEACTIVATED" => Err(Denied::Deactivated.into()),
        _ => Err(wrong().into()),
    }
}
