//! The clock archives what has been over for long.

use std::time::Duration as StdDuration;

use domain::events::{EventStatus, Transition};
use time::Duration;
use tokio_util::sync::CancellationToken;

use super::{queries, transition};
use crate::organizations::audit;
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services, db, periodic};

const EVERY: StdDuration = StdDuration::from_secs(60);
/// Events one look takes.
const BATCH: i64 = 100;

/// Looks once a minute until it is stopped.
pub async fn run_auto_archive(services: Services, stop: CancellationToken) {
    while periodic::again(EVERY, &stop).await {
        if let Err(error) = auto_archive(&services).await {
            tracing::warn!(%error, "events that are over could not be archived: {error}");
        }
    }
}

/// Archives events whose `auto_archive_days` have passed since their last day, as their own zone counts days.
///
/// # Errors
/// Database errors only; what was archived until then stays archived.
pub async fn auto_archive(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    // A day of slack: some zones are ahead of ours.
    let candidates = queries::to_archive(&services.db, now.date() + Duration::DAY, BATCH).await?;
    for candidate in candidates {
        let zone = TimeZoneName::stored(&candidate.time_zone)?;
        if candidate.archived_after < zone.date_at(now) {
            archive_one(services, candidate.id).await?;
        }
    }
    Ok(())
}

async fn archive_one(services: &Services, event: uuid::Uuid) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    // None when somebody changed it meanwhile, or another process is at it.
    let Some(status) = queries::lock_to_archive(&mut tx, event).await? else { return Ok(()) };
    let status = EventStatus::from_stored(&status)
        .ok_or_else(|| ServiceError::unknown_value("events.status", &status))?;
    let held = transition::check(services, &mut tx, event, status, Transition::Archive).await?;
    held.finish(services, &mut tx, &audit::nobody(), None).await?;
    tx.commit().await?;
    services.bus.recheck_everybody();
    Ok(())
}
