use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::accounts::stored_address;
use crate::mail::{self, Addressed, EventNews, EventNewsKind, Mail};
use crate::{Outcome, Services};
use domain::accounts::full_name;
use domain::ids::OrganizationId;

/// People one statement reads and writes.
const BATCH: i64 = 1000;

/// Writes a mail to each member and everybody who waits, in the caller's transaction: of a change to those who want
/// such mails, of a cancellation to all.
///
/// # Errors
/// Database errors only.
pub(super) async fn tell_members(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
    what: EventNewsKind<'_>,
) -> Outcome<()> {
    let row = queries::life(&mut *tx, event).await?;
    let when = format!("{}, {}", crate::dates::range(row.start_date, row.end_date), row.time_zone);
    let link = format!("{}/events/{}", services.public_url, row.slug);
    let kind = match what {
        EventNewsKind::Cancelled { .. } => None,
        EventNewsKind::Changed { .. } => Some("EVENT_CHANGED"),
    };
    let mut after = Uuid::nil();
    loop {
        let rows = queries::members_to_tell(&mut *tx, event, kind, after, BATCH).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        let people = rows
            .iter()
            .map(|row| Ok((stored_address(&row.email)?, full_name(&row.first_name, &row.last_name))))
            .collect::<Outcome<Vec<_>>>()?;
        let mails: Vec<Addressed<'_>> = people
            .iter()
            .map(|(to, name)| Addressed {
                to,
                name,
                mail: Mail::EventNews(EventNews {
                    name,
                    event_title: &row.title,
                    when: &when,
                    link: &link,
                    what,
                }),
            })
            .collect();
        mail::enqueue_all(services, tx, OrganizationId::new(row.organization_id), &mails).await?;
    }
}
