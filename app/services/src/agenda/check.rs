use domain::SignedIn;
use domain::agenda::{SessionStatus, Warning};
use domain::ids::{AgendaSessionId, EventId, VenueRoomId};

use super::create::check_places;
use super::fields::SessionFields;
use super::hold::hold;
use super::queries;
use super::save::lock;
use super::whole::{self, Agenda, AgendaSession, Reach, RoomOfSession};
use crate::{Outcome, Services, db};

/// What a session would clash with if these fields were saved; `None` is a new one. Nothing is saved.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`domain::FieldErrors`] per field.
pub async fn check(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: Option<AgendaSessionId>,
    fields: SessionFields,
) -> Outcome<Vec<Warning>> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let values = match session {
        Some(session) => {
            let stored = lock(&mut tx, &held, session).await?;
            fields.over(stored.fields(&held.zone)).parse(&held, stored.times())?
        }
        None => fields.parse(&held, None)?,
    };
    check_places(&mut tx, &held, &values).await?;
    let room = match values.venue_room {
        Some(room) => queries::venue_room_name(&mut tx, held.event, room)
            .await?
            .map(|name| RoomOfSession { id: VenueRoomId::new(room), name }),
        None => None,
    };
    let mut sessions = whole::sessions(&mut tx, EventId::new(held.event), Reach::Everything).await?;
    let id = session.unwrap_or_else(|| AgendaSessionId::new(services.rng.id(services.clock.now())));
    let present = sessions.iter().position(|other| other.id == id).map(|place| sessions.remove(place));
    sessions.push(AgendaSession {
        id,
        title: values.title.as_str().to_owned(),
        short_description: None,
        kind: values.kind,
        language: None,
        tags: Vec::new(),
        times: values.times,
        room,
        track: None,
        capacity: None,
        sign_up_required: false,
        sign_up_count: 0,
        status: present.as_ref().map_or(SessionStatus::Scheduled, |present| present.status),
        chat_mode: values.chat_mode,
        sequence: 0,
        version: 0,
        was_moved: false,
        is_held: false,
        speakers: present.map(|present| present.speakers).unwrap_or_default(),
    });
    Ok(Agenda { sessions, ..Agenda::default() }.warnings(id))
}
