use domain::accounts::{Admitted, EmailAddress, full_name};
use domain::error::Unauthenticated;
use domain::ids::UserId;
use domain::{AppError, Denied};

use super::{Caller, devices, queries, rules::SignInLimits};
use crate::limits;
use crate::rng::{SecretToken, hash_token};
use crate::{Outcome, Services};

/// What a person typed to sign in; the password exactly as typed, of any length.
#[derive(Clone)]
pub struct Credentials {
    pub email: String,
    pub password: String,
}

/// Who signed in, and the device cookie to set where this browser has none.
pub struct SignInDone {
    pub admitted: Admitted,
    pub new_device: Option<SecretToken>,
}

/// Longest password that is hashed at all: past the rule's maximum no account can have it.
pub(super) const MAX_PASSWORD_BYTES: usize = 4 * domain::accounts::Password::MAX_CHARS;

/// Checks credentials; the caller then begins a login session.
///
/// Unknown address, wrong password, placeholder and deleted account get one answer in the same time. Every try is
/// counted before the password is looked at; a right one during a pause is refused too. The owner of an account that
/// is used on a new device gets a mail.
///
/// # Errors
/// [`Unauthenticated::WrongCredentials`]; with the right password [`Denied::AddressUnconfirmed`] or
/// [`Denied::Deactivated`]; [`AppError::TooMany`]; [`AppError::Busy`] when hashing is overloaded.
pub async fn sign_in(services: &Services, credentials: &Credentials, caller: &Caller) -> Outcome<SignInDone> {
    let wrong = || AppError::Unauthenticated(Unauthenticated::WrongCredentials);
    let email = EmailAddress::parse(&credentials.email).ok();
    let account = email.as_ref().map_or(credentials.email.as_str(), EmailAddress::as_str);
    let device = caller.device.as_deref().map(hash_token);
    let user = match &email {
        Some(email) => {
            let device = device.as_ref().map(|hash| &hash[..]);
            queries::user_signing_in(&services.db, email.as_str(), device).await?
        }
        None => None,
    };
    let device_is_known = user.as_ref().is_some_and(|user| user.device_is_known);
    let counted = SignInLimits::new(account, caller, device_is_known);
    services.passwords.check_room()?;
    limits::take(services, &counted.all()).await?;

    let stored = user.as_ref().and_then(|user| user.password_hash.clone());
    if !fits(services, &credentials.password, stored).await? {
        return Err(wrong().into());
    }
    let user = user.ok_or_else(wrong)?;
    limits::settle(services, counted.pair, counted.network).await?;
    let refusal = match user.state.as_str() {
        "ACTIVE" => None,
        "UNVERIFIED" => Some(Denied::AddressUnconfirmed.into()),
        "DEACTIVATED" => Some(Denied::Deactivated.into()),
        _ => Some(wrong()),
    };
    if let Some(refusal) = refusal {
        return Err(refusal.into());
    }
    let mut tx = services.db.begin().await?;
    let name = full_name(&user.first_name, &user.last_name);
    let owner = devices::Owner { user: user.id, email: email.as_ref(), name: &name };
    let new_device = devices::recognize(services, &mut tx, &owner, caller, user.has_devices).await?;
    tx.commit().await?;
    services.outbox.wake();
    let admitted = Admitted { user: UserId::new(user.id), epoch: user.session_epoch };
    Ok(SignInDone { admitted, new_device })
}

/// Whether a password of any length is the stored one; takes the same time in every case.
pub(super) async fn fits(services: &Services, password: &str, stored: Option<String>) -> Outcome<bool> {
    let is_possible = password.len() <= MAX_PASSWORD_BYTES;
    let typed = if is_possible { password } else { "" };
    Ok(services.passwords.verify(typed, stored).await? && is_possible)
}
