use domain::accounts::{EmailAddress, FirstName, LastName, Password, full_name};
use domain::ids::UserId;
use domain::{AppError, FieldErrors, Gone};
use sqlx::PgConnection;
use time::OffsetDateTime;

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
/// The caller answers the same in every case. The returned id lets this browser be signed in when it opens the
/// link; for a known address it names nobody.
///
/// # Errors
/// [`AppError::Busy`] when hashing is overloaded; database errors.
pub async fn sign_up(services: &Services, account: NewAccount) -> Outcome<UserId> {
    // Hashed before the look-up: a known address must take as long as a free one.
    let hash = services.passwords.hash(&account.password).await?;
    let now = services.clock.now();
    let id = services.rng.id(now);
    let mut tx = services.db.begin().await?;
    let stored = queries::upsert_unverified(
        &mut tx,
        &queries::UnverifiedUser {
            id,
            email: account.email.as_str(),
            password_hash: &hash,
            first_name: account.first_name.as_str(),
            last_name: account.last_name.as_str(),
            now,
        },
    )
    .await?;
    let name = full_name(account.first_name.as_str(), account.last_name.as_str());
    if let Some(user) = stored {
        mail_confirmation(services, &mut tx, user, &account.email, &name).await?;
        tx.commit().await?;
        services.outbox.wake();
        return Ok(UserId::new(user));
    }
    let sign_in = format!("{}/signin", services.public_url);
    let owner = queries::user_by_email(&mut *tx, account.email.as_str()).await?;
    let owner_name = owner.map_or(name, |owner| full_name(&owner.first_name, &owner.last_name));
    let letter = Mail::AddressAlreadyRegistered { name: &owner_name, sign_in_link: &sign_in };
    mail::enqueue(services, &mut tx, &account.email, &owner_name, &letter).await?;
    tx.commit().await?;
    services.outbox.wake();
    Ok(UserId::new(id))
}

async fn mail_confirmation(
    services: &Services,
    tx: &mut PgConnection,
    user: uuid::Uuid,
    email: &EmailAddress,
    name: &str,
) -> Outcome<()> {
    let now = services.clock.now();
    let token = services.rng.token();
    let expires_at = now + CONFIRMATION_LIFETIME;
    queries::kill_tokens(tx, user, now).await?;
    queries::insert_token(tx, services.rng.id(now), user, &token.hash(), now, expires_at).await?;
    let link = format!("{}/verify/{}", services.public_url, token.expose());
    mail::enqueue(services, tx, email, name, &Mail::VerifyAddress { name, link: &link, expires_at }).await
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
pub async fn confirm_address(services: &Services, token: &str) -> Outcome<UserId> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let user = queries::consume_token(&mut tx, &hash_token(token), now).await?;
    let user = user.ok_or(AppError::Gone(Gone::Link))?;
    queries::activate(&mut tx, user, now).await?;
    tx.commit().await?;
    Ok(UserId::new(user))
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

/// Sends a new link to an unverified account and kills the old one; at most 3 links an hour per account.
///
/// Answers the same for unknown, confirmed and limited addresses.
///
/// # Errors
/// Database errors only.
pub async fn resend_confirmation(services: &Services, email: &EmailAddress) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let Some(user) = queries::lock_unverified(&mut tx, email.as_str(), now - time::Duration::HOUR).await?
    else {
        return Ok(());
    };
    if user.recent_tokens >= 3 {
        return Ok(());
    }
    let name = full_name(&user.first_name, &user.last_name);
    mail_confirmation(services, &mut tx, user.id, email, &name).await?;
    tx.commit().await?;
    services.outbox.wake();
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
    let row = queries::UnverifiedUser {
        id: services.rng.id(now),
        email: account.email.as_str(),
        password_hash: &hash,
        first_name: account.first_name.as_str(),
        last_name: account.last_name.as_str(),
        now,
    };
    let user = queries::upsert_unverified(&mut tx, &row).await?;
    let user = user.ok_or_else(|| FieldErrors::one("email", "This address has an account already."))?;
    queries::activate(&mut tx, user, now).await?;
    tx.commit().await?;
    Ok(UserId::new(user))
}
