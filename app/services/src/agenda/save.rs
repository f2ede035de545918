use domain::agenda::{Saved, SessionStatus, SessionTimes, SessionTitle, Snap, parse_local};
use domain::ids::{AgendaSessionId, EventId};
use domain::{AppError, Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

use super::changes::{Told, note};
use super::create::check_places;
use super::drafts::{self, Goes};
use super::fields::{SessionFields, SessionValues, local_text, place};
use super::hold::{Held, hold, read_choice};
use super::queries::{self, StoredSession};
use super::status::announce_change;
use super::whole::{self, read_status};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services, chat, db};

/// Where a session moves.
#[derive(Debug, Clone, Default)]
pub struct Move {
    /// The event's own time, as [`parse_local`] reads it.
    pub starts_at: String,
    /// An id, or `none`.
    pub venue_room: String,
    /// Minutes of the step the start snaps to; empty for exactly the time given.
    pub snap: String,
    /// Where it has to begin now, as `starts_at`, or `none` for one that has no time; empty when anywhere.
    pub from: String,
    /// The end of a session that has no time now, as `starts_at`; empty for an hour later. One with a time keeps its length.
    pub ends_at: String,
}

/// What a session without a time lasts when it is moved into the day.
const FIRST_LENGTH: Duration = Duration::hours(1);

/// Saves the fields that were sent, if nobody saved a newer version meanwhile. The names of the chat rooms follow the
/// title.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`FieldErrors`] per field, under `capacity` also for fewer places than
/// people signed up for; [`Conflict::StaleEdit`]; [`Conflict::SessionStatus`] for no time once it has begun.
pub async fn save(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    fields: SessionFields,
    version: i32,
) -> Outcome<Saved> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let stored = lock(&mut tx, &held, session).await?;
    let values = fields.over(stored.fields(&held.zone)).parse(&held, stored.times())?;
    check_places(&mut tx, &held, &values).await?;
    if values.times.is_none() && stored.times().is_some() {
        has_not_begun(stored.told()?.status)?;
    }
    if values.capacity.get().is_some_and(|capacity| capacity < stored.sign_up_count) {
        let present = format!("{} people have signed up already.", stored.sign_up_count);
        return Err(FieldErrors::one("capacity", present).into());
    }
    if stored.version != version {
        let by = stored.editor.clone().unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    let (id, by, now) = (session.get(), person.user.get(), services.clock.now());
    let room = match values.venue_room {
        Some(room) => queries::venue_room_name(&mut tx, held.event, room).await?,
        None => None,
    };
    let before = stored.told()?;
    let title = values.title.as_str().to_owned();
    let after = Told { title, times: values.times, room, status: before.status };
    let goes = held.changes_go(&stored);
    match goes {
        Goes::Out => {
            queries::update_session(&mut tx, (held.event, id), by, &values, now).await?;
            if stored.title != values.title.as_str() {
                chat::rename_session_rooms(&mut tx, held.event, id, values.title.as_str()).await?;
            }
        }
        Goes::IntoDraft => {
            let released = stored.released(&values)?;
            queries::update_session(&mut tx, (held.event, id), by, &released, now).await?;
            drafts::keep(&mut tx, &held, id, &after, values.venue_room).await?;
        }
    }
    finish(services, tx, &held, goes, session, (before, after)).await
}

