use domain::accounts::{Admitted, EmailAddress, Password, full_name};
use domain::error::Unauthenticated;
use domain::ids::UserId;
use domain::{AppError, Denied};
use sqlx::PgConnection;
use uuid::Uuid;

use super::password::stored_address;
use super::rules::SignInLimits;
use super::{Caller, PasswordHasher, UNDO_DELETION_WITHIN, devices, queries};
use crate::limits;
use crate::rng::{SecretToken, hash_token};
use crate::{Outcome, ServiceError, Services, db, notifications};

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
pub(super) const MAX_PASSWORD_BYTES: usize = 4 * Password::MAX_CHARS;

/// What a right password opens.
pub enum SignInOutcome {
    SignedIn(SignInDone),
    /// A closed account: who proved that it is theirs may open it again by [`come_back_as`].
    Closed {
        proved: Admitted,
        why: Denied,
    },
}

/// Checks credentials; the caller then begins a login session.
///
/// Unknown address, wrong password and placeholder get one answer in the same time. Every try is counted before the
/// password is looked at; a right one during a pause is refused too. The owner of an account that is used on a new
/// device gets a mail.
///
/// # Errors
/// [`Unauthenticated::WrongCredentials`]; with the right password [`Denied::AddressUnconfirmed`];
/// [`AppError::TooMany`]; [`AppError::Busy`] when hashing is overloaded.
pub async fn sign_in(
    services: &Services,
    credentials: &Credentials,
    caller: &Caller,
) -> Outcome<SignInOutcome> {
    let proved = prove(services, credentials, caller).await?;
    let closed = |why| Ok(SignInOutcome::Closed { proved: proved.admitted(), why });
    match proved.user.state.as_str() {
        "ACTIVE" => {}
        "UNVERIFIED" => return Err(Denied::AddressUnconfirmed.into()),
        "DEACTIVATED" => return closed(Denied::Deactivated),
        "DELETED" => return closed(Denied::DeletionPending),
        _ => return Err(wrong().into()),
    }
    let mut tx = db::begin(&services.db).await?;
    let done = admit(services, &mut tx, &proved, caller).await?;
    tx.commit().await?;
    services.outbox.wake();
    // A sign-in on a new device is told, on the pages that are open elsewhere too.
    notifications::waiting_changed(services, done.admitted.user);
    Ok(SignInOutcome::SignedIn(done))
}

/// As [`sign_in`], and opens an account its owner closed, within 30 days of its deletion.
///
/// # Errors
/// As [`sign_in`].
pub async fn come_back(
    services: &Services,
    credentials: &Credentials,
    caller: &Caller,
) -> Outcome<SignInDone> {
    let proved = prove(services, credentials, caller).await?;
    reopen(services, &proved, caller).await
}

/// As [`come_back`], for somebody whose password was right a moment ago.
///
/// # Errors
/// [`Unauthenticated::WrongCredentials`] when the account was erased, opened or got another password since.
pub async fn come_back_as(services: &Services, proved: Admitted, caller: &Caller) -> Outcome<SignInDone> {
    let address = queries::address_of_closed(&services.db, proved.user.get()).await?.ok_or_else(wrong)?;
    let email = stored_address(&address)?;
    let device = caller.device.as_deref().map(hash_token);
    let device = device.as_ref().map(|hash| &hash[..]);
    let user = queries::user_signing_in(&services.db, email.as_str(), device).await?.ok_or_else(wrong)?;
    let again = Proved { user, email: Some(email) };
    if again.admitted() != proved {
        return Err(wrong().into());
    }
    reopen(services, &again, caller).await
}

async fn reopen(services: &Services, proved: &Proved, caller: &Caller) -> Outcome<SignInDone> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
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
    let done = admit(services, &mut tx, proved, caller).await?;
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

impl Proved {
    fn admitted(&self) -> Admitted {
        Admitted { user: UserId::new(self.user.id), epoch: self.user.session_epoch }
    }
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
    // Deleted for good, though the sweep has not erased it yet: as unknown as it will be then.
    let undone_since = services.clock.now() - UNDO_DELETION_WITHIN;
    let user = user.filter(|user| user.deleted_at.is_none_or(|at| at > undone_since));
    let device_is_known = user.as_ref().is_some_and(|user| user.device_is_known);
    let counted = SignInLimits::new(account, caller, device_is_known);
    services.passwords.check_room()?;
    limits::take(services, &counted.all()).await?;

    let stored = user.as_ref().and_then(|user| user.password_hash.clone());
    if !fits(services, &credentials.password, stored.clone()).await? {
        return Err(wrong().into());
    }
    let user = user.ok_or_else(wrong)?;
    limits::settle(services, counted.pair, counted.network).await?;
    if let Some(stored) = stored.filter(|stored| PasswordHasher::is_outdated(stored)) {
        rehash(services, user.id, &credentials.password, &stored).await?;
    }
    Ok(Proved { user, email })
}

/// Makes the hash of a right password anew, with today's work; the next sign-in does when there is no room now.
async fn rehash(services: &Services, user: Uuid, password: &str, stored: &str) -> Outcome<()> {
    let Ok(password) = Password::parse(password) else { return Ok(()) };
    match services.passwords.hash(&password).await {
        Ok(hash) => Ok(queries::rehash(&services.db, user, stored, &hash).await?),
        Err(ServiceError::Refused(AppError::Busy)) => Ok(()),
        Err(error) => Err(error),
    }
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
    let new_device = devices::recognize(services, tx, &owner, caller, user.has_signed_in).await?;
    Ok(SignInDone { admitted: proved.admitted(), new_device })
}

/// Whether a password of any length is the stored one; takes the same time in every case.
pub(super) async fn fits(services: &Services, password: &str, stored: Option<String>) -> Outcome<bool> {
    let is_possible = password.len() <= MAX_PASSWORD_BYTES;
    let typed = if is_possible { password } else { "" };
    Ok(services.passwords.verify(typed, stored).await? && is_possible)
}
