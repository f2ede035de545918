use domain::agenda::{SessionStatus, change_to, defies_clock};
use domain::events::EventStatus;
use domain::ids::{AgendaSessionId, EventId};
use domain::realtime::{ServerFrame, Topic};
use domain::time::Timestamp;
use domain::{Conflict, SignedIn};

use super::changes::{Told, note};
use super::drafts::{self, Goes};
use super::hold::hold;
use super::queries;
use super::save::lock;
use crate::{Outcome, Services, db};

/// Starts, ends, cancels or reinstates a session by hand. What is so already stays. It starts and ends as everybody sees
/// it, whatever changes of it are held.
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
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let stored = lock(&mut tx, &held, session).await?;
    let draft = stored.told()?;
    let is_told = [draft.status, to].contains(&SessionStatus::Cancelled);
    let goes = if is_told { held.changes_go(&stored) } else { Goes::Out };
    let before = match goes {
        Goes::Out => stored.released_told()?,
        Goes::IntoDraft => draft,
    };
    if before.status == to {
        return Ok(());
    }
    change_to(before.status, to)?;
    if to == SessionStatus::Live {
        if held.status != EventStatus::Published {
            return Err(Conflict::StatusTransition { from: held.status.label().to_lowercase() }.into());
        }
        if before.times.is_none() {
            let from = if stored.starts_at.is_some() { "not released" } else { "not scheduled" };
            return Err(Conflict::SessionStatus { from: from.to_owned() }.into());
        }
    }
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
    if goes == Goes::IntoDraft {
        return Ok(());
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
    Ok(())
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
