use domain::ids::{OrganizationId, UserId};
use domain::notifications::News;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::mail::{self, Addressed, Mail};
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, Services, accounts, dates};

/// Gives the free seats of these events to those who wait longest, each with a mail, in the transaction that made
/// the seats free and holds the events. Nobody moves up after the end, or in a cancelled, archived or deleted event.
/// Call [`mail::Outbox::wake`] after COMMIT, and announce who moved up.
///
/// # Errors
/// Database errors only.
pub(crate) async fn free_seats(services: &Services, tx: &mut PgConnection, events: &[Uuid]) -> Outcome<Told> {
    let mut told = Told::default();
    if events.is_empty() {
        return Ok(told);
    }
    let promoted = queries::promote(tx, events, services.clock.now()).await?;
    for of_event in promoted.chunk_by(|one, next| one.event_id == next.event_id) {
        told = told.and(tell(services, tx, of_event).await?);
    }
    Ok(told)
}

/// All of one event.
async fn tell(
    services: &Services,
    tx: &mut PgConnection,
    promoted: &[queries::PromotedRow],
) -> Outcome<Told> {
    let Some(event) = promoted.first() else { return Ok(Told::default()) };
    let page = format!("{}/events/{}", services.public_url, event.slug);
    let link = format!("{page}/now");
    let when = format!("{}, {}", dates::range(event.start_date, event.end_date), event.time_zone);
    let addresses =
        promoted.iter().map(|row| accounts::stored_address(&row.email)).collect::<Outcome<Vec<_>>>()?;
    let mails: Vec<Addressed<'_>> = promoted
        .iter()
        .zip(&addresses)
        .map(|(row, to)| Addressed {
            to,
            name: &row.full_name,
            mail: Mail::Promoted {
                name: &row.full_name,
                event_title: &row.title,
                when: &when,
                page: &page,
                link: &link,
            },
        })
        .collect();
    mail::enqueue_all(services, tx, OrganizationId::new(event.organization_id), &mails).await?;
    let users: Vec<UserId> = promoted.iter().map(|row| UserId::new(row.user_id)).collect();
    let telling = Telling {
        news: News::Promoted,
        by: None,
        names_actor: false,
        subject: Some(&event.title),
        detail: None,
        link: &format!("/events/{}/now", event.slug),
        thing: &event.event_id.to_string(),
    };
    notifications::tell(services, tx, &users, &telling).await
}
