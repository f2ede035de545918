use std::collections::HashMap;

use domain::agenda::{
    Clash, ClashReason, SessionChatMode, SessionKind, SessionSpeakerRole, SessionStatus, SessionTimes, Slot,
    Warning, clashes, overlaps,
};
use domain::ids::{AgendaSessionId, EventId, FileId, TrackId, UserId, VenueRoomId};
use sqlx::PgConnection;

use super::queries::{self, Edition, PlaceRow, SessionRow, SpeakerJson};
use crate::attending::OwnChoices;
use crate::{Outcome, ServiceError};

/// An event's agenda as it comes whole: sessions by their start, those without a time last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    pub sessions: Vec<AgendaSession>,
    pub rooms: Vec<VenueRoom>,
    pub tracks: Vec<Track>,
}

/// A session as lists show it: never its stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaSession {
    pub id: AgendaSessionId,
    pub title: String,
    pub short_description: Option<String>,
    pub kind: SessionKind,
    pub language: Option<String>,
    pub tags: Vec<String>,
    /// `None`: in the tray, which organizers see.
    pub times: Option<SessionTimes>,
    pub room: Option<RoomOfSession>,
    pub track: Option<TrackOfSession>,
    pub capacity: Option<i32>,
    pub sign_up_required: bool,
    pub sign_up_count: i32,
    pub status: SessionStatus,
    pub chat_mode: SessionChatMode,
    /// Rises with each change that people see.
    pub sequence: i32,
    pub version: i32,
    /// Its time or room is another one than was published, and everybody may know.
    pub was_moved: bool,
    /// Changes of it wait for their release; only organizers learn that.
    pub is_held: bool,
    /// By their role, then in the order organizers gave them. Active members only.
    pub speakers: Vec<SessionSpeaker>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomOfSession {
    pub id: VenueRoomId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackOfSession {
    pub id: TrackId,
    pub name: String,
    pub colour: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSpeaker {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
    pub role: SessionSpeakerRole,
    pub(super) order_key: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VenueRoom {
    pub id: VenueRoomId,
    pub name: String,
    pub description: Option<String>,
    pub capacity: Option<i32>,
    pub version: i32,
    pub(super) order_key: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    pub id: TrackId,
    pub name: String,
    pub colour: String,
    pub version: i32,
    pub(super) order_key: String,
}

/// Whose agenda it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Everybody's: sessions with a time, as they were released.
    Scheduled,
    /// The organizers': all sessions, with the changes they hold.
    Everything,
}

/// Loads an event's agenda for somebody whose view of the event the caller has decided on: two statements, whatever its
/// size. Organizers get sessions without a time too, and what they hold.
///
/// # Errors
/// Database errors only.
pub async fn of_event(db: &mut PgConnection, event: EventId, sees_unscheduled: bool) -> Outcome<Agenda> {
    let reach = if sees_unscheduled { Reach::Everything } else { Reach::Scheduled };
    let sessions = sessions(db, event, reach).await?;
    let places = queries::places(db, event.get()).await?;
    let (rooms, tracks): (Vec<_>, Vec<_>) = places.into_iter().partition(|place| place.is_room);
    Ok(Agenda {
        sessions,
        rooms: rooms.into_iter().map(VenueRoom::from).collect(),
        tracks: tracks.into_iter().map(Track::from).collect(),
    })
}

pub(super) async fn sessions(
    db: &mut PgConnection,
    event: EventId,
    reach: Reach,
) -> Outcome<Vec<AgendaSession>> {
    let (edition, with_unscheduled) = match reach {
        Reach::Scheduled => (Edition::Released, false),
        Reach::Everything => (Edition::Draft, true),
    };
    let rows = queries::sessions(db, event.get(), edition, with_unscheduled, None).await?;
    rows.into_iter().map(read).collect()
}

/// One session that is not deleted, as it was released: one statement.
pub(super) async fn session(
    db: &mut PgConnection,
    event: EventId,
    id: AgendaSessionId,
) -> Outcome<AgendaSession> {
    let rows = queries::sessions(db, event.get(), Edition::Released, true, Some(id.get())).await?;
    rows.into_iter().next().ok_or(ServiceError::NOT_FOUND).and_then(read)
}

/// Others that overlap a session, by their start: one statement, none for a session without a time.
pub(super) async fn parallel_to(
    db: &mut PgConnection,
    event: EventId,
    session: &AgendaSession,
) -> Outcome<Vec<AgendaSession>> {
    let Some(times) = session.times else { return Ok(Vec::new()) };
    let rows = queries::overlapping(db, event.get(), times.starts_at(), times.ends_at()).await?;
    let others = rows.into_iter().filter(|row| row.id != session.id.get());
    others.map(read).collect()
}

/// The clashes of one session, in the caller's transaction: one statement.
pub(super) async fn warnings(
    db: &mut PgConnection,
    event: EventId,
    session: AgendaSessionId,
) -> Outcome<Vec<Warning>> {
    let agenda = Agenda { sessions: sessions(db, event, Reach::Everything).await?, ..Agenda::default() };
    Ok(agenda.warnings(session))
}

impl Agenda {
    #[must_use]
    pub fn session(&self, id: AgendaSessionId) -> Option<&AgendaSession> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// Every clash, cancelled sessions apart.
    #[must_use]
    pub fn clashes(&self) -> Vec<Clash> {
        let slots: Vec<Slot> = self.sessions.iter().filter_map(AgendaSession::slot).collect();
        clashes(&slots)
    }

    /// For each session that a person chose: another one of theirs that takes place at the same time. Cancelled ones
    /// apart.
    #[must_use]
    pub fn overlaps_of(&self, own: &OwnChoices) -> HashMap<AgendaSessionId, AgendaSessionId> {
        let chosen = self.sessions.iter().filter(|session| own.holds(session.id));
        let slots: Vec<Slot> = chosen.filter_map(AgendaSession::slot).collect();
        let pairs = overlaps(&slots).into_iter().map(|(first, second)| (first.session, second.session));
        let mut found = HashMap::new();
        for (first, second) in pairs {
            found.entry(first).or_insert(second);
            found.entry(second).or_insert(first);
        }
        found
    }

    /// The clashes of one session, each with the other.
    #[must_use]
    pub fn warnings(&self, session: AgendaSessionId) -> Vec<Warning> {
        self.clashes().iter().filter_map(|clash| self.warning(*clash, session)).collect()
    }

    /// A clash as one of both sessions is told.
    #[must_use]
    pub fn warning(&self, clash: Clash, of: AgendaSessionId) -> Option<Warning> {
        let other = self.session(clash.other(of)?)?;
        let times = other.times?;
        let (both_want, is_room) = match clash.reason {
            ClashReason::Room(_) => (other.room.as_ref()?.name.clone(), true),
            ClashReason::Speaker(user) => {
                let speaker = other.speakers.iter().find(|speaker| speaker.user == user)?;
                (speaker.full_name.clone(), false)
            }
        };
        Some(Warning {
            other: other.id,
            title: other.title.clone(),
            starts_at: times.starts_at().into(),
            ends_at: times.ends_at().into(),
            both_want,
            is_room,
        })
    }
}

impl AgendaSession {
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.capacity.is_some_and(|capacity| self.sign_up_count >= capacity)
    }

    pub(super) fn slot(&self) -> Option<Slot> {
        let times = self.times.filter(|_| self.status != SessionStatus::Cancelled)?;
        Some(Slot {
            session: self.id,
            times,
            room: self.room.as_ref().map(|room| room.id),
            speakers: self.speakers.iter().map(|speaker| speaker.user).collect(),
        })
    }
}

pub(super) fn read_status(stored: &str) -> Outcome<SessionStatus> {
    SessionStatus::from_stored(stored)
        .ok_or_else(|| ServiceError::unknown_value("agenda_sessions.status", stored))
}

fn read(row: SessionRow) -> Outcome<AgendaSession> {
    let unknown = ServiceError::unknown_value;
    let mut speakers = row.speakers.0.into_iter().map(read_speaker).collect::<Outcome<Vec<_>>>()?;
    speakers.sort_by(|a, b| (a.role.rank(), &a.order_key).cmp(&(b.role.rank(), &b.order_key)));
    Ok(AgendaSession {
        id: AgendaSessionId::new(row.id),
        title: row.title,
        short_description: row.short_description,
        kind: SessionKind::from_stored(&row.kind)
            .ok_or_else(|| unknown("agenda_sessions.kind", &row.kind))?,
        language: row.language,
        tags: row.tags,
        times: row.starts_at.zip(row.ends_at).map(|(start, end)| SessionTimes::stored(start, end)),
        room: row
            .venue_room_id
            .zip(row.room_name)
            .map(|(id, name)| RoomOfSession { id: VenueRoomId::new(id), name }),
        track: row.track_id.zip(row.track_name).map(|(id, name)| TrackOfSession {
            id: TrackId::new(id),
            name,
            colour: row.track_colour.unwrap_or_default(),
        }),
        capacity: row.capacity,
        sign_up_required: row.sign_up_required,
        sign_up_count: row.sign_up_count,
        status: read_status(&row.status)?,
        chat_mode: SessionChatMode::from_stored(&row.chat_mode)
            .ok_or_else(|| unknown("agenda_sessions.chat_mode", &row.chat_mode))?,
        sequence: row.sequence,
        version: row.version,
        was_moved: row.was_moved,
        is_held: row.is_held,
        speakers,
    })
}

fn read_speaker(json: SpeakerJson) -> Outcome<SessionSpeaker> {
    Ok(SessionSpeaker {
        user: UserId::new(json.user),
        full_name: domain::accounts::full_name(&json.first, &json.last),
        avatar: json.avatar.map(FileId::new),
        role: SessionSpeakerRole::from_stored(&json.role)
            .ok_or_else(|| ServiceError::unknown_value("session_speakers.role", &json.role))?,
        order_key: json.order_key,
    })
}

impl From<PlaceRow> for VenueRoom {
    fn from(row: PlaceRow) -> Self {
        Self {
            id: VenueRoomId::new(row.id),
            name: row.name,
            description: row.description,
            capacity: row.capacity,
            version: row.version,
            order_key: row.order_key,
        }
    }
}

impl From<PlaceRow> for Track {
    fn from(row: PlaceRow) -> Self {
        Self {
            id: TrackId::new(row.id),
            name: row.name,
            colour: row.colour.unwrap_or_default(),
            version: row.version,
            order_key: row.order_key,
        }
    }
}