/// Moves a session to another time and venue room; it keeps its length. Answers with the result where it was; without
/// `starts_at` when it had no time.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`FieldErrors`] under `starts_at`, `ends_at`, `venue_room`, `snap` and `from`;
/// [`Conflict::StaleEdit`] when it doesn't begin where the move says any more.
pub async fn move_to(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    to: &Move,
) -> Outcome<(Saved, Move)> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let stored = lock(&mut tx, &held, session).await?;
    let start = parse_local(&to.starts_at).map_err(|error| FieldErrors::one("starts_at", error))?;
    let start = start.ok_or_else(|| FieldErrors::one("starts_at", "Choose a time."))?;
    let start = match to.snap.trim() {
        "" => start,
        minutes => Snap::from_minutes(minutes)
            .ok_or_else(|| FieldErrors::one("snap", "Choose 5, 15, 30 or 60 minutes."))?
            .nearest(start),
    };
    let end = parse_local(&to.ends_at).map_err(|error| FieldErrors::one("ends_at", error))?;
    let first = end.map_or(FIRST_LENGTH, |end| held.zone.instant_at(end) - held.zone.instant_at(start));
    let length = stored.times().map_or(first, SessionTimes::duration);
    let end = held.zone.local_at(held.zone.instant_at(start) + length);
    let times = place(&held, start, end)?;
    let room_id = read_choice("venue_room", &to.venue_room)?;
    let room = match room_id {
        Some(room) => Some(
            queries::venue_room_name(&mut tx, held.event, room)
                .await?
                .ok_or_else(|| FieldErrors::one("venue_room", "Choose a room of this event."))?,
        ),
        None => None,
    };
    let before = stored.told()?;
    stands_where(&held, &stored, before.times, &to.from)?;
    let after = Told { times: Some(times), room, ..before.clone() };
    if (before.times, stored.venue_room_id) != (after.times, room_id) {
        set_times(services, &mut tx, person, &held, (session, &stored), (&after, room_id)).await?;
    }
    let stood_at = before.times.map(|times| local_text(&held.zone, times.starts_at()));
    let was = Move {
        starts_at: stood_at.unwrap_or_default(),
        venue_room: stored.venue_room_id.map(|room| room.to_string()).unwrap_or_default(),
        snap: String::new(),
        from: local_text(&held.zone, times.starts_at()),
        ends_at: String::new(),
    };
    let saved = finish(services, tx, &held, held.changes_go(&stored), session, (before, after)).await?;
    Ok((saved, was))
}

/// Takes a session out of the days, into the tray that organizers see. It keeps its venue room. Answers with where it was,
/// if it had a time. `from` as in [`Move`].
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`Conflict::SessionStatus`] once it has begun.
pub async fn unschedule(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    from: &str,
) -> Outcome<(Saved, Option<Move>)> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let stored = lock(&mut tx, &held, session).await?;
    let before = stored.told()?;
    let was = before.times.map(|times| Move {
        starts_at: local_text(&held.zone, times.starts_at()),
        venue_room: stored.venue_room_id.map(|room| room.to_string()).unwrap_or_default(),
        snap: String::new(),
        from: "none".to_owned(),
        ends_at: local_text(&held.zone, times.ends_at()),
    });
    stands_where(&held, &stored, before.times, from)?;
    has_not_begun(before.status)?;
    let after = Told { times: None, ..before.clone() };
    if before.times.is_some() {
        let to = (&after, stored.venue_room_id);
        set_times(services, &mut tx, person, &held, (session, &stored), to).await?;
    }
    let saved = finish(services, tx, &held, held.changes_go(&stored), session, (before, after)).await?;
    Ok((saved, was))
}

/// Nobody else moved it since the page was made.
fn stands_where(
    held: &Held,
    stored: &StoredSession,
    times: Option<SessionTimes>,
    from: &str,
) -> Result<(), AppError> {
    let stands_at = times.map(|times| local_text(&held.zone, times.starts_at()));
    let stands = match from {
        "" => true,
        "none" => stands_at.is_none(),
        from => {
            parse_local(from).map_err(|error| FieldErrors::one("from", error))?;
            stands_at.as_deref() == Some(from)
        }
    };
    if stands {
        return Ok(());
    }
    let by = stored.editor.clone().unwrap_or_else(|| "Somebody".to_owned());
    Err(Conflict::StaleEdit { by }.into())
}

/// A session that runs or ran keeps its time: without one nobody would see it, and no clock would end it.
fn has_not_begun(status: SessionStatus) -> Result<(), Conflict> {
    match status {
        SessionStatus::Scheduled | SessionStatus::Cancelled => Ok(()),
        SessionStatus::Live | SessionStatus::Completed => {
            Err(Conflict::SessionStatus { from: status.label().to_lowercase() })
        }
    }
}

