use domain::agenda::{LocalTimes, SessionStatus, SessionTimes};
use domain::ids::{AgendaSessionId, EventId};
use domain::{AppError, Gone, SignedIn};

use super::changes::Told;
use super::create::has_room;
use super::hold::{Held, hold};
use super::save::lock;
use super::status::announce_change;
use super::{UNDO_TIME, queries};
use crate::{Outcome, ServiceError, Services, db};

/// Hides a session at once with its rooms, speakers, sign-ups and stars; for ten minutes it can be brought back.
///
/// # Errors
/// As the policy; [`AppError::NotFound`].
pub async fn delete(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let gone = Told { times: None, ..lock(&mut tx, &held, session).await?.told()? };
    let deleted = Some((services.clock.now(), person.user.get()));
    queries::set_deleted(&mut tx, held.event, session.get(), deleted).await?;
    queries::forget_main_session(&mut tx, held.event, session.get()).await?;
    tx.commit().await?;
    // Whoever listens to its rooms is told that they are gone.
    services.bus.recheck_everybody();
    announce_change(services, EventId::new(held.event), session, &gone);
    Ok(())
}

/// Brings a session back with all that hung on it. One that is there already stays. Where the event's days don't hold it
/// any more it comes back without a time, into the tray.
///
/// # Errors
/// As the policy; [`AppError::NotFound`]; [`Gone::UndoOver`]; [`domain::Conflict::AgendaFull`].
pub async fn restore(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let row = queries::deletion(&mut tx, held.event, session.get()).await?.ok_or(ServiceError::NOT_FOUND)?;
    let Some(deleted_at) = row.deleted_at else { return Ok(()) };
    if row.is_purged || deleted_at + UNDO_TIME <= services.clock.now() {
        return Err(AppError::Gone(Gone::UndoOver).into());
    }
    has_room(&mut tx, &held).await?;
    queries::set_deleted(&mut tx, held.event, session.get(), None).await?;
    queries::make_main_session(&mut tx, held.event, session.get()).await?;
    let stored = lock(&mut tx, &held, session).await?;
    let mut back = stored.told()?;
    if back.times.is_some_and(|times| !is_within(&held, times)) {
        back.times = None;
        let (key, by) = ((held.event, session.get()), person.user.get());
        let now = services.clock.now();
        queries::set_times(&mut tx, key, by, None, stored.venue_room_id, now).await?;
        // One without a time can't be on, or have been: no clock would end it.
        if back.status != SessionStatus::Cancelled {
            back.status = SessionStatus::Scheduled;
            queries::set_status(&mut tx, key, back.status.as_str(), false, now).await?;
        }
    }
    tx.commit().await?;
    announce_change(services, EventId::new(held.event), session, &back);
    Ok(())
}

fn is_within(held: &Held, times: SessionTimes) -> bool {
    let (start, end) = (times.starts_at(), times.ends_at());
    let local = LocalTimes { start: held.zone.local_at(start), end: held.zone.local_at(end) };
    SessionTimes::place(start, end, local, held.days).is_ok()
}
