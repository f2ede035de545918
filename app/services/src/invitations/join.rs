use domain::accounts::{Admitted, EmailAddress, full_name};
use domain::error::Unauthenticated;
use domain::ids::{EventId, LoginSessionId};
use domain::invitations::InvitationStatus;
use domain::{AppError, SignedIn};
use uuid::Uuid;

use super::entry::{self, Accepted};
use super::find::{Key, end_by_itself, open};
use crate::accounts::{self, Caller, NewPerson};
use crate::{Outcome, ServiceError, Services, attendees, db};

/// Makes the account of an invited address by the link and accepts with it, in one transaction. Whatever nobody
/// confirmed under the address is replaced. The caller then begins a login session. Whoever is signed in accepts instead.
///
/// # Errors
/// As [`super::accept`]; [`domain::FieldErrors`] on `first_name`, `last_name` or `password`;
/// [`Unauthenticated::SignInRequired`] when the address has an account; [`AppError::Busy`] when hashing is overloaded.
pub async fn join(
    services: &Services,
    token: &str,
    [first_name, last_name, password]: [&str; 3],
    time_zone: Option<&str>,
    caller: &Caller,
) -> Outcome<(Admitted, String, Accepted)> {
    services.passwords.check_room()?;
    let key = Key::Token(token);
    let open = open(services, key, None, caller).await?;
    let sign_in = || AppError::Unauthenticated(Unauthenticated::SignInRequired);
    if open.row.has_account() {
        return Err(sign_in().into());
    }
    let email = EmailAddress::parse(&open.row.address)
        .map_err(|_| ServiceError::unknown_value("invitations.address", &open.row.address))?;
    let new =
        NewPerson::parse(first_name, last_name, password, &email, &open.row.names())?.in_zone(time_zone);
    let hash = services.passwords.hash(&new.password).await?;

    let mut tx = db::begin(&services.db).await?;
    let locked = entry::lock(services, &mut tx, &open, key).await?;
    let admitted = accounts::activate_invited(services, &mut tx, &email, &new, &hash).await?;
    let admitted = admitted.ok_or_else(sign_in)?;
    let person = SignedIn {
        user: admitted.user,
        // There is none yet: it begins after COMMIT.
        login_session: LoginSessionId::new(Uuid::nil()),
        full_name: full_name(new.first_name.as_str(), new.last_name.as_str()),
        avatar: None,
    };
    let accepted = match locked.enter(services, &mut tx, &person).await? {
        Ok(accepted) => accepted,
        Err(refusal) => {
            // An account made for nothing is not made; that the invitation is over stays.
            tx.rollback().await?;
            end_by_itself(services, &open, InvitationStatus::Cancelled).await?;
            return Err(refusal.into());
        }
    };
    tx.commit().await?;
    if let Some(event) = open.row.event_id {
        attendees::members_changed(services, EventId::new(event)).await;
    }
    Ok((admitted, open.leads_to(), accepted))
}
