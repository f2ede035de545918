//! Starts and ends sessions when their time comes, in events whose sessions go by the clock; their chat rooms follow.

use std::time::Duration;

use domain::agenda::{SessionStatus, SessionTimes};
use domain::ids::{AgendaSessionId, EventId};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::changes::Told;
use super::queries::{self, DueRow};
use super::status::{announce_end, announce_start};
use crate::{Outcome, Services, chat};

/// Well below the ten seconds that specification 10.5 allows.
const EVERY: Duration = Duration::from_secs(4);

/// Looks until `stop`; a failed look is logged and made good by the next.
pub async fn run(services: Services, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Some(Err(error)) = stop.run_until_cancelled(tick(&services)).await {
            tracing::warn!(%error, "sessions could not be started and ended: {error}");
        }
    }
}

/// One look: conditional statements, so that of several nodes one moves each session and room and tells about it. What
/// was set by hand against the clock is left alone, and so are sessions of events that are not published.
///
/// # Errors
/// Database errors only.
pub async fn tick(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    for row in queries::start_due(&services.db, now).await? {
        let (event, session, told) = read(row, SessionStatus::Live);
        announce_start(services, event, session, &told);
    }
    for row in queries::end_due(&services.db, now).await? {
        let (event, session, told) = read(row, SessionStatus::Completed);
        announce_end(services, event, session, &told);
    }
    chat::follow_clock(services).await
}

fn read(row: DueRow, status: SessionStatus) -> (EventId, AgendaSessionId, Told) {
    let times = row.starts_at.zip(row.ends_at).map(|(start, end)| SessionTimes::stored(start, end));
    let told = Told { title: row.title, times, room: None, status };
    (EventId::new(row.event_id), AgendaSessionId::new(row.id), told)
}
