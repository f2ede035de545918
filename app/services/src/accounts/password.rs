use domain::accounts::{Admitted, EmailAddress, full_name};
use domain::error::Unauthenticated;
use domain::{AppError, FieldErrors, Gone, SignedIn};

use super::login_sessions::end_all;
use super::notices;
use super::password_rule::KnownWords;
use super::queries::{Purpose, UserRow};
use super::{Caller, RESET_LIFETIME, UNDO_DELETION_WITHIN, devices, links, queries, rules, sign_in};
use crate::limits;
use crate::mail::{self, Mail, SecurityEvent};
use crate::rng::{SecretToken, hash_token};
use crate::{Outcome, ServiceError, Services, db, invitations};

/// Mails a link to set a new password to an account that can sign in or waits for its confirmation, and to a closed
/// one, whose owner comes back by signing in. Somebody who was only invited gets their invitations again.
///
/// Answers the same for every address, also when it was written to too often and nothing is done.
///
/// # Errors
/// Database errors only.
pub async fn forgot_password(services: &Services, email: &EmailAddress, caller: &Caller) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    match limits::take_in(&mut tx, now, &rules::mail("reset", email.as_str(), caller)).await {
        Ok(()) => {}
        Err(error) if error.is_too_many() => return Ok(()),
        Err(error) => return Err(error),
    }
    let known = queries::find_by_email(&mut tx, email.as_str()).await?;
    if known.is_some_and(|user| user.state == "PLACEHOLDER") {
        // Their way in is the link of an invitation. Its locks come before the person's, so this ends first.
        tx.commit().await?;
        return invitations::send_again_to(services, email).await;
    }
    let user = queries::lock_by_email(&mut tx, email.as_str()).await?;
    // Deleted for good is unknown, though the sweep has not erased it yet.
    let can_return = |at| at > now - UNDO_DELETION_WITHIN;
    let is_known = |user: &UserRow| user.state != "PLACEHOLDER" && user.deleted_at.is_none_or(can_return);
    if let Some(user) = user.filter(is_known) {
        queries::kill_tokens(&mut tx, user.id, &[Purpose::ResetPassword], now).await?;
        let purpose = Purpose::ResetPassword;
        let token = links::make(services, &mut tx, user.id, purpose, None, RESET_LIFETIME).await?;
        let expires_at = now + RESET_LIFETIME;
        let name = full_name(&user.first_name, &user.last_name);
        let link = format!("{}/reset/{}", services.public_url, token.expose());
        let letter = Mail::ResetPassword { name: &name, link: &link, expires_at };
        mail::enqueue(services, &mut tx, email, &name, &letter).await?;
    }
    // Also without a mail: the tries are counted for everybody.
    tx.commit().await?;
    services.outbox.wake();
    Ok(())
}

/// Looks at a reset link without using it; answers the address it is for.
///
/// # Errors
/// [`Gone::Link`] when it is unknown, used, replaced or expired; [`AppError::TooMany`] after 20 unknown ones an hour
/// from one network.
pub async fn find_reset(services: &Services, token: &str, caller: &Caller) -> Outcome<String> {
    let found = queries::resettable(&services.db, &hash_token(token), services.clock.now()).await?;
    match found {
        Some(row) => Ok(row.email),
        None => Err(wrong_token(services, caller).await?),
    }
}

/// Counts an unknown link; answers what to say.
pub(super) async fn wrong_token(services: &Services, caller: &Caller) -> Outcome<ServiceError> {
    limits::take(services, &[rules::wrong_token(caller)]).await?;
    Ok(AppError::Gone(Gone::Link).into())
}

