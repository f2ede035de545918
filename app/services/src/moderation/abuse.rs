use domain::SignedIn;
use domain::accounts::EmailAddress;
use domain::moderation::{ReportReason, ReportTarget, ReportText, SnapshotLine};
use sqlx::PgConnection;

use super::reportable::{Reportable, Unanswered};
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
    (contact, why): (&EmailAddress, &Unanswered),
    (person, seen, target): (&SignedIn, &Reportable, ReportTarget),
    (reason, text, lines): (ReportReason, &ReportText, &[SnapshotLine]),
) -> Outcome<()> {
    let event = match why {
        Unanswered::NoEventInCommon => None,
        Unanswered::NobodyThere { event_title, event_slug } => {
            Some((event_title.as_str(), format!("{}/events/{event_slug}", services.public_url)))
        }
    };
    let letter = Mail::AbuseReport(AbuseReport {
        name: NAME,
        target,
        event: event.as_ref().map(|(title, link)| (*title, link.as_str())),
        by: &format!("{} ({})", person.full_name, person.user),
        about: &format!("{} ({})", seen.person_name, seen.person),
        reason: reason.label(),
        text: text.as_str(),
        lines,
        link: &services.public_url,
    });
    mail::enqueue(services, tx, contact, NAME, &letter).await
}
