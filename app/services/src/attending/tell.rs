//! Who chose a session is told what became of it: ten minutes after the last change of it, in one mail.

use std::time::Duration as StdDuration;

use domain::accounts::{EmailAddress, full_name};
use domain::ids::{OrganizationId, UserId};
use domain::notifications::News;
use sqlx::PgConnection;
use time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::changes::field_label;
use super::queries;
use super::starting::tell_starts;
use crate::mail::{self, Addressed, Mail, SessionNews};
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, Services, db, periodic};

/// So long nothing more has to change before people are told.
const QUIET: Duration = Duration::minutes(10);
const LOOK_EVERY: StdDuration = StdDuration::from_secs(30);
/// Sessions told in one go; the rest follow in the next.
const AT_ONCE: i64 = 50;

/// Looks every half a minute, until `stop`.
pub async fn run_telling(services: Services, stop: CancellationToken) {
    while periodic::again(LOOK_EVERY, &stop).await {
        if let Err(error) = tell_changes(&services).await {
            tracing::warn!(%error, "people were not told of changes: {error}");
        }
        if let Err(error) = tell_starts(&services).await {
            tracing::warn!(%error, "people were not told what starts: {error}");
        }
    }
}

/// Tells of all sessions whose changes have come to rest, each in a transaction of its own: once, also by several nodes.
/// What goes wrong with one is logged, and the others are told.
///
/// # Errors
/// Database errors only, of reading which sessions those are.
pub async fn tell_changes(services: &Services) -> Outcome<()> {
    let before = services.clock.now() - QUIET;
    for session in queries::sessions_at_rest(&services.db, before, AT_ONCE).await? {
        if let Err(error) = tell_session(services, session).await {
            tracing::warn!(%error, %session, "nobody was told of this session's changes: {error}");
        }
    }
    services.outbox.wake();
    Ok(())
}

async fn tell_session(services: &Services, session: Uuid) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let told = tell(services, &mut tx, session).await?;
    tx.commit().await?;
    told.announce(services);
    Ok(())
}

async fn tell(services: &Services, tx: &mut PgConnection, session: Uuid) -> Outcome<Told> {
    let rows = queries::claim_changes(tx, session, services.clock.now()).await?;
    let news = summed_up(&rows);
    if news.is_empty() {
        return Ok(Told::default());
    }
    let Some(about) = queries::told_session(tx, session).await? else { return Ok(Told::default()) };
    let link = format!("{}/events/{}/sessions/{session}", services.public_url, about.event_slug);
    let recipients = queries::who_chose(tx, session, only_author(&rows)).await?;
    let told = tell_in_app(services, tx, &recipients, (session, &about), &news).await?;
    let addressed = addressed(recipients);
    let mails: Vec<Addressed<'_>> = addressed
        .iter()
        .map(|(to, name)| Addressed {
            to,
            name,
            mail: Mail::SessionChanged(SessionNews {
                name,
                session: &about.title,
                event_title: &about.event_title,
                news: &news,
                link: &link,
            }),
        })
        .collect();
    if !mails.is_empty() {
        mail::enqueue_all(services, tx, OrganizationId::new(about.organization_id), &mails).await?;
    }
    Ok(told)
}

/// Whose change all of it is: they know. What two people did, both are told.
fn only_author(rows: &[queries::ClaimedRow]) -> Option<Uuid> {
    let first = rows.first()?.changed_by?;
    rows.iter().all(|row| row.changed_by == Some(first)).then_some(first)
}

/// Those who want it by mail, each with their name.
pub(super) fn addressed(recipients: Vec<queries::RecipientRow>) -> Vec<(EmailAddress, String)> {
    recipients
        .into_iter()
        .filter(|row| row.wants_mail)
        .filter_map(|row| {
            Some((EmailAddress::parse(&row.email).ok()?, full_name(&row.first_name, &row.last_name)))
        })
        .collect()
}

async fn tell_in_app(
    services: &Services,
    tx: &mut PgConnection,
    recipients: &[queries::RecipientRow],
    (session, about): (Uuid, &queries::ToldSession),
    news: &[(&'static str, String)],
) -> Outcome<Told> {
    let users: Vec<UserId> = recipients.iter().map(|row| UserId::new(row.user_id)).collect();
    let lines: Vec<String> = news.iter().map(|(field, change)| format!("{field}: {change}")).collect();
    let telling = Telling {
        news: News::SessionChanged,
        by: None,
        names_actor: false,
        subject: Some(&about.title),
        detail: Some(&lines.join("\n")),
        link: &format!("/events/{}/sessions/{session}", about.event_slug),
        thing: &session.to_string(),
    };
    notifications::tell(services, tx, &users, &telling).await
}

/// Label and "old → new": of several changes of one field the first old and the last new; what came back to where it was
/// is no news.
fn summed_up(rows: &[queries::ClaimedRow]) -> Vec<(&'static str, String)> {
    ["TITLE", "TIME", "ROOM", "STATUS"]
        .into_iter()
        .filter_map(|field| {
            let mut of_field = rows.iter().filter(|row| row.field == field);
            let first = of_field.next()?;
            let last = of_field.next_back().unwrap_or(first);
            if first.old_value == last.new_value {
                return None;
            }
            let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
            Some((field_label(field), format!("{} → {}", word(&first.old_value), word(&last.new_value))))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(field: &str, old: &str, new: &str) -> queries::ClaimedRow {
        queries::ClaimedRow {
            field: field.to_owned(),
            old_value: Some(old.to_owned()),
            new_value: Some(new.to_owned()),
            changed_by: None,
        }
    }

    #[test]
    fn several_changes_become_one_and_those_taken_back_none() {
        let rows = [
            row("TIME", "09:00", "10:00"),
            row("ROOM", "Hall", "Attic"),
            row("TIME", "10:00", "11:00"),
            row("ROOM", "Attic", "Hall"),
        ];
        assert_eq!(summed_up(&rows), [("Time", "09:00 → 11:00".to_owned())]);
    }
}
