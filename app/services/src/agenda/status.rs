use domain::agenda::{SessionStatus, change_to, defies_clock};
use domain::events::EventStatus;
use domain::ids::{AgendaSessionId, EventId};
use domain::realtime::{ServerFrame, Topic};
use domain::time::Timestamp;
use domain::{Conflict, SignedIn};

use super::changes::{Told, note};
use super::drafts::{self, Goes};
use super::hold::{Held, hold};
use super::queries::{self, StoredSession};
use super::save::lock;
use crate::{Outcome, Services, db};

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusChange {
    pub from: SessionStatus,
    /// Nobody but organizers sees it until the changes are released.
    pub is_held: bool,
}

/// Starts, ends, cancels or reinstates a session by hand. What is so already stays, and is answered with `None`. It starts
/// and ends as everybody sees it, whatever changes of it are held.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`Conflict::SessionStatus`] for any other change, and for a session
/// without a time; [`Conflict::StatusTransition`] when it would start in an event that isn't published.
pub async fn set_status(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    to: SessionStatus,
) -> Outcome<Option<StatusChange>> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let stored = lock(&mut tx, &held, session).await?;
    let Some((goes, before)) = way(&held, &stored, to)? else { return Ok(None) };
    let now = services.clock.now();
    let after = Told { status: to, ..before.clone() };
    match goes {
        Goes::Out => {
            let by_hand = defies_clock(to, before.times, now);
            queries::set_status(&mut tx, (held.event, session.get()), to.as_str(), by_hand, now).await?;
        }
        Goes::IntoDraft => {
            drafts::keep(&mut tx, &held, session.get(), &after, stored.venue_room_id).await?;
        }
    }
    note(services, &mut tx, &held, goes, &[(session.get(), before.clone(), after.clone())]).await?;
    tx.commit().await?;
    let changed = Some(StatusChange { from: before.status, is_held: goes == Goes::IntoDraft });
    if goes == Goes::IntoDraft {
        return Ok(changed);
    }
    let event = EventId::new(held.event);
    match (before.status, to) {
        (SessionStatus::Scheduled, SessionStatus::Live) => announce_start(services, event, session, &after),
        (SessionStatus::Live, SessionStatus::Completed) => announce_end(services, event, session, &after),
        (
            SessionStatus::Scheduled
            | SessionStatus::Live
            | SessionStatus::Completed
            | SessionStatus::Cancelled,
            _,
        ) => announce_change(services, event, session, &after),
    }
    Ok(changed)
}

/// Where the change goes, and what was before; nothing where it is so already.
fn way(held: &Held, stored: &StoredSession, to: SessionStatus) -> Outcome<Option<(Goes, Told)>> {
    let (draft, released) = (stored.told()?, stored.released_told()?);
    let goes = match to {
        SessionStatus::Live | SessionStatus::Completed => Goes::Out,
        SessionStatus::Scheduled | SessionStatus::Cancelled => {
            let is_told = [draft.status, released.status, to].contains(&SessionStatus::Cancelled);
            if is_told { held.changes_go(stored) } else { Goes::Out }
        }
    };
    let before = match goes {
        Goes::Out => released,
        Goes::IntoDraft => draft.clone(),
    };
    if before.status == to {
        return Ok(None);
    }
    change_to(before.status, to)?;
    // The event's cancellation took it, and gives it back with the event.
    if goes == Goes::IntoDraft && to == SessionStatus::Scheduled && held.status == EventStatus::Cancelled {
        return Err(Conflict::StatusTransition { from: held.status.label().to_lowercase() }.into());
    }
    if to == SessionStatus::Live {
        // It would be cancelled by the next release.
        change_to(draft.status, to)?;
        if held.status != EventStatus::Published {
            return Err(Conflict::StatusTransition { from: held.status.label().to_lowercase() }.into());
        }
        if before.times.is_none() {
            let from = if draft.times.is_some() { "not released" } else { "not scheduled" };
            return Err(Conflict::SessionStatus { from: from.to_owned() }.into());
        }
    }
    Ok(Some((goes, before)))
}

pub(super) fn announce_start(services: &Services, event: EventId, session: AgendaSessionId, after: &Told) {
    let (topic, [starts_at, ends_at]) = (Topic::Event(event), instants(after));
    let status = after.status;
    services.bus.publish(topic, &ServerFrame::SessionStarted { topic, session, status, starts_at, ends_at });
}

pub(super) fn announce_end(services: &Services, event: EventId, session: AgendaSessionId, after: &Told) {
    let (topic, [starts_at, ends_at]) = (Topic::Event(event), instants(after));
    let status = after.status;
    services.bus.publish(topic, &ServerFrame::SessionEnded { topic, session, status, starts_at, ends_at });
}

/// Tells that pages about the session are stale. A session without times is not in the agenda any more.
pub(super) fn announce_change(services: &Services, event: EventId, session: AgendaSessionId, after: &Told) {
    let (topic, [starts_at, ends_at]) = (Topic::Event(event), instants(after));
    let status = after.status;
    services.bus.publish(topic, &ServerFrame::SessionChanged { topic, session, status, starts_at, ends_at });
}

fn instants(told: &Told) -> [Option<Timestamp>; 2] {
    [told.times.map(|times| times.starts_at().into()), told.times.map(|times| times.ends_at().into())]
}
