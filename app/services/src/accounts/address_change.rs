//! Changing the address of an account: the new one confirms, the old one can undo.

use domain::accounts::{EmailAddress, Password, full_name};
use domain::ids::{LoginSessionId, UserId};
use domain::time::Timestamp;
use domain::{AppError, Conflict, FieldErrors, Gone, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::login_sessions::end_all;
use super::password::{stored_address, wrong_token};
use super::queries::{Purpose, UserRow};
use super::{
    CHANGE_LIFETIME, Caller, RESET_LIFETIME, UNDO_DELETION_WITHIN, UNDO_LIFETIME, can_sign_in, links,
    notices, queries, require_recent_sign_in, rules,
};
use crate::db::OnConstraint as _;
use crate::mail::{self, Mail, SecurityEvent};
use crate::rng::{SecretToken, hash_token};
use crate::{Outcome, ServiceError, Services, db, invitations, limits, notifications};

/// Mails a link to the new address, and one to undo it all to the present one; nothing changes until the first is
/// used.
///
/// Answers the same for a free and a taken address, whose owner is told, and when either address was written to too
/// often and nothing is done.
///
/// # Errors
/// [`FieldErrors`] on `email` for the address the account has; [`domain::Denied::SignInNotRecent`].
pub async fn request_address_change(
    services: &Services,
    person: &SignedIn,
    wanted: &EmailAddress,
    caller: &Caller,
) -> Outcome<()> {
    let user = person.user.get();
    let account = queries::own_account(&services.db, user).await?.ok_or(ServiceError::NOT_FOUND)?;
    if account.email == wanted.as_str() {
        return Err(FieldErrors::one("email", "This is the address you have already.").into());
    }
    require_recent_sign_in(services, &services.db, person).await?;
    let present = stored_address(&account.email)?;
    // Counters before people, as everywhere.
    let mut tx = db::begin(&services.db).await?;
    let counted = rules::address_change(wanted.as_str(), present.as_str(), caller);
    match limits::take_in(&mut tx, services.clock.now(), &counted).await {
        Ok(()) => {}
        Err(error) if error.is_too_many() => return Ok(()),
        Err(error) => return Err(error),
    }
    // A reset of the password that ends this login session, or another change, was waited for: everything is asked again.
    queries::lock(&mut tx, user).await?;
    require_recent_sign_in(services, &mut *tx, person).await?;
    let account = queries::own_account(&mut *tx, user).await?.ok_or(ServiceError::NOT_FOUND)?;
    if account.email != present.as_str() {
        return Err(FieldErrors::one("email", "Your address was changed meanwhile. Look again.").into());
    }
    // Whether the address is free or not: an older link ends, so that nobody learns which by looking at it.
    queries::kill_tokens(&mut tx, user, &[Purpose::ChangeAddress], services.clock.now()).await?;
    mail_undo(services, &mut tx, person, &present, wanted, caller).await?;
    match queries::find_by_email(&mut tx, wanted.as_str()).await?.filter(is_taken) {
        Some(owner) => {
            // A link nobody gets: the page shows the same as for a free address.
            let purpose = Purpose::ChangeAddress;
            links::make(services, &mut tx, user, purpose, Some(wanted), CHANGE_LIFETIME).await?;
            tell_owner(services, &mut tx, &owner, wanted).await?;
        }
        None => mail_confirmation(services, &mut tx, person, wanted).await?,
    }
    notices::in_app(services, &mut tx, user, "Another address was asked for your account", caller).await?;
    tx.commit().await?;
    services.outbox.wake();
    notifications::waiting_changed(services, person.user);
    Ok(())
}

/// A change that waits for its link to be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingAddress {
    pub address: String,
    pub until: Timestamp,
}

/// The change that waits, if one does: the same for a free and a taken address.
///
/// # Errors
/// Database errors only.
pub async fn pending_address_change(
    services: &Services,
    person: &SignedIn,
) -> Outcome<Option<PendingAddress>> {
    let row = queries::pending_address(&services.db, person.user.get(), services.clock.now()).await?;
    Ok(row.map(|row| PendingAddress { address: row.address, until: row.expires_at.into() }))
}

