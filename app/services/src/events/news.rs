use domain::SignedIn;
use domain::accounts::{EmailAddress, full_name};
use domain::ids::{OrganizationId, UserId};
use domain::notifications::MailRule;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::accounts::stored_address;
use crate::mail::{self, Addressed, EventNews, EventNewsKind, Mail};
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, Services};

/// People one statement reads and writes.
const BATCH: i64 = 1000;

/// What COMMIT makes public of news to an event's members.
#[must_use = "open pages learn of it by `announce`, after COMMIT"]
pub(super) struct ToldMembers(Vec<Told>);

impl ToldMembers {
    pub(super) fn announce(self, services: &Services) {
        for told in self.0 {
            told.announce(services);
        }
    }
}

/// Tells each member and everybody who waits what `by` did, in the caller's transaction: in the app and by mail, of a
/// change those who want it, of a cancellation all.
///
/// # Errors
/// Database errors only.
pub(super) async fn tell_members(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
    by: &SignedIn,
    what: EventNewsKind<'_>,
) -> Outcome<ToldMembers> {
    let row = queries::life(&mut *tx, event).await?;
    let kind = what.notification();
    let chosen = match kind.mail() {
        MailRule::Always => None,
        MailRule::On | MailRule::Off => Some(kind.as_str()),
    };
    let mut told = Vec::new();
    let mut after = Uuid::nil();
    loop {
        let members = queries::members_to_tell(&mut *tx, event, chosen, after, BATCH).await?;
        let Some(last) = members.last() else { return Ok(ToldMembers(told)) };
        after = last.id;
        let users: Vec<UserId> = members.iter().map(|member| UserId::new(member.id)).collect();
        let telling = Telling {
            news: what.news(),
            by: Some(by),
            names_actor: false,
            subject: Some(&row.title),
            detail: Some(&detail(what)),
            link: &format!("/events/{}", row.slug),
            thing: &event.to_string(),
        };
        told.push(notifications::tell(services, tx, &users, &telling).await?);
        write_mails(services, tx, &row, &members, what).await?;
    }
}

/// What it is, as the list of news has it.
fn detail(what: EventNewsKind<'_>) -> String {
    match what {
        EventNewsKind::Cancelled { reason } => reason.to_owned(),
        EventNewsKind::Changed { facts } => {
            facts.iter().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("\n")
        }
        EventNewsKind::Reminder { place, .. } => place.to_owned(),
    }
}

async fn write_mails(
    services: &Services,
    tx: &mut PgConnection,
    row: &queries::LifeRow,
    members: &[queries::ToTellRow],
    what: EventNewsKind<'_>,
) -> Outcome<()> {
    let when = format!("{}, {}", crate::dates::range(row.start_date, row.end_date), row.time_zone);
    let link = format!("{}/events/{}", services.public_url, row.slug);
    let people: Vec<(EmailAddress, String)> = members
        .iter()
        .filter(|member| member.wants_mail)
        .map(|member| Ok((stored_address(&member.email)?, full_name(&member.first_name, &member.last_name))))
        .collect::<Outcome<_>>()?;
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
    if !mails.is_empty() {
        mail::enqueue_all(services, tx, OrganizationId::new(row.organization_id), &mails).await?;
    }
    Ok(())
}
