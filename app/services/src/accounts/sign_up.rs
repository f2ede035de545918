use domain::FieldErrors;
use domain::accounts::{EmailAddress, FirstName, LastName, Password, full_name};
use domain::ids::{SignUpId, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::password_rule::Beside;
use super::queries::Purpose;
use super::{CONFIRMATION_LIFETIME, Caller, links, queries, rules};
use crate::limits;
use crate::mail::{self, Mail};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services, db};

/// A person's wish for an account, every field parsed.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub first_name: FirstName,
    pub last_name: LastName,
    pub email: EmailAddress,
    pub password: Password,
    /// Where the browser says it is.
    pub time_zone: Option<TimeZoneName>,
}

impl NewAccount {
    /// Reads the sign-up form. Whether `password` is hard to guess is asked when the limits allow it: that costs more.
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
        let secret = errors.take("password", Password::parse(password));
        match (first, last, address, secret) {
            (Some(first_name), Some(last_name), Some(email), Some(password)) => {
                Ok(Self { first_name, last_name, email, password, time_zone: None })
            }
            _ => Err(errors),
        }
    }

    /// With the zone the browser told, if there is such a one.
    #[must_use]
    pub fn in_zone(self, name: Option<&str>) -> Self {
        Self { time_zone: name.and_then(|name| TimeZoneName::parse(name).ok()), ..self }
    }

    /// Whether the password is hard to guess for somebody who knows the other fields and where they come from.
    fn check_strength(&self, next: Option<&str>) -> Result<(), FieldErrors> {
        let beside = Beside {
            first_name: self.first_name.as_str().to_owned(),
            last_name: self.last_name.as_str().to_owned(),
            email: self.email.to_string(),
            next: next.unwrap_or_default().to_owned(),
            ..Beside::default()
        };
        beside.known().strong("password", self.password.expose()).map(drop)
    }
}

/// Makes or replaces an unverified account and mails the link, or tells the owner of a known address.
///
/// The caller answers the same in every case, also when the address was written to 3 times within the hour and
/// nothing is done, which is `None`. `next` is the path to go on to after confirming. The returned id lets this browser
/// be signed in by the link of this very sign-up.
///
/// # Errors
/// [`domain::AppError::TooMany`] after 10 sign-ups an hour from one network; [`FieldErrors`] on `password`; [`domain::AppError::Busy`]
/// when hashing is overloaded; database errors.
pub async fn sign_up(
    services: &Services,
    account: NewAccount,
    next: Option<&str>,
    caller: &Caller,
) -> Outcome<Option<SignUpId>> {
    services.passwords.check_room()?;
    // A refused password is no sign-up. It costs an estimate, and is counted as one.
    limits::check(services, &[rules::sign_up(caller)]).await?;
    limits::take(services, &[rules::estimates(caller)]).await?;
    account.check_strength(next)?;
    limits::take(services, &[rules::sign_up(caller)]).await?;
    // Hashed before the look-up: a known address must take as long as a free one.
    let hash = services.passwords.hash(&account.password).await?;
    let now = services.clock.now();
    let sign_up = services.rng.id(now);
    let mut tx = db::begin(&services.db).await?;
    if !may_mail(services, &mut tx, &account.email, caller).await? {
        return Ok(None);
    }
    let stored =
        queries::upsert_unverified(&mut tx, &row(&account, services.rng.id(now), sign_up, &hash, next, now))
            .await?;
    let name = full_name(account.first_name.as_str(), account.last_name.as_str());
    match stored {
        Some(user) => mail_confirmation(services, &mut tx, user, &account.email, &name).await?,
        None => mail_owner(services, &mut tx, &account.email).await?,
    }
    tx.commit().await?;
    services.outbox.wake();
    Ok(stored.map(|_| SignUpId::new(sign_up)))
}

/// Counts a mail of sign-up; `false` when the address or the network has had its share for this hour.
///
/// The counter's row is locked until the transaction ends, so of parallel calls each sees those before.
async fn may_mail(
    services: &Services,
    tx: &mut PgConnection,
    email: &EmailAddress,
    caller: &Caller,
) -> Outcome<bool> {
    let counted = rules::mail("confirm", email.as_str(), caller);
    match limits::take_in(tx, services.clock.now(), &counted).await {
        Ok(()) => Ok(true),
        Err(error) if error.is_too_many() => Ok(false),
        Err(error) => Err(error),
    }
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
        time_zone: account.time_zone.as_ref().map(TimeZoneName::as_str),
        next,
        now,
    }
}

/// Tells the owner of a known address that somebody signed up with it.
async fn mail_owner(services: &Services, tx: &mut PgConnection, email: &EmailAddress) -> Outcome<()> {
    let Some(owner) = queries::lock_by_email(tx, email.as_str()).await? else { return Ok(()) };
    let name = full_name(&owner.first_name, &owner.last_name);
    let sign_in = format!("{}/signin", services.public_url);
    let letter = Mail::AddressAlreadyRegistered { name: &name, sign_in_link: &sign_in };
    mail::enqueue(services, tx, email, &name, &letter).await
}

async fn mail_confirmation(
    services: &Services,
    tx: &mut PgConnection,
    user: Uuid,
    email: &EmailAddress,
    name: &str,
) -> Outcome<()> {
    let now = services.clock.now();
    queries::kill_tokens(tx, user, &[Purpose::VerifyAddress], now).await?;
    let token = links::make(services, tx, user, Purpose::VerifyAddress, None, CONFIRMATION_LIFETIME).await?;
    let expires_at = now + CONFIRMATION_LIFETIME;
    let link = format!("{}/verify/{}", services.public_url, token.expose());
    mail::enqueue(services, tx, email, name, &Mail::VerifyAddress { name, link: &link, expires_at }).await
}

/// Sends a new link to an unverified account and kills the old one; at most 3 mails an hour per address.
///
/// Answers the same for unknown, confirmed and limited addresses.
///
/// # Errors
/// Database errors only.
pub async fn resend_confirmation(services: &Services, email: &EmailAddress, caller: &Caller) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    if !may_mail(services, &mut tx, email, caller).await? {
        return Ok(());
    }
    let user = queries::lock_by_email(&mut tx, email.as_str()).await?;
    if let Some(user) = user.filter(|user| user.state == "UNVERIFIED") {
        let name = full_name(&user.first_name, &user.last_name);
        mail_confirmation(services, &mut tx, user.id, email, &name).await?;
    }
    // Also without a mail: the tries are counted for everybody.
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
/// [`domain::AppError::Busy`] when hashing is overloaded; [`domain::FieldErrors`] on `password`, and when the address is taken.
pub async fn sign_up_confirmed(services: &Services, account: NewAccount) -> Outcome<UserId> {
    account.check_strength(None)?;
    let hash = services.passwords.hash(&account.password).await?;
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = row(&account, services.rng.id(now), services.rng.id(now), &hash, None, now);
    let user = queries::upsert_unverified(&mut tx, &row).await?;
    let user = user.ok_or_else(|| FieldErrors::one("email", "This address has an account already."))?;
    queries::activate(&mut tx, user, now).await?;
    tx.commit().await?;
    Ok(UserId::new(user))
}
