//! Who chose a session is told shortly before it begins.

use domain::agenda::LocalTimes;
use domain::ids::{OrganizationId, UserId};
use domain::notifications::News;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::queries::{self, RecipientRow, StartingRow};
use super::tell::addressed;
use crate::mail::{self, Addressed, Mail, SessionSoon};
use crate::notifications::{self, Telling, Told};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services, dates, db};

/// So long before (specification 18.1).
const AHEAD: Duration = Duration::minutes(10);
/// Sessions told in one go; the rest follow in the next.
const AT_ONCE: i64 = 50;

/// Tells of all sessions that begin within ten minutes, each in a transaction of its own: once for each start, also by
/// several nodes. What goes wrong with one is logged, and the others are told.
///
/// # Errors
/// Database errors only, of reading which sessions those are.
pub async fn tell_starts(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    for session in queries::sessions_about_to_start(&services.db, now, now + AHEAD, AT_ONCE).await? {
        if let Err(error) = tell_start(services, session, now).await {
            tracing::warn!(%error, %session, "nobody was told that this session starts: {error}");
        }
    }
    services.outbox.wake();
    Ok(())
}

async fn tell_start(services: &Services, session: Uuid, now: OffsetDateTime) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    // None when it was moved meanwhile, or another process was first.
    let Some(row) = queries::claim_start(&mut tx, session, now, now + AHEAD).await? else { return Ok(()) };
    let told = tell(services, &mut tx, &row).await?;
    tx.commit().await?;
    told.announce(services);
    Ok(())
}

async fn tell(services: &Services, tx: &mut PgConnection, row: &StartingRow) -> Outcome<Told> {
    let zone = TimeZoneName::stored(&row.time_zone)?;
    let local = LocalTimes { start: zone.local_at(row.starts_at), end: zone.local_at(row.ends_at) };
    let when = dates::times(local);
    let path = format!("/events/{}/sessions/{}", row.event_slug, row.id);
    let recipients = queries::who_waits_for(tx, row.id).await?;
    let users: Vec<UserId> = recipients.iter().map(|row| UserId::new(row.user_id)).collect();
    let place = row.room.iter().chain([&row.event_title]).map(String::as_str).collect::<Vec<_>>().join(", ");
    let telling = Telling {
        news: News::SessionStarting,
        by: None,
        names_actor: false,
        subject: Some(&row.title),
        detail: Some(&format!("{when}, {place}")),
        link: &path,
        thing: &row.id.to_string(),
    };
    let told = notifications::tell(services, tx, &users, &telling).await?;
    write_mails(services, tx, row, recipients, (&when, &path)).await?;
    Ok(told)
}

async fn write_mails(
    services: &Services,
    tx: &mut PgConnection,
    row: &StartingRow,
    recipients: Vec<RecipientRow>,
    (when, path): (&str, &str),
) -> Outcome<()> {
    let link = format!("{}{path}", services.public_url);
    let addressed = addressed(recipients);
    let mails: Vec<Addressed<'_>> = addressed
        .iter()
        .map(|(to, name)| Addressed {
            to,
            name,
            mail: Mail::SessionStarting(SessionSoon {
                name,
                session: &row.title,
                event_title: &row.event_title,
                when,
                room: row.room.as_deref(),
                link: &link,
            }),
        })
        .collect();
    if !mails.is_empty() {
        mail::enqueue_all(services, tx, OrganizationId::new(row.organization_id), &mails).await?;
    }
    Ok(())
}
