use domain::accounts::{Admitted, EmailAddress, FirstName, LastName, Password};
use domain::ids::UserId;
use domain::{AppError, FieldErrors};
use sqlx::PgConnection;

use super::password_rule::invited_words;
use super::queries::{self, Invited, Purpose};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services};

/// What somebody says of themselves who makes their account by an invitation: its address is known.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub first_name: FirstName,
    pub last_name: LastName,
    pub password: Password,
    /// Where the browser says it is.
    pub time_zone: Option<TimeZoneName>,
}

impl NewPerson {
    /// The password must be hard to guess for somebody who knows the other fields, the address, and the names of what
    /// they were invited to.
    ///
    /// # Errors
    /// One entry per field: `first_name`, `last_name`, `password`.
    pub fn parse(
        first_name: &str,
        last_name: &str,
        password: &str,
        email: &EmailAddress,
        names: &[String],
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let first = errors.take("first_name", FirstName::parse(first_name));
        let last = errors.take("last_name", LastName::parse(last_name));
        let known = invited_words([first_name, last_name, email.as_str()], names);
        match (first, last, known.strong("password", password)) {
            (Some(first_name), Some(last_name), Ok(password)) => {
                Ok(Self { first_name, last_name, password, time_zone: None })
            }
            (_, _, refused) => {
                let weak = refused.err().unwrap_or_default();
                weak.iter().for_each(|(field, message)| errors.add(field, message));
                Err(errors)
            }
        }
    }
}

impl NewPerson {
    /// With the zone the browser told, if there is such a one.
    #[must_use]
    pub fn in_zone(self, name: Option<&str>) -> Self {
        Self { time_zone: name.and_then(|name| TimeZoneName::parse(name).ok()), ..self }
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

/// Those of these addresses that have an open account.
///
/// # Errors
/// Database errors only.
pub async fn active_of(tx: &mut PgConnection, addresses: &[String]) -> Outcome<Vec<UserId>> {
    let users = queries::active_of(tx, addresses).await?;
    Ok(users.into_iter().map(UserId::new).collect())
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
        time_zone: person.time_zone.as_ref().map(TimeZoneName::as_str),
        now,
    };
    let Some(row) = queries::activate_invited(tx, &row).await? else { return Ok(None) };
    queries::kill_tokens(tx, row.id, &Purpose::ENDED_BY_PROOF, now).await?;
    Ok(Some(Admitted { user: UserId::new(row.id), epoch: row.session_epoch }))
}
