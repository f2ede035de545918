//! How often may be invited (specification 21.2).

use domain::FieldErrors;
use domain::ids::{OrganizationId, UserId};
use domain::limits::{Pause, Rule};
use time::Duration;

use crate::limits::Limit;

/// Mails with an invitation, whoever sends them.
const MAILS_TO_RECIPIENT: Rule = Rule { max: 3, window: Duration::HOUR, pause: Pause::Rest };
const RECIPIENTS_OF_ORGANIZATION: Rule = Rule { max: 1000, window: Duration::DAY, pause: Pause::Rest };
const SINGLE_ONES_OF_PERSON: Rule = Rule { max: 60, window: Duration::HOUR, pause: Pause::Rest };

pub(super) fn to_recipient(address: &str) -> Limit {
    Limit::new(MAILS_TO_RECIPIENT, "invitation to", &[address])
}

/// Mails with open invitations that the owner of an address asks for; not counted among those of the inviters.
pub(super) fn again(address: &str) -> Limit {
    Limit::new(MAILS_TO_RECIPIENT, "invitation again to", &[address])
}

/// Events count for the organization they belong to.
pub(super) fn of_organization(organization: OrganizationId, recipients: usize) -> Limit {
    let organization = organization.to_string();
    Limit::new(RECIPIENTS_OF_ORGANIZATION, "invitations of organization", &[&organization]).times(recipients)
}

/// A list with more recipients than a day has room for would never be sent.
///
/// # Errors
/// [`FieldErrors`] on `addresses`.
pub(super) fn fits_a_day(recipients: usize) -> Result<(), FieldErrors> {
    let most = RECIPIENTS_OF_ORGANIZATION.max;
    if i32::try_from(recipients).is_ok_and(|recipients| recipients <= most) {
        return Ok(());
    }
    Err(FieldErrors::one(
        "addresses",
        format_args!(
            "An organization sends at most {most} invitations a day, and {recipients} of these can be invited. \
             Import a part of them, and the rest tomorrow: who has an open invitation is left out by itself."
        ),
    ))
}

/// One invitation by hand, also a repeated one. Recipients are counted before it, as for many at once: whoever waits for
/// one of these counters holds none that another waits for.
pub(super) fn single(person: UserId, organization: OrganizationId) -> [Limit; 2] {
    let person = Limit::new(SINGLE_ONES_OF_PERSON, "single invitations", &[&person.to_string()]);
    [person, of_organization(organization, 1)]
}
