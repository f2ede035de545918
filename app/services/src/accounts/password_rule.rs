//! The password rule (specification 5.1): the one function for sign-up, invitation, reset and change, and what the
//! form shows of it while somebody types.

use domain::accounts::{NewPasswordFor, Password, PasswordEstimate};
use domain::{FieldErrors, Viewer};
use uuid::Uuid;

use super::password_strength::{check_strength, estimate};
use super::{Caller, password, queries, rules};
use crate::rng::hash_token;
use crate::{Outcome, ServiceError, Services, invitations, limits};

/// The product's own name.
const PRODUCT: &str = "Atria";

/// What everybody may know of somebody who sets a password: it must not be guessed from that.
pub(crate) struct KnownWords(Vec<String>);

impl KnownWords {
    /// Address and names of a person, and what else is known where they type.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self(words.into_iter().chain([PRODUCT]).map(ToOwned::to_owned).collect())
    }

    /// With the names of the organizations and events somebody belongs to: one statement.
    pub(super) async fn and_around(mut self, services: &Services, user: Uuid) -> Outcome<Self> {
        self.0.extend(queries::names_around(&services.db, user).await?);
        Ok(self)
    }

    fn as_strs(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).collect()
    }

    /// # Errors
    /// One entry on `field`, with what would help.
    pub(crate) fn strong(&self, field: &str, typed: &str) -> Result<Password, FieldErrors> {
        Password::parse(typed)
            .and_then(|parsed| check_strength(&parsed, &self.as_strs()).map(|()| parsed))
            .map_err(|error| FieldErrors::one(field, error))
    }
}

/// What stands beside a new password in its form.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// Of the link behind which the form is.
    pub token: String,
    /// Where the sign-up goes on to.
    pub next: String,
}

impl Beside {
    /// What is known of somebody who signs up: nothing is looked up, because that would tell strangers who invited the
    /// address.
    pub(super) fn known(&self) -> KnownWords {
        KnownWords::new([&*self.first_name, &*self.last_name, &*self.email, origin_of(&self.next)])
    }
}

/// The name in the address of the event or organization somebody signs up from.
fn origin_of(next: &str) -> &str {
    let below = next.strip_prefix("/events/").or_else(|| next.strip_prefix("/organizations/"));
    below.unwrap_or_default().split(['/', '?', '#']).next().unwrap_or_default()
}

/// How hard a password is to guess that is being typed; the rule answers the same when it is sent.
///
/// # Errors
/// [`domain::AppError::TooMany`] after 120 a minute from one network; [`domain::AppError::Unauthenticated`] for a change
/// without a login session; [`domain::AppError::Gone`] behind a dead link.
pub async fn estimate_password(
    services: &Services,
    viewer: &Viewer,
    place: NewPasswordFor,
    typed: &str,
    beside: &Beside,
    caller: &Caller,
) -> Outcome<PasswordEstimate> {
    limits::take(services, &[rules::estimates(caller)]).await?;
    let known = match place {
        NewPasswordFor::SignUp => beside.known(),
        NewPasswordFor::Invitation => {
            let (address, names) = invitations::known_of_invited(services, &beside.token, caller).await?;
            invited_words([&*beside.first_name, &*beside.last_name, &*address], &names)
        }
        NewPasswordFor::Reset => {
            let token_hash = hash_token(&beside.token);
            let found = queries::resettable(&services.db, &token_hash, services.clock.now()).await?;
            let Some(found) = found else {
                return Err(password::wrong_token(services, caller).await?);
            };
            let words = KnownWords::new([&*found.first_name, &*found.last_name, &*found.email]);
            words.and_around(services, found.user_id).await?
        }
        NewPasswordFor::Change => {
            let user = viewer.signed_in()?.user.get();
            let own = queries::own_account(&services.db, user).await?.ok_or(ServiceError::NOT_FOUND)?;
            let words = KnownWords::new([&*own.first_name, &*own.last_name, &*own.email]);
            words.and_around(services, user).await?
        }
    };
    Ok(estimate(typed, &known.as_strs()))
}

/// What is known of somebody who was invited: themselves, and what they were invited to.
pub(crate) fn invited_words(person: [&str; 3], names: &[String]) -> KnownWords {
    KnownWords::new(person.into_iter().chain(names.iter().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use super::origin_of;

    #[test]
    fn who_signs_up_from_an_event_knows_its_name() {
        assert_eq!(origin_of("/events/lantern-summit/agenda?day=2"), "lantern-summit");
        assert_eq!(origin_of("/organizations/harbour"), "harbour");
        assert_eq!(origin_of("/home"), "");
    }
}
