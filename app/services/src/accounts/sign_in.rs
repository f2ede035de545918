use domain::accounts::{Admitted, EmailAddress, full_name};
use domain::error::Unauthenticated;
use domain::ids::UserId;
use domain::{AppError, Denied};
use sqlx::PgConnection;

use super::rules::SignInLimits;
use super::{Caller, UNDO_DELETION_WITHIN, devices, queries};
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
/// Unknown address, wrong password and placeholder get one answer in the same time. Every try is counted before the
/// password is looked at; a right one during a pause is refused too. The owner of an account that is used on a new
/// device gets a mail.
///
/// # Errors
/// [`Unauthenticated::WrongCredentials`]; with the right password [`Denied::AddressUnconfirmed`],
/// [`Denied::Deactivated`] or [`Denied::DeletionPending`]; [`AppError::TooMany`]; [`AppError::Busy`] when hashing is
/// overloaded.
pub async fn sign_in(services: &Services, credentials: &Credentials, caller: &Caller) -> Outcome<SignInDone> {
    let proved = prove(services, credentials, caller).await?;
    match proved.user.state.as_str() {
        "ACTIVE" => {}
        "UNVERIFIED" => return Err(Denied::AddressUnconfirmed.into()),
        "DEACTIVATED" => return Err(Denied::Deactivated.into()),
        "DELETED" => return Err(Denied::DeletionPending.into()),
        _ => return Err(wrong().into()),
    }
    let mut tx = services.db.begin().await?;
    let done = admit(services, &mut tx, &proved, caller).await?;
    tx.commit().await?;
    services.outbox.wake();
    Ok(done)
}

/// As [`sign_in`], and opens an account its owner closed, within 30 days of its deletion.
///
/// # Errors
/// As [`sign_in`], without [`Denied::Deactivated`] and [`Denied::DeletionPending`].
pub async fn come_back(
    services: &Services,
    credentials: &Credentials,
    caller: &Caller,
) -> Outcome<SignInDone> {
    let proved = prove(services, credentials, caller).await?;
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    match proved.user.state.as_str() {
        "ACTIVE" => {}
        "UNVERIFIED" => return Err(Denied::AddressUnconfirmed.into()),
        "DEACTIVATED" | "DELETED" => {
            let (user, epoch) = (proved.user.id, proved.user.session_epoch);
            if !queries::reopen_in_epoch(&mut tx, user, epoch, now, now - UNDO_DELETION_WITHIN).await? {
                return Err(wrong().into());
            }
        }
        _ => return Err(wrong().into()),
    }
    let done = admit(services, &mut tx, &proved, caller).await?;
    tx.commit().await?;
    services.outbox.wake();
    Ok(done)
}

fn wrong() -> AppError {
    AppError::Unauthenticated(Unauthenticated::WrongCredentials)
}

/// Somebody who knows the password of an account.
struct Proved {
    user: queries::SigningInRow,
    email: Option<EmailAddress>,
}

async fn prove(services: &Services, credentials: &Credentials, caller: &Caller) -> Outcome<Proved> {
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
    Ok(Proved { user, email })
}

async fn admit(
    services: &Services,
    tx: &mut PgConnection,
    proved: &Proved,
    caller: &Caller,
) -> Outcome<SignInDone> {
    let Proved { user, email } = proved;
    let name = full_name(&user.first_name, &user.last_name);
    let owner = devices::Owner { user: user.id, email: email.as_ref(), name: &name };
    let new_device = devices::recognize(services, tx, &owner, caller, user.has_devices).await?;
    Ok(SignInDone {
        admitted: Admitted { user: UserId::new(user.id), epoch: user.session_epoch },
        new_device,
    })
}

/// Whether a password of any length is the stored one; takes the same time in every case.
pub(super) async fn fits(services: &Services, password: &str, stored: Option<String>) -> Outcome<bool> {
    let is_possible = password.len() <= MAX_PASSWORD_BYTES;
    let typed = if is_possible { password } else { "" };
    Ok(services.passwords.verify(typed, stored).await? && is_possible)
}