/// Gives up a change that waits: its link is dead. Again is fine.
///
/// # Errors
/// Database errors only.
pub async fn cancel_address_change(services: &Services, person: &SignedIn) -> Outcome<()> {
    let user = person.user.get();
    let mut tx = db::begin(&services.db).await?;
    queries::lock(&mut tx, user).await?;
    queries::kill_tokens(&mut tx, user, &[Purpose::ChangeAddress], services.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Whether somebody proved once that the address is theirs.
fn is_taken(owner: &UserRow) -> bool {
    can_sign_in(Some(&owner.state))
}

async fn mail_undo(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    present: &EmailAddress,
    wanted: &EmailAddress,
    caller: &Caller,
) -> Outcome<()> {
    let (user, now) = (person.user.get(), services.clock.now());
    queries::kill_undo_tokens(tx, user, present.as_str(), now).await?;
    let token = links::make(services, tx, user, Purpose::UndoAddress, Some(present), UNDO_LIFETIME).await?;
    let link = format!("{}/address/undo/{}", services.public_url, token.expose());
    let letter = Mail::AddressChangeWanted {
        name: &person.full_name,
        new_address: wanted.as_str(),
        at: now,
        device: &notices::device_in_words(caller),
        undo_link: &link,
        expires_at: now + UNDO_LIFETIME,
    };
    mail::enqueue(services, tx, present, &person.full_name, &letter).await
}

async fn mail_confirmation(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    wanted: &EmailAddress,
) -> Outcome<()> {
    let (user, now) = (person.user.get(), services.clock.now());
    let token =
        links::make(services, tx, user, Purpose::ChangeAddress, Some(wanted), CHANGE_LIFETIME).await?;
    let link = format!("{}/address/{}", services.public_url, token.expose());
    let name = &person.full_name;
    let letter = Mail::ConfirmNewAddress { name, link: &link, expires_at: now + CHANGE_LIFETIME };
    mail::enqueue(services, tx, wanted, name, &letter).await
}

async fn tell_owner(
    services: &Services,
    tx: &mut PgConnection,
    owner: &UserRow,
    address: &EmailAddress,
) -> Outcome<()> {
    let name = full_name(&owner.first_name, &owner.last_name);
    let link = format!("{}/signin", services.public_url);
    let letter = Mail::AddressWantedByAnother { name: &name, sign_in_link: &link };
    mail::enqueue(services, tx, address, &name, &letter).await
}

/// What a link about an address would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressLink {
    pub full_name: String,
    /// The address the account has now.
    pub present: String,
    /// The one the link sets.
    pub address: String,
}

/// Looks at a link to a new address without using it.
///
/// # Errors
/// [`Gone::Link`]; [`AppError::TooMany`] after 20 unknown links an hour from one network.
pub async fn find_address_change(services: &Services, token: &str, caller: &Caller) -> Outcome<AddressLink> {
    find(services, token, Purpose::ChangeAddress, caller).await
}

/// Looks at a link back to the old address without using it.
///
/// # Errors
/// As [`find_address_change`].
pub async fn find_address_undo(services: &Services, token: &str, caller: &Caller) -> Outcome<AddressLink> {
    find(services, token, Purpose::UndoAddress, caller).await
}

async fn find(services: &Services, token: &str, purpose: Purpose, caller: &Caller) -> Outcome<AddressLink> {
    let now = services.clock.now();
    let row = queries::address_link(&services.db, &hash_token(token), purpose, now).await?;
    let Some(row) = row else { return Err(wrong_token(services, caller).await?) };
    Ok(AddressLink {
        full_name: full_name(&row.first_name, &row.last_name),
        present: row.email,
        address: row.address,
    })
}

/// Gives the account the new address by its link. All login sessions end but the one that confirms it, if it is the
/// person's; so do all other open links, but for those back to an old address.
///
/// # Errors
/// [`Gone::Link`]; [`Conflict::AddressTaken`] when somebody else confirmed it meanwhile, and the link still works.
pub async fn confirm_address_change(
    services: &Services,
    viewer: Option<&SignedIn>,
    token: &str,
    caller: &Caller,
) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    make_way(&mut tx, token, Purpose::ChangeAddress).await?;
    let Some(used) = links::consume(services, &mut tx, token, Purpose::ChangeAddress).await? else {
        tx.rollback().await?;
        return Err(wrong_token(services, caller).await?);
    };
    let address = used.address.ok_or(AppError::Gone(Gone::Link))?;
    move_to(&mut tx, used.user_id, &address, now).await?;
    queries::kill_tokens(&mut tx, used.user_id, &Purpose::ENDED_BY_PROOF, now).await?;
    let own: Option<LoginSessionId> =
        viewer.filter(|person| person.user == UserId::new(used.user_id)).map(|person| person.login_session);
    let ended = end_all(services, &mut tx, used.user_id, own).await?;
    notices::in_app(services, &mut tx, used.user_id, "Your account has another address", caller).await?;
    tx.commit().await?;
    ended.announce(services);
    notifications::waiting_changed(services, UserId::new(used.user_id));
    Ok(())
}