/// Sets a new password by a mailed link: the address is confirmed by it, every login session and every other link of
/// the account ends, and its owner gets a notice. Of parallel calls one succeeds. Only this browser is known afterwards;
/// answers its device cookie where it had none.
///
/// # Errors
/// [`FieldErrors`] on `password`, and the link still works; [`Gone::Link`]; [`AppError::TooMany`];
/// [`AppError::Busy`] when hashing is overloaded.
pub async fn reset_password(
    services: &Services,
    token: &str,
    password: &str,
    caller: &Caller,
) -> Outcome<Option<SecretToken>> {
    let now = services.clock.now();
    services.passwords.check_room()?;
    let Some(found) = queries::resettable(&services.db, &hash_token(token), now).await? else {
        return Err(wrong_token(services, caller).await?);
    };
    let known = KnownWords::new([&*found.first_name, &*found.last_name, &*found.email]);
    let password = known.and_around(services, found.user_id).await?.strong("password", password)?;
    let password_hash = services.passwords.hash(&password).await?;
    let mut tx = db::begin(&services.db).await?;
    let used = links::consume(services, &mut tx, token, Purpose::ResetPassword).await?;
    let user = used.ok_or(AppError::Gone(Gone::Link))?.user_id;
    queries::set_password(&mut tx, user, &password_hash, now).await?;
    queries::verify_address(&mut tx, user, now).await?;
    queries::kill_tokens(&mut tx, user, &Purpose::ENDED_BY_PROOF, now).await?;
    let ended = end_all(services, &mut tx, user, None).await?;
    // Whoever knew the old password may have left a device behind; the one with the mailbox is the person's own.
    queries::delete_devices(&mut tx, user, None).await?;
    let owner = devices::Owner { user, email: None, name: "" };
    let new_device = devices::recognize(services, &mut tx, &owner, caller, false).await?;
    let name = full_name(&found.first_name, &found.last_name);
    let email = stored_address(&found.email)?;
    notices::send(services, &mut tx, (user, &email, &name), SecurityEvent::PasswordReset, caller).await?;
    tx.commit().await?;
    services.outbox.wake();
    ended.announce(services);
    Ok(new_device)
}

/// Changes the password of a signed-in person: all other login sessions and open links end, and a notice is mailed.
/// The caller then gives this browser a new login session.
///
/// # Errors
/// [`FieldErrors`] on `current_password` (counted) or `password`; [`AppError::TooMany`], also after ten changes an
/// hour; [`AppError::Unauthenticated`] when the password was reset or this login session ended meanwhile;
/// [`AppError::Busy`] when hashing is overloaded.
pub async fn change_password(
    services: &Services,
    person: &SignedIn,
    current: &str,
    password: &str,
    caller: &Caller,
) -> Outcome<Admitted> {
    let row = queries::own_account(&services.db, person.user.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    services.passwords.check_room()?;
    confirm(services, person, current, row.password_hash.clone()).await?;
    if current == password {
        return Err(FieldErrors::one("password", "That is the password you have. Choose another.").into());
    }
    let known = KnownWords::new([&*row.first_name, &*row.last_name, &*row.email]);
    let password = known.and_around(services, person.user.get()).await?.strong("password", password)?;
    let password_hash = services.passwords.hash(&password).await?;
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let (user, checked) = (person.user.get(), row.password_hash.as_deref());
    let session = person.login_session.get();
    let changed = queries::change_password(&mut tx, user, session, checked, &password_hash, now).await?;
    let epoch = changed.ok_or(AppError::Unauthenticated(Unauthenticated::SignInRequired))?;
    queries::kill_tokens(&mut tx, user, &Purpose::ENDED_BY_PROOF, now).await?;
    let ended = end_all(services, &mut tx, user, Some(person.login_session)).await?;
    let own_device = caller.device.as_deref().map(hash_token);
    queries::delete_devices(&mut tx, user, own_device.as_ref().map(|hash| &hash[..])).await?;
    let email = stored_address(&row.email)?;
    let event = SecurityEvent::PasswordChanged;
    notices::send(services, &mut tx, (user, &email, &person.full_name), event, caller).await?;
    tx.commit().await?;
    services.outbox.wake();
    ended.announce(services);
    Ok(Admitted { user: person.user, epoch })
}

/// Asks a signed-in person for their password; each wrong one counts.
///
/// # Errors
/// [`FieldErrors`] on `current_password`; [`AppError::TooMany`]; [`AppError::Busy`] when hashing is overloaded.
pub(super) async fn confirm(
    services: &Services,
    person: &SignedIn,
    typed: &str,
    stored: Option<String>,
) -> Outcome<()> {
    let user = person.user.to_string();
    let counted = rules::own_password(&user);
    limits::take(services, &[counted, rules::own_checks(&user)]).await?;
    if !sign_in::fits(services, typed, stored).await? {
        return Err(FieldErrors::one("current_password", "This is not your current password.").into());
    }
    limits::settle(services, counted, None).await
}

/// An address as the database keeps it.
///
/// # Errors
/// [`ServiceError::Broken`] when it is none.
pub(crate) fn stored_address(email: &str) -> Outcome<EmailAddress> {
    EmailAddress::parse(email).map_err(|_| ServiceError::unknown_value("users.email", email))
}
