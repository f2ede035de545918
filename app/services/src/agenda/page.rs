use std::collections::HashSet;

use domain::Viewer;
use domain::agenda::SessionStatus;
use domain::attendees::EventRole;
use domain::events::{EventAction, EventFormat, may};
use domain::ids::{AgendaSessionId, EventId};
use time::{Date, OffsetDateTime};

use super::whole::{self, Agenda, AgendaSession, Reach, SessionSpeaker};
use crate::events::{self, EventHead};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services};

/// The agenda as one visitor or member gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaPage {
    pub head: EventHead,
    /// `None` for visitors.
    pub role: Option<EventRole>,
    pub zone: TimeZoneName,
    /// Sessions with a time only.
    pub agenda: Agenda,
}

/// What takes place at an instant, and what comes after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meanwhile {
    pub now: Vec<AgendaSession>,
    /// Those that start next, all at one instant.
    pub next: Vec<AgendaSession>,
}

/// Opens the agenda: three statements, whatever its size.
///
/// # Errors
/// [`domain::AppError::NotFound`] when the event or its content is hidden.
pub async fn open(services: &Services, viewer: &Viewer, slug: &str) -> Outcome<AgendaPage> {
    let (head, standing) = events::head_with_standing(services, viewer.user(), slug).await?;
    may(EventAction::SeeAgenda, head.visibility, &standing)?;
    let zone = zone_of(&head)?;
    let mut connection = services.db.acquire().await?;
    let agenda = whole::of_event(&mut connection, head.id, false).await?;
    Ok(AgendaPage { role: standing.effective_role(), head, zone, agenda })
}

/// The event's own zone.
///
/// # Errors
/// [`crate::ServiceError::Broken`] for a stored name that is no zone.
pub fn zone_of(head: &EventHead) -> Outcome<TimeZoneName> {
    TimeZoneName::stored(&head.time_zone)
}

/// The sessions with a time, by their start, of an event whose content the caller has found visible: one statement.
///
/// # Errors
/// Database errors only.
pub async fn scheduled(services: &Services, event: EventId) -> Outcome<Vec<AgendaSession>> {
    whole::sessions(&mut *services.db.acquire().await?, event, Reach::Scheduled).await
}

/// What the page of an event tells of its agenda.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brief {
    pub meanwhile: Meanwhile,
    /// In the order of their first sessions.
    pub speakers: Vec<BriefSpeaker>,
    /// Those with sessions.
    pub days: Vec<BriefDay>,
    /// Sessions beyond those of the days.
    pub more: usize,
}

/// A day of the event, in its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefDay {
    pub number: i64,
    pub date: Date,
    /// By their start.
    pub sessions: Vec<AgendaSession>,
}

/// Sessions the page of an event shows; the others are one click away.
const BRIEF_SESSIONS: usize = 100;

/// Name and picture are for whoever sees the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefSpeaker {
    pub speaker: SessionSpeaker,
    /// Title of the first session.
    pub session: String,
}

impl Brief {
    /// The first session that is on now.
    #[must_use]
    pub fn live(&self) -> Option<AgendaSessionId> {
        let is_live = |session: &&AgendaSession| session.status == SessionStatus::Live;
        self.meanwhile.now.iter().find(is_live).map(|session| session.id)
    }
}

/// What is on now and next, who speaks, and what is on which day, in an event whose content the caller has found visible:
/// one statement.
///
/// # Errors
/// Database errors only.
pub async fn brief(services: &Services, head: &EventHead) -> Outcome<Brief> {
    let sessions = whole::sessions(&mut *services.db.acquire().await?, head.id, Reach::Scheduled).await?;
    let mut seen = HashSet::new();
    let mut speakers = Vec::new();
    for session in &sessions {
        for speaker in session.speakers.iter().filter(|speaker| seen.insert(speaker.user)) {
            speakers.push(BriefSpeaker { speaker: speaker.clone(), session: session.title.clone() });
        }
    }
    let meanwhile = Meanwhile::at(services.clock.now(), &sessions);
    let more = sessions.len().saturating_sub(BRIEF_SESSIONS);
    Ok(Brief { meanwhile, speakers, days: by_day(head, sessions)?, more })
}

fn by_day(head: &EventHead, sessions: Vec<AgendaSession>) -> Outcome<Vec<BriefDay>> {
    let zone = zone_of(head)?;
    let mut days: Vec<BriefDay> = Vec::new();
    for session in sessions.into_iter().take(BRIEF_SESSIONS) {
        let Some(times) = session.times else { continue };
        let date = zone.local_at(times.starts_at()).date();
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.sessions.push(session),
            None => {
                let number = (date - head.start_date).whole_days() + 1;
                days.push(BriefDay { number, date, sessions: vec![session] });
            }
        }
    }
    Ok(days)
}

impl Meanwhile {
    /// `sessions` come by their start.
    #[must_use]
    pub fn at(now: OffsetDateTime, sessions: &[AgendaSession]) -> Self {
        let on_now = |session: &&AgendaSession| match session.status {
            SessionStatus::Live => true,
            SessionStatus::Scheduled => session.times.is_some_and(|times| times.contains(now)),
            SessionStatus::Completed | SessionStatus::Cancelled => false,
        };
        let starts_next = |session: &&AgendaSession| {
            session.status == SessionStatus::Scheduled
                && session.times.is_some_and(|times| times.starts_at() > now)
        };
        // By their start.
        let first = sessions.iter().find(starts_next).and_then(|session| session.times);
        let with_first = |session: &&AgendaSession| {
            starts_next(session)
                && session
                    .times
                    .zip(first)
                    .is_some_and(|(times, first)| times.starts_at() == first.starts_at())
        };
        Self {
            now: sessions.iter().filter(on_now).cloned().collect(),
            next: sessions.iter().filter(with_first).cloned().collect(),
        }
    }
}

impl AgendaPage {
    /// Online events open in the viewer's zone, all others in their own.
    #[must_use]
    pub fn opens_in_viewers_zone(&self) -> bool {
        match self.head.format {
            EventFormat::Virtual => true,
            EventFormat::InPerson | EventFormat::Hybrid => false,
        }
    }
}