/// Locks the invitations of whoever will give way to [`move_to`]: they come before people.
async fn make_way(tx: &mut PgConnection, token: &str, purpose: Purpose) -> Outcome<()> {
    let other = queries::unproved_at_address_of(tx, &hash_token(token), purpose).await?;
    invitations::lock_invited(tx, other.as_slice()).await
}

/// Sets the address, unless it is somebody's. A sign-up with it that nobody confirmed gives way, and so does a
/// placeholder: its invitations go by the address. Anybody can make either, and neither may keep a person from theirs.
async fn move_to(tx: &mut PgConnection, user: Uuid, address: &str, now: time::OffsetDateTime) -> Outcome<()> {
    match queries::find_by_email(tx, address).await? {
        Some(other) if other.id == user => return Ok(()),
        Some(other) if matches!(other.state.as_str(), "UNVERIFIED" | "PLACEHOLDER") => {
            queries::delete_unproved(tx, other.id).await?;
        }
        Some(_) => return Err(Conflict::AddressTaken.into()),
        None => {}
    }
    let taken = || Conflict::AddressTaken.into();
    queries::set_address(tx, user, address, now).await.on_constraint("users_email_unique", taken)
}

/// Takes an account back by the link the old address got: that address counts again, a closed account is open again,
/// nobody is signed in, and the password is one nobody knows. Answers the secret of a link to set a new one.
///
/// # Errors
/// [`Gone::Link`]; [`Conflict::AddressTaken`] when the old address is another account's by now, and the link still
/// works; [`AppError::Busy`] when hashing is overloaded.
pub async fn undo_address_change(services: &Services, token: &str, caller: &Caller) -> Outcome<SecretToken> {
    let now = services.clock.now();
    find_address_undo(services, token, caller).await?;
    let password_hash = unknown_password(services).await?;
    let mut tx = db::begin(&services.db).await?;
    make_way(&mut tx, token, Purpose::UndoAddress).await?;
    let used = links::consume(services, &mut tx, token, Purpose::UndoAddress).await?;
    let used = used.ok_or(AppError::Gone(Gone::Link))?;
    let (user, address) = (used.user_id, used.address.ok_or(AppError::Gone(Gone::Link))?);
    move_to(&mut tx, user, &address, now).await?;
    queries::set_password(&mut tx, user, &password_hash, now).await?;
    queries::reopen(&mut tx, user, now, now - UNDO_DELETION_WITHIN).await?;
    queries::kill_tokens(&mut tx, user, &Purpose::ENDED_BY_PROOF, now).await?;
    // Whoever changed it may hold links back to addresses of their own. Older ones are the person's.
    queries::kill_later_undo_tokens(&mut tx, user, used.created_at, now).await?;
    queries::delete_devices(&mut tx, user, None).await?;
    let ended = end_all(services, &mut tx, user, None).await?;
    let reset = links::make(services, &mut tx, user, Purpose::ResetPassword, None, RESET_LIFETIME).await?;
    let email = stored_address(&address)?;
    let owner = queries::find_by_email(&mut tx, &address).await?;
    let name = owner.map(|row| full_name(&row.first_name, &row.last_name)).unwrap_or_default();
    notices::send(services, &mut tx, (user, &email, &name), SecurityEvent::AddressRestored, caller).await?;
    tx.commit().await?;
    services.outbox.wake();
    ended.announce(services);
    Ok(reset)
}

async fn unknown_password(services: &Services) -> Outcome<String> {
    let secret = services.rng.token();
    let password = Password::parse(secret.expose())
        .map_err(|error| ServiceError::Broken(format!("a token is no password: {error}")))?;
    services.passwords.hash(&password).await
}
