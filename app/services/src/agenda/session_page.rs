use domain::Viewer;
use domain::attendees::EventRole;
use domain::chat::RoomKind;
use domain::events::{EventAction, may};
use domain::ids::{AgendaSessionId, ChatRoomId};

use super::page::zone_of;
use super::queries;
use super::whole::{self, AgendaSession};
use crate::events::{self, EventHead};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services, chat};

/// One session as one visitor or member gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionPage {
    pub head: EventHead,
    /// `None` for visitors.
    pub role: Option<EventRole>,
    pub zone: TimeZoneName,
    pub session: AgendaSession,
    /// Markdown as typed.
    pub description: Option<String>,
    pub opens_before_minutes: i32,
    /// The viewer is one of its speakers.
    pub speaks_here: bool,
    /// The rooms that this viewer may read and the chat mode shows.
    pub chat_rooms: Vec<(RoomKind, ChatRoomId)>,
    /// Others that overlap it, by their start.
    pub parallel: Vec<AgendaSession>,
}

/// Loads a session as the viewer: four statements. Sessions without a time exist for organizers only.
///
/// # Errors
/// [`domain::AppError::NotFound`] when the event, its content or the session is hidden or missing.
pub async fn look_up(
    services: &Services,
    viewer: &Viewer,
    slug: &str,
    id: AgendaSessionId,
) -> Outcome<SessionPage> {
    let (head, standing) = events::head_with_standing(services, viewer.user(), slug).await?;
    may(EventAction::SeeAgenda, head.visibility, &standing)?;
    let role = standing.effective_role();
    let mut connection = services.db.acquire().await?;
    let session = whole::session(&mut connection, head.id, id).await?;
    if session.times.is_none() && !role.is_some_and(EventRole::is_organizer) {
        return Err(ServiceError::NOT_FOUND);
    }
    let details = queries::session_details(&mut connection, head.id.get(), id.get()).await?;
    let details = details.ok_or(ServiceError::NOT_FOUND)?;
    let parallel = whole::parallel_to(&mut connection, head.id, &session).await?;
    let speaks_here =
        viewer.user().is_some_and(|user| session.speakers.iter().any(|speaker| speaker.user == user));
    if let Viewer::SignedIn(person) = viewer
        && speaks_here
    {
        chat::speaker_arrives(services, head.id, id, person);
    }
    let rooms = [(RoomKind::Public, details.public_room), (RoomKind::Backstage, details.backstage)];
    let opens = |kind: RoomKind| {
        session.chat_mode.shows(kind) && domain::chat::may_read(kind, speaks_here, &standing).is_ok()
    };
    let chat_rooms = rooms
        .into_iter()
        .filter(|(kind, _)| opens(*kind))
        .filter_map(|(kind, room)| room.map(|room| (kind, ChatRoomId::new(room))))
        .collect();
    Ok(SessionPage {
        zone: zone_of(&head)?,
        head,
        role,
        session,
        description: details.description,
        opens_before_minutes: details.opens_before_minutes,
        speaks_here,
        chat_rooms,
        parallel,
    })
}
