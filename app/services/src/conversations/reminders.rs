//! A mail about direct messages that nobody has read for a while: who wrote, and not what.

use std::time::Duration as StdDuration;

use domain::accounts::{EmailAddress, full_name};
use time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::queries::{self, Waiting};
use crate::mail::{self, Mail};
use crate::{Outcome, Services, db, periodic};

/// So long a message waits in the app alone (specification 18.1).
const UNREAD_FOR: Duration = Duration::minutes(15);
const LOOK_EVERY: StdDuration = StdDuration::from_secs(60);
/// What nobody was reminded of within a day stays in the app: a mail would come too late.
const AT_MOST: Duration = Duration::DAY;
/// People found at once.
const AT_ONCE: i64 = 100;

/// Looks every minute, until `stop`.
pub async fn run_reminders(services: Services, stop: CancellationToken) {
    while periodic::again(LOOK_EVERY, &stop).await {
        if let Err(error) = remind(&services).await {
            tracing::warn!(%error, "nobody was reminded of messages: {error}");
        }
    }
}

/// Writes to everybody with messages that have waited for [`UNREAD_FOR`], one mail for all of them: each conversation once
/// until its reader has caught up, also by several nodes. Silenced conversations are left out.
///
/// # Errors
/// Database errors only; who was written to until then stays written to.
pub async fn remind(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    let waiting = Waiting { from: now - AT_MOST, before: now - UNREAD_FOR };
    let mut after = Uuid::nil();
    loop {
        let readers = queries::waiting_readers(&services.db, waiting, after, AT_ONCE).await?;
        for reader in &readers {
            remind_one(services, *reader, waiting).await?;
        }
        let is_last = i64::try_from(readers.len()).unwrap_or(i64::MAX) < AT_ONCE;
        match readers.last() {
            Some(last) if !is_last => after = *last,
            Some(_) | None => return Ok(()),
        }
    }
}

async fn remind_one(services: &Services, reader: Uuid, waiting: Waiting) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let senders = queries::claim_reminders(&mut tx, reader, waiting).await?;
    let Some(recipient) = queries::recipient(&mut tx, reader).await? else {
        return Ok(tx.commit().await?);
    };
    let mut names: Vec<String> =
        senders.into_iter().map(|row| full_name(&row.first_name, &row.last_name)).collect();
    names.sort();
    names.dedup();
    let address = EmailAddress::parse(&recipient.email).ok().filter(|_| !names.is_empty());
    if let Some(to) = address {
        let name = full_name(&recipient.first_name, &recipient.last_name);
        let link = format!("{}/inbox", services.public_url);
        let mail = Mail::UnreadMessages { name: &name, senders: &names, link: &link };
        mail::enqueue(services, &mut tx, &to, &name, &mail).await?;
    }
    tx.commit().await?;
    services.outbox.wake();
    Ok(())
}