/// Gives a session its new time and room, or keeps them for their release.
async fn set_times(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    (session, stored): (AgendaSessionId, &StoredSession),
    (after, room): (&Told, Option<Uuid>),
) -> Outcome<()> {
    let (key, by, now) = ((held.event, session.get()), person.user.get(), services.clock.now());
    match held.changes_go(stored) {
        Goes::Out => queries::set_times(tx, key, by, after.times, room, now).await?,
        Goes::IntoDraft => {
            // It is another version all the same.
            let times = stored.released_times();
            queries::set_times(tx, key, by, times, stored.released_room_id, now).await?;
            drafts::keep(tx, held, session.get(), after, room).await?;
        }
    }
    Ok(())
}

/// Notes what people see change, looks for clashes, and commits.
async fn finish(
    services: &Services,
    mut tx: sqlx::Transaction<'_, sqlx::Postgres>,
    held: &Held,
    goes: Goes,
    session: AgendaSessionId,
    (before, after): (Told, Told),
) -> Outcome<Saved> {
    note(services, &mut tx, held, goes, &[(session.get(), before, after.clone())]).await?;
    let warnings = whole::warnings(&mut tx, EventId::new(held.event), session).await?;
    tx.commit().await?;
    if goes == Goes::Out {
        announce_change(services, EventId::new(held.event), session, &after);
    }
    Ok(Saved { id: session, warnings })
}

/// A session that is not deleted, locked against sign-ups that come meanwhile.
///
/// # Errors
/// [`domain::AppError::NotFound`].
pub(super) async fn lock(
    tx: &mut PgConnection,
    held: &Held,
    session: AgendaSessionId,
) -> Outcome<StoredSession> {
    queries::lock_session(tx, held.event, session.get()).await?.ok_or(ServiceError::NOT_FOUND)
}

impl StoredSession {
    pub(super) fn times(&self) -> Option<SessionTimes> {
        self.starts_at.zip(self.ends_at).map(|(start, end)| SessionTimes::stored(start, end))
    }

    pub(super) fn released_times(&self) -> Option<SessionTimes> {
        let times = self.released_starts_at.zip(self.released_ends_at);
        times.map(|(start, end)| SessionTimes::stored(start, end))
    }

    /// These values with title, time and room as everybody sees them.
    fn released(&self, values: &SessionValues) -> Outcome<SessionValues> {
        let title = SessionTitle::parse(&self.released_title)
            .map_err(|_| ServiceError::unknown_value("agenda_sessions.title", &self.released_title))?;
        let (times, venue_room) = (self.released_times(), self.released_room_id);
        Ok(SessionValues { title, times, venue_room, ..values.clone() })
    }

    pub(super) fn told(&self) -> Outcome<Told> {
        Ok(Told {
            title: self.title.clone(),
            times: self.times(),
            room: self.room_name.clone(),
            status: read_status(&self.status)?,
        })
    }

    /// As everybody sees it; only the room is the draft's.
    pub(super) fn released_told(&self) -> Outcome<Told> {
        Ok(Told {
            title: self.released_title.clone(),
            times: self.released_times(),
            status: read_status(&self.released_status)?,
            room: self.room_name.clone(),
        })
    }

    /// As the form shows them.
    pub(super) fn fields(&self, zone: &TimeZoneName) -> SessionFields {
        let text = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
        let id = |id: Option<Uuid>| id.map_or_else(|| "none".to_owned(), |id| id.to_string());
        SessionFields {
            title: Some(self.title.clone()),
            short_description: Some(self.short_description.clone().unwrap_or_default()),
            description: Some(self.description.clone().unwrap_or_default()),
            kind: Some(self.kind.clone()),
            language: Some(self.language.clone().unwrap_or_default()),
            tags: Some(self.tags.join(", ")),
            starts_at: Some(self.starts_at.map(|at| local_text(zone, at)).unwrap_or_default()),
            ends_at: Some(self.ends_at.map(|at| local_text(zone, at)).unwrap_or_default()),
            venue_room: Some(id(self.venue_room_id)),
            track: Some(id(self.track_id)),
            capacity: Some(text(self.capacity)),
            sign_up_required: Some(if self.sign_up_required { "yes" } else { "no" }.to_owned()),
            chat_mode: Some(self.chat_mode.clone()),
            opens_before: Some(self.opens_before_minutes.to_string()),
        }
    }
}
