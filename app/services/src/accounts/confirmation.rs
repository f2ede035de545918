use domain::accounts::{Admitted, full_name};
use domain::ids::{SignUpId, UserId};
use domain::{AppError, FieldErrors, Gone};
use time::OffsetDateTime;

use super::password::wrong_token;
use super::queries::{self, Purpose};
use super::{Caller, links, rules, sign_in};
use crate::limits;
use crate::rng::hash_token;
use crate::{Outcome, Services, db, invitations};

/// What the confirmation page shows before anything is consumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSignUp {
    pub user: UserId,
    pub sign_up: SignUpId,
    pub full_name: String,
    pub email: String,
    pub signed_up_at: OffsetDateTime,
}

/// A confirmed address: whose it is, and where the sign-up wanted to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    pub admitted: Admitted,
    pub next: Option<String>,
}

/// Looks at a confirmation link without using it.
///
/// # Errors
/// [`Gone::Link`] when it is unknown, used, replaced or expired; [`AppError::TooMany`] after 20 of those an hour from
/// one network.
pub async fn find_sign_up(services: &Services, token: &str, caller: &Caller) -> Outcome<PendingSignUp> {
    let row = pending(services, token, caller).await?;
    Ok(PendingSignUp {
        user: UserId::new(row.user_id),
        sign_up: SignUpId::new(row.sign_up_id),
        full_name: full_name(&row.first_name, &row.last_name),
        email: row.email,
        signed_up_at: row.created_at,
    })
}

async fn pending(services: &Services, token: &str, caller: &Caller) -> Outcome<queries::PendingRow> {
    let row = queries::pending_sign_up(&services.db, &hash_token(token), services.clock.now()).await?;
    match row {
        Some(row) => Ok(row),
        None => Err(wrong_token(services, caller).await?),
    }
}

/// Consumes the link and makes the account ACTIVE, in one transaction; of parallel calls one succeeds.
///
/// `made` is the sign-up this browser made last, if any; for another one `password` must be the one chosen then. The
/// mailbox alone is not enough: a stranger may have signed up with its address, and would know the password of the
/// account that its owner confirms.
///
/// # Errors
/// [`Gone::Link`] when it is unknown, used, replaced or expired; [`FieldErrors`] on `password`, counted, and
/// [`AppError::TooMany`] after 5 of those; [`AppError::Busy`] when hashing is overloaded.
pub async fn confirm_address(
    services: &Services,
    token: &str,
    made: Option<SignUpId>,
    password: &str,
    caller: &Caller,
) -> Outcome<Confirmed> {
    let found = pending(services, token, caller).await?;
    if made != Some(SignUpId::new(found.sign_up_id)) {
        check_password(services, &found, password).await?;
    }
    let mut tx = db::begin(&services.db).await?;
    // A sign-up that came meanwhile, with another password, has killed this link.
    let Some(used) = links::consume(services, &mut tx, token, Purpose::VerifyAddress).await? else {
        tx.rollback().await?;
        return Err(wrong_token(services, caller).await?);
    };
    let row = queries::activate(&mut tx, used.user_id, services.clock.now()).await?;
    let row = row.ok_or(AppError::Gone(Gone::Link))?;
    tx.commit().await?;
    let admitted = Admitted { user: UserId::new(used.user_id), epoch: row.session_epoch };
    Ok(Confirmed { admitted, next: row.sign_up_next })
}

async fn check_password(services: &Services, found: &queries::PendingRow, typed: &str) -> Outcome<()> {
    if typed.is_empty() {
        return Err(FieldErrors::one("password", "Enter the password you chose when you signed up.").into());
    }
    services.passwords.check_room()?;
    let counted = rules::sign_up_password(&found.user_id.to_string());
    limits::take(services, &[counted]).await?;
    if sign_in::fits(services, typed, found.password_hash.clone()).await? {
        return limits::settle(services, counted, None).await;
    }
    let text = "This is not the password of this sign-up. If it may be somebody else's, choose “This wasn't me” and \
                sign up anew.";
    Err(FieldErrors::one("password", text).into())
}

/// "This wasn't me": consumes the link and removes the unverified account.
///
/// # Errors
/// [`Gone::Link`] when it is unknown, used, replaced or expired.
pub async fn withdraw_sign_up(services: &Services, token: &str, caller: &Caller) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let owner = queries::token_owner(&mut tx, &hash_token(token), Purpose::VerifyAddress).await?;
    invitations::lock_invited(&mut tx, owner.as_slice()).await?;
    let Some(used) = links::consume(services, &mut tx, token, Purpose::VerifyAddress).await? else {
        tx.rollback().await?;
        return Err(wrong_token(services, caller).await?);
    };
    queries::delete_unproved(&mut tx, used.user_id).await?;
    tx.commit().await?;
    Ok(())
}
