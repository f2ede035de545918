use domain::agenda::{MAX_SESSIONS, Saved, SessionStatus};
use domain::ids::{AgendaSessionId, EventId, UserId};
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::changes::Told;
use super::drafts::{self, Goes};
use super::fields::{SessionFields, SessionValues};
use super::hold::{Held, hold, read_form_key};
use super::{queries, whole};
use crate::{Outcome, Services, chat, db};

/// What the form for a new session posts.
#[derive(Debug, Clone, Default)]
pub struct NewSession {
    pub fields: SessionFields,
    /// Made with the form: a second submit answers with the first session.
    pub form_key: String,
}

/// Adds a session with its two chat rooms, and tells what it clashes with.
///
/// # Errors
/// As the policy; [`FieldErrors`] per field; [`Conflict::AgendaFull`].
pub async fn create(services: &Services, person: &SignedIn, slug: &str, new: &NewSession) -> Outcome<Saved> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let event = EventId::new(held.event);
    let form_key = read_form_key(&new.form_key)?;
    if let Some(first) = queries::session_by_form_key(&mut tx, held.event, form_key).await? {
        return Ok(Saved { id: AgendaSessionId::new(first), warnings: Vec::new() });
    }
    let values = new.fields.parse(&held, None)?;
    check_places(&mut tx, &held, &values).await?;
    has_room(&mut tx, &held).await?;
    let id = services.rng.id(now);
    let row = queries::NewSessionRow { id, event: held.event, form_key, by: person.user.get(), now };
    insert(&mut tx, &held, &row, values.clone()).await?;
    chat::create_session_rooms(services, &mut tx, held.event, id, values.title.as_str()).await?;
    let id = AgendaSessionId::new(id);
    let warnings = whole::warnings(&mut tx, event, id).await?;
    tx.commit().await?;
    Ok(Saved { id, warnings })
}

/// Whether the agenda takes one more session.
///
/// # Errors
/// [`Conflict::AgendaFull`].
pub(super) async fn has_room(tx: &mut PgConnection, held: &Held) -> Outcome<()> {
    let present = queries::count_sessions(tx, held.event).await?;
    if present < i64::try_from(MAX_SESSIONS).unwrap_or(i64::MAX) {
        return Ok(());
    }
    let max = u32::try_from(MAX_SESSIONS).unwrap_or(u32::MAX);
    Err(Conflict::AgendaFull { of: "sessions".to_owned(), max }.into())
}

/// Stores a new session; where changes are held, its time waits with them.
///
/// # Errors
/// Database errors only.
pub(super) async fn insert(
    tx: &mut PgConnection,
    held: &Held,
    row: &queries::NewSessionRow,
    values: SessionValues,
) -> Outcome<()> {
    let hidden = match held.new_sessions_go() {
        Goes::Out => return Ok(queries::insert_session(tx, row, &values).await?),
        Goes::IntoDraft => SessionValues { times: None, ..values.clone() },
    };
    queries::insert_session(tx, row, &hidden).await?;
    let (title, times) = (values.title.as_str().to_owned(), values.times);
    let told = Told { title, times, room: None, status: SessionStatus::Scheduled };
    drafts::keep(tx, held, row.id, &told, values.venue_room).await
}

/// Gives a single-session event its session in the transaction that creates the event: unscheduled, with its two chat
/// rooms.
///
/// # Errors
/// Database errors only.
pub(crate) async fn create_main(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
    by: UserId,
    title: &str,
) -> Outcome<AgendaSessionId> {
    let now = services.clock.now();
    let id = services.rng.id(now);
    let row = queries::NewSessionRow { id, event, form_key: id, by: by.get(), now };
    queries::insert_main_session(tx, &row, title).await?;
    chat::create_session_rooms(services, tx, event, id, title).await?;
    Ok(AgendaSessionId::new(id))
}

/// Venue room and track are of this event.
///
/// # Errors
/// [`FieldErrors`] under `venue_room` and `track`.
pub(super) async fn check_places(tx: &mut PgConnection, held: &Held, values: &SessionValues) -> Outcome<()> {
    let mut errors = FieldErrors::default();
    if let Some(room) = values.venue_room
        && queries::venue_room_name(tx, held.event, room).await?.is_none()
    {
        errors.add("venue_room", "Choose a room of this event.");
    }
    if let Some(track) = values.track
        && !queries::has_track(tx, held.event, track).await?
    {
        errors.add("track", "Choose a track of this event.");
    }
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}
