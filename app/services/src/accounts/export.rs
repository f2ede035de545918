//! A copy of what is kept about a person, as JSON: asked for on a page, prepared beside the requests, kept for a day.
//! It is written and read in parts, so that nobody ever holds the whole of it.

use std::time::Duration;

use domain::ids::UserId;
use domain::time::Timestamp;
use domain::{Gone, SignedIn};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::export_draft::ExportDraft;
use super::{EXPORT_LIFETIME, export_content, queries, rules};
use crate::{Outcome, ServiceError, Services, db, limits};

/// How long an export stays with a worker that crashed.
const CLAIM: time::Duration = time::Duration::minutes(10);
/// How long somebody waits at most before theirs is begun.
const POLL: Duration = Duration::from_secs(2);
/// How often one is begun at most: what takes its worker down with it doesn't do so for ever.
const MAX_ATTEMPTS: i32 = 3;

/// Where the newest export of a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountExport {
    Preparing {
        since: Timestamp,
    },
    Ready {
        id: Uuid,
        until: Timestamp,
    },
    /// It could not be made; asking again is all there is to do.
    Failed,
    Expired,
}

/// Where the newest one stands; `None` when there is none.
///
/// # Errors
/// Database errors only.
pub async fn newest_export(services: &Services, person: &SignedIn) -> Outcome<Option<AccountExport>> {
    let row = queries::newest_export(&services.db, person.user.get()).await?;
    let now = services.clock.now();
    Ok(row.map(|row| match row.expires_at {
        None => AccountExport::Preparing { since: row.requested_at.into() },
        Some(_) if row.failed => AccountExport::Failed,
        Some(until) if until > now => AccountExport::Ready { id: row.id, until: until.into() },
        Some(_) => AccountExport::Expired,
    }))
}

/// Asks for an export; while one is being prepared, that is the one.
///
/// # Errors
/// [`domain::AppError::TooMany`] after ten an hour.
pub async fn request_export(services: &Services, person: &SignedIn) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    if queries::insert_export(&mut tx, services.rng.id(now), person.user.get(), now).await? {
        limits::take_in(&mut tx, now, &[rules::exports(&person.user.to_string())]).await?;
    }
    Ok(tx.commit().await?)
}

/// An export that is being read, a part at a time.
#[derive(Debug)]
pub struct ExportFile {
    id: Uuid,
    attempt: i32,
    next: i32,
}

/// Opens the own export.
///
/// # Errors
/// [`domain::AppError::NotFound`] for one that is missing, not ready or somebody else's; [`Gone::Link`] for an own one
/// that is over.
pub async fn open_export(services: &Services, person: &SignedIn, id: Uuid) -> Outcome<ExportFile> {
    let (user, now) = (person.user.get(), services.clock.now());
    let found = queries::ready_export(&services.db, id, user).await?.ok_or(ServiceError::NOT_FOUND)?;
    if found.expires_at <= now {
        return Err(domain::AppError::Gone(Gone::Link).into());
    }
    Ok(ExportFile { id, attempt: found.attempts, next: 0 })
}

impl ExportFile {
    /// The next part of its text; `None` at its end.
    ///
    /// # Errors
    /// Database errors only.
    pub async fn next_part(&mut self, services: &Services) -> Outcome<Option<String>> {
        let part = queries::export_part(&services.db, self.id, self.attempt, self.next).await?;
        self.next += 1;
        Ok(part)
    }
}

/// Prepares exports until `stop`. Several workers, also in other processes, share them; what is cut off is prepared
/// anew when its claim ends.
pub async fn run_exports(services: Services, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(POLL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Some(Err(error)) = stop.run_until_cancelled(prepare_exports(&services)).await {
            tracing::warn!(%error, "an export of a person's data could not be prepared: {error}");
        }
    }
}

/// Prepares what is waiting; answers how many. One that can't be made is noted as failed.
///
/// # Errors
/// Database errors; the one in hand waits until its claim ends.
pub async fn prepare_exports(services: &Services) -> Outcome<usize> {
    let mut prepared = 0;
    loop {
        let now = services.clock.now();
        queries::fail_given_up_exports(&services.db, now, now + EXPORT_LIFETIME, MAX_ATTEMPTS).await?;
        let claimed = queries::claim_export(&services.db, now, now + CLAIM, MAX_ATTEMPTS).await?;
        let Some(claimed) = claimed else { return Ok(prepared) };
        match prepare(services, &claimed).await {
            Ok(()) => prepared += 1,
            // Nothing is wrong with it: the database is. Another try may find it well.
            Err(error) if error.is_busy() => return Err(error),
            Err(error) => {
                tracing::error!(%error, export = %claimed.id, "an export can't be made: {error}");
                let (now, until) = (services.clock.now(), services.clock.now() + EXPORT_LIFETIME);
                queries::fail_export(&services.db, claimed.id, claimed.attempts, now, until).await?;
            }
        }
    }
}

async fn prepare(services: &Services, claimed: &queries::ClaimedExport) -> Outcome<()> {
    let mut draft = ExportDraft::begin(services, claimed.id, claimed.attempts);
    export_content::write(services, UserId::new(claimed.user_id), &mut draft).await?;
    draft.finish().await?;
    let (now, until) = (services.clock.now(), services.clock.now() + EXPORT_LIFETIME);
    Ok(queries::finish_export(&services.db, claimed.id, claimed.attempts, now, until).await?)
}
