use domain::accounts::{Admitted, EmailAddress, FirstName, LastName, Password};
use domain::ids::UserId;
use domain::{AppError, FieldErrors};
use sqlx::PgConnection;

use super::check_strength;
use super::queries::{self, Invited, Purpose};
use crate::{Outcome, Services};

/// What somebody says of themselves who makes their account by an invitation: its address is known.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub first_name: FirstName,
    pub last_name: LastName,
    pub password: Password,
}

impl NewPerson {
    /// The password must be hard to guess for somebody who knows the other fields and `known_words`.
    ///
    /// # Errors
    /// One entry per field: `first_name`, `last_name`, `password`.
    pub fn parse(
        first_name: &str,
        last_name: &str,
        password: &str,
        known_words: &[&str],
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let first = errors.take("first_name", FirstName::parse(first_name));
        let last = errors.take("last_name", LastName::parse(last_name));
        let words = [&[first_name, last_name, "Atria"], known_words].concat();
        let strong =
            Password::parse(password).and_then(|parsed| check_strength(&parsed, &words).map(|()| parsed));
        match (first, last, errors.take("password", strong)) {
            (Some(first_name), Some(last_name), Some(password)) => {
                Ok(Self { first_name, last_name, password })
            }
            _ => Err(errors),
        }
    }
}

/// Makes a placeholder for each address nobody has an account under, and keeps all of them from being removed until the
/// transaction ends: two statements, however many.
///
/// # Errors
/// [`AppError::Busy`] when one of them is removed at this moment; database errors.
pub async fn make_placeholders(
    services: &Services,
    tx: &mut PgConnection,
    addresses: &[String],
) -> Outcome<()> {
    let now = services.clock.now();
    let ids: Vec<_> = addresses.iter().map(|_| services.rng.id(now)).collect();
    queries::insert_placeholders(tx, &ids, addresses, now).await?;
    // The sweep may have removed one between both statements: then nothing was done, and a retry is safe.
    let held = queries::hold_by_address(tx, addresses).await?;
    if held < addresses.len() { Err(AppError::Busy.into()) } else { Ok(()) }
}

/// Makes the account of an invited address in the caller's transaction: confirmed, because the link came by mail,
/// and every other open link of it ends. `None` when the address has a real account, which is left as it is.
///
/// # Errors
/// Database errors only.
pub async fn activate_invited(
    services: &Services,
    tx: &mut PgConnection,
    email: &EmailAddress,
    person: &NewPerson,
    password_hash: &str,
) -> Outcome<Option<Admitted>> {
    let now = services.clock.now();
    let row = Invited {
        id: services.rng.id(now),
        email: email.as_str(),
        first_name: person.first_name.as_str(),
        last_name: person.last_name.as_str(),
        password_hash,
        now,
    };
    let Some(row) = queries::activate_invited(tx, &row).await? else { return Ok(None) };
    queries::kill_tokens(tx, row.id, &Purpose::ENDED_BY_PROOF, now).await?;
    Ok(Some(Admitted { user: UserId::new(row.id), epoch: row.session_epoch }))
}
