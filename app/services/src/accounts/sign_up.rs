use domain::accounts::{EmailAddress, FirstName, LastName, Password, full_name};
use domain::ids::{SignUpId, UserId};
use domain::{AppError, FieldErrors, Gone};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{CONFIRMATION_LIFETIME, check_strength, queries};
use crate::mail::{self, Mail};
use crate::rng::hash_token;
use crate::{Outcome, Services};

/// A person's wish for an account, every field parsed.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub first_name: FirstName,
    pub last_name: LastName,
    pub email: EmailAddress,
    pub password: Password,
}

/// A confirmed address: whose it is, by which sign-up, and where that sign-up wanted to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    pub user: UserId,
    pub sign_up: SignUpId,
    pub next: Option<String>,
}

/// What the confirmation page shows before anything is consumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSignUp {
    pub user: UserId,
    pub full_name: String,
    pub email: String,
    pub signed_up_at: OffsetDateTime,
}

impl NewAccount {
    /// Reads the sign-up form; `password` must also be hard to guess for somebody who knows the other fields.
    ///
    /// # Errors
    /// One entry per field: `first_name`, `last_name`, `email`, `password`.
    pub fn parse(
        first_name: &str,
        last_name: &str,
        email: &str,
        password: &str,
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let first = errors.take("first_name", FirstName::parse(first_name));
        let last = errors.take("last_name", LastName::parse(last_name));
        let address = errors.take("email", EmailAddress::parse(email));
        let strong = Password::parse(password).and_then(|parsed| {
            check_strength(&parsed, &[first_name, last_name, email, "Atria"]).map(|()| parsed)
        });
        let secret = errors.take("password", strong);
        match (first, last, address, secret) {
            (Some(first_name), Some(last_name), Some(email), Some(password)) => {
                Ok(Self { first_name, last_name, email, password })
            }
            _ => Err(errors),
        }
    }
}

/// Makes or replaces an unverified account and mails the link, or tells the owner of a known address.
///
/// The caller answers the same in every case, also when the address was written to 3 times within the hour and
/// nothing is done. `next` is the path to go on to after confirming. The returned id lets this browser be signed in by the link of this very sign-up.
///
/// # Errors
/// [`AppError::Busy`] when hashing is overloaded; database errors.
pub async fn sign_up(services: &Services, account: NewAccount, next: Option<&str>) -> Outcome<SignUpId> {
    // Hashed before the look-up: a known address must take as long as a free one.
    let hash = services.passwords.hash(&account.password).await?;
    let now = services.clock.now();
    let sign_up = services.rng.id(now);
    let mut tx = services.db.begin().await?;
    let stored =
        queries::upsert_unverified(&mut tx, &row(&account, services.rng.id(now), sign_up, &hash, next, now))
            .await?;
    let name = full_name(account.first_name.as_str(), account.last_name.as_str());
    let mailed = match stored {
        Some(user) => mail_confirmation(services, &mut tx, user, &account.email, &name).await?,
        None => mail_owner(services, &mut tx, &account.email).await?,
    };
    match mailed {
        Mailed::Yes => {
            tx.commit().await?;
            services.outbox.wake();
        }
        Mailed::TooOften => tx.rollback().await?,
    }
    Ok(SignUpId::new(sign_up))
}

fn row<'a>(
    account: &'a NewAccount,
    id: Uuid,
    sign_up_id: Uuid,
    hash: &'a str,
    next: Option<&'a str>,
    now: OffsetDateTime,
) -> queries::UnverifiedUser<'a> {
    queries::UnverifiedUser {
        id,
        sign_up_id,
        email: account.email.as_str(),
        password_hash: hash,
        first_name: account.first_name.as_str(),
        last_name: account.last_name.as_str(),
        next,
        now,
    }
}

/// Whether a mail was written, or the address has had its share for this hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mailed {
    Yes,
    TooOften,
}

/// Mails of sign-up an address gets within an hour (specification 21.2).
const MAILS_PER_HOUR: i64 = 3;

/// The caller holds the lock on the account, so parallel calls count one after the other.
async fn is_too_often(services: &Services, tx: &mut PgConnection, email: &EmailAddress) -> Outcome<bool> {
    let since = services.clock.now() - time::Duration::HOUR;
    Ok(mail::count_since(tx, email, since).await? >= MAILS_PER_HOUR)
}

