use domain::SignedIn;
use domain::ids::{OrganizationId, UserId};
use domain::notifications::NotificationKind;
use sqlx::PgConnection;

use super::held::Held;
use crate::mail::{self, EventPlace, Mail, PlaceChange};
use crate::{Outcome, Services, accounts, notifications};

/// Mails somebody what became of their place in the event, if they want such mails; a ban always.
pub(super) async fn tell(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    what: PlaceChange<'_>,
) -> Outcome<()> {
    let link = format!("{}/events/{}", services.public_url, held.row.event_slug);
    let letter = Mail::EventPlace(EventPlace {
        name: &held.full_name,
        event_title: &held.row.event_title,
        by: &person.full_name,
        what,
        link: &link,
    });
    let to = (held.user, held.row.email.as_str(), held.full_name.as_str());
    write(services, tx, held.organization(), to, &letter).await
}

/// A letter of this slice to one person, if they want such mails.
pub(super) async fn write(
    services: &Services,
    tx: &mut PgConnection,
    organization: OrganizationId,
    (user, email, name): (UserId, &str, &str),
    letter: &Mail<'_>,
) -> Outcome<()> {
    let kind = letter.notification().unwrap_or(NotificationKind::RoleChanged);
    if !notifications::wants_mail(tx, user, kind).await? {
        return Ok(());
    }
    let email = accounts::stored_address(email)?;
    mail::enqueue_for(services, tx, organization, &email, name, letter).await
}
