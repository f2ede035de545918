use domain::SignedIn;
use domain::accounts::EmailAddress;
use domain::moderation::{ReportReason, ReportText, SnapshotLine};
use sqlx::PgConnection;

use super::reportable::Reportable;
use crate::mail::{self, AbuseReport, Mail};
use crate::{Outcome, Services};

/// What the contact is called in mails to it.
const NAME: &str = "abuse contact";

/// Mails a report to whoever runs the instance, in the caller's transaction; nothing else of it is kept. Call
/// [`mail::Outbox::wake`] after COMMIT.
///
/// # Errors
/// Database errors only.
pub(super) async fn tell_contact(
    services: &Services,
    tx: &mut PgConnection,
    contact: &EmailAddress,
    (person, seen): (&SignedIn, &Reportable),
    (reason, text, lines): (ReportReason, &ReportText, &[SnapshotLine]),
) -> Outcome<()> {
    let letter = Mail::AbuseReport(AbuseReport {
        name: NAME,
        by: &format!("{} ({})", person.full_name, person.user),
        about: &format!("{} ({})", seen.person_name, seen.person),
        reason: reason.label(),
        text: text.as_str(),
        lines,
        link: &services.public_url,
    });
    mail::enqueue(services, tx, contact, NAME, &letter).await
}