/// Tells the owner of a known address that somebody signed up with it.
async fn mail_owner(services: &Services, tx: &mut PgConnection, email: &EmailAddress) -> Outcome<Mailed> {
    let Some(owner) = queries::lock_by_email(tx, email.as_str()).await? else { return Ok(Mailed::TooOften) };
    if is_too_often(services, tx, email).await? {
        return Ok(Mailed::TooOften);
    }
    let name = full_name(&owner.first_name, &owner.last_name);
    let sign_in = format!("{}/signin", services.public_url);
    let letter = Mail::AddressAlreadyRegistered { name: &name, sign_in_link: &sign_in };
    mail::enqueue(services, tx, email, &name, &letter).await?;
    Ok(Mailed::Yes)
}

async fn mail_confirmation(
    services: &Services,
    tx: &mut PgConnection,
    user: Uuid,
    email: &EmailAddress,
    name: &str,
) -> Outcome<Mailed> {
    if is_too_often(services, tx, email).await? {
        return Ok(Mailed::TooOften);
    }
    let now = services.clock.now();
    let token = services.rng.token();
    let expires_at = now + CONFIRMATION_LIFETIME;
    queries::kill_tokens(tx, user, now).await?;
    queries::insert_token(tx, services.rng.id(now), user, &token.hash(), now, expires_at).await?;
    let link = format!("{}/verify/{}", services.public_url, token.expose());
    mail::enqueue(services, tx, email, name, &Mail::VerifyAddress { name, link: &link, expires_at }).await?;
    Ok(Mailed::Yes)
}

/// Looks at a confirmation link without using it.
///
/// # Errors
/// [`Gone::Link`] when it is unknown, used, replaced or expired.
pub async fn find_sign_up(services: &Services, token: &str) -> Outcome<PendingSignUp> {
    let row = queries::pending_sign_up(&services.db, &hash_token(token), services.clock.now()).await?;
    let row = row.ok_or(AppError::Gone(Gone::Link))?;
    Ok(PendingSignUp {
        user: UserId::new(row.user_id),
        full_name: full_name(&row.first_name, &row.last_name),
        email: row.email,
        signed_up_at: row.created_at,
    })
}

/// Consumes the link and makes the account ACTIVE, in one transaction; of parallel calls one succeeds.
///
/// # Errors
/// [`Gone::Link`] when it is unknown, used, replaced or expired.
pub async fn confirm_address(services: &Services, token: &str) -> Outcome<Confirmed> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let user = queries::consume_token(&mut tx, &hash_token(token), now).await?;
    let user = user.ok_or(AppError::Gone(Gone::Link))?;
    let row = queries::activate(&mut tx, user, now).await?.ok_or(AppError::Gone(Gone::Link))?;
    tx.commit().await?;
    Ok(Confirmed { user: UserId::new(user), sign_up: SignUpId::new(row.sign_up_id), next: row.sign_up_next })
}

/// "This wasn't me": consumes the link and removes the unverified account.
///
/// # Errors
/// [`Gone::Link`] when it is unknown, used, replaced or expired.
pub async fn withdraw_sign_up(services: &Services, token: &str) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let user = queries::consume_token(&mut tx, &hash_token(token), now).await?;
    let user = user.ok_or(AppError::Gone(Gone::Link))?;
    queries::delete_unverified(&mut tx, user).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends a new link to an unverified account and kills the old one; at most 3 mails an hour per address.
///
/// Answers the same for unknown, confirmed and limited addresses.
///
/// # Errors
/// Database errors only.
pub async fn resend_confirmation(services: &Services, email: &EmailAddress) -> Outcome<()> {
    let mut tx = services.db.begin().await?;
    let user = queries::lock_by_email(&mut tx, email.as_str()).await?;
    let Some(user) = user.filter(|user| user.state == "UNVERIFIED") else { return Ok(()) };
    let name = full_name(&user.first_name, &user.last_name);
    if mail_confirmation(services, &mut tx, user.id, email, &name).await? == Mailed::Yes {
        tx.commit().await?;
        services.outbox.wake();
    }
    Ok(())
}

/// Whether anybody has an account here.
///
/// # Errors
/// Database errors only.
pub async fn any_exists(services: &Services) -> Outcome<bool> {
    Ok(queries::any_user(&services.db).await?)
}

/// Makes an ACTIVE account at once, without mail: for the operator's demo, never for a request.
///
/// # Errors
/// [`AppError::Busy`] when hashing is overloaded; [`domain::FieldErrors`] when the address is taken.
pub async fn sign_up_confirmed(services: &Services, account: NewAccount) -> Outcome<UserId> {
    let hash = services.passwords.hash(&account.password).await?;
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let row = row(&account, services.rng.id(now), services.rng.id(now), &hash, None, now);
    let user = queries::upsert_unverified(&mut tx, &row).await?;
    let user = user.ok_or_else(|| FieldErrors::one("email", "This address has an account already."))?;
    queries::activate(&mut tx, user, now).await?;
    tx.commit().await?;
    Ok(UserId::new(user))
}
