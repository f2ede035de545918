use std::collections::HashMap;

use domain::Viewer;
use domain::accounts::{Relation, VisibleProfile};
use domain::agenda::{SessionSpeakerRole, SessionTimes};
use domain::attendees::EventRole;
use domain::connections::Tie;
use domain::events::{EventAction, may};
use domain::ids::{AgendaSessionId, UserId};

use super::page::zone_of;
use super::whole::{self, Reach};
use crate::events::{self, EventHead};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services, accounts, connections};

/// Everybody with a part in a session that is seen, as one visitor or member gets them.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakersPage {
    pub head: EventHead,
    /// `None` for visitors.
    pub role: Option<EventRole>,
    pub zone: TimeZoneName,
    /// By last, then first name.
    pub speakers: Vec<DirectoryEntry>,
}

/// One speaker as one visitor or member gets them.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakerPage {
    pub head: EventHead,
    pub role: Option<EventRole>,
    pub zone: TimeZoneName,
    pub speaker: DirectoryEntry,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryEntry {
    /// What the person's privacy shows this viewer; title and biography are those for the event where there are any.
    pub profile: VisibleProfile,
    pub sessions: Vec<SpokenSession>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenSession {
    pub id: AgendaSessionId,
    pub title: String,
    pub times: Option<SessionTimes>,
    pub role: SessionSpeakerRole,
}

/// Opens the directory: three statements, four for members. `search` looks at what this viewer sees: name, title and company.
///
/// # Errors
/// [`domain::AppError::NotFound`] when the event or its content is hidden.
pub async fn speakers_directory(
    services: &Services,
    viewer: &Viewer,
    slug: &str,
    search: &str,
) -> Outcome<SpeakersPage> {
    let (head, role, mut speakers) = load(services, viewer, slug).await?;
    let wanted = search.trim().to_lowercase();
    speakers.retain(|entry| wanted.is_empty() || finds(&entry.profile, &wanted));
    Ok(SpeakersPage { zone: zone_of(&head)?, head, role, speakers })
}

/// Opens one speaker: as [`speakers_directory`].
///
/// # Errors
/// As [`speakers_directory`], also for somebody without a part in a session that is seen, or blocked either way.
pub async fn open_speaker(
    services: &Services,
    viewer: &Viewer,
    slug: &str,
    speaker: UserId,
) -> Outcome<SpeakerPage> {
    let (head, role, speakers) = load(services, viewer, slug).await?;
    let speaker = speakers.into_iter().find(|entry| entry.profile.user == speaker);
    let speaker = speaker.ok_or(ServiceError::NOT_FOUND)?;
    Ok(SpeakerPage { zone: zone_of(&head)?, head, role, speaker })
}

async fn load(
    services: &Services,
    viewer: &Viewer,
    slug: &str,
) -> Outcome<(EventHead, Option<EventRole>, Vec<DirectoryEntry>)> {
    let (head, standing) = events::head_with_standing(services, viewer.user(), slug).await?;
    may(EventAction::SeeAgenda, head.visibility, &standing)?;
    let role = standing.effective_role();
    let sessions = whole::sessions(&mut *services.db.acquire().await?, head.id, Reach::Scheduled).await?;
    let mut spoken: HashMap<UserId, Vec<SpokenSession>> = HashMap::new();
    for session in sessions {
        for speaker in &session.speakers {
            spoken.entry(speaker.user).or_default().push(SpokenSession {
                id: session.id,
                title: session.title.clone(),
                times: session.times,
                role: speaker.role,
            });
        }
    }
    let users: Vec<UserId> = spoken.keys().copied().collect();
    // By last, then first name.
    let people = accounts::people_in_event(services, head.id, &users).await?;
    let ties = connections::ties(services, viewer.user(), &users).await?;
    let entries = people.into_iter().filter_map(|person| {
        let with = ties.get(&person.profile.user)?;
        let sessions = spoken.remove(&person.profile.user).filter(|_| !with.is_blocked)?;
        let is_self = viewer.user() == Some(person.profile.user);
        let relation = Relation::in_event(is_self, role, with.tie == Tie::Connected);
        Some(DirectoryEntry { profile: person.shown_to(relation), sessions })
    });
    let entries = entries.collect();
    Ok((head, role, entries))
}

fn finds(profile: &VisibleProfile, wanted: &str) -> bool {
    [Some(&profile.full_name), profile.title.as_ref(), profile.company.as_ref()]
        .into_iter()
        .flatten()
        .any(|part| part.to_lowercase().contains(wanted))
}
