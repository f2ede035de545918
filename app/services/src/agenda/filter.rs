use domain::agenda::SessionKind;
use domain::ids::{TrackId, UserId, VenueRoomId};

use super::whole::AgendaSession;

/// What of an agenda somebody wants to see; empty for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgendaFilter {
    pub track: Option<TrackId>,
    pub room: Option<VenueRoomId>,
    pub kind: Option<SessionKind>,
    pub language: Option<String>,
    pub tag: Option<String>,
    pub speaker: Option<UserId>,
    /// In title, short description, tags and names of speakers.
    pub text: Option<String>,
}

impl AgendaFilter {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    #[must_use]
    pub fn keeps(&self, session: &AgendaSession) -> bool {
        let is = |wanted: &Option<String>, present: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(present))
        };
        self.track.is_none_or(|track| session.track.as_ref().is_some_and(|found| found.id == track))
            && self.room.is_none_or(|room| session.room.as_ref().is_some_and(|found| found.id == room))
            && self.kind.is_none_or(|kind| session.kind == kind)
            && is(&self.language, session.language.as_deref().unwrap_or_default())
            && (self.tag.is_none() || session.tags.iter().any(|tag| is(&self.tag, tag)))
            && self.speaker.is_none_or(|user| session.speakers.iter().any(|found| found.user == user))
            && self.text.as_ref().is_none_or(|text| holds(session, &text.to_lowercase()))
    }
}

fn holds(session: &AgendaSession, text: &str) -> bool {
    let names = session.speakers.iter().map(|speaker| &speaker.full_name);
    [&session.title]
        .into_iter()
        .chain(&session.short_description)
        .chain(&session.tags)
        .chain(names)
        .any(|part| part.to_lowercase().contains(text))
}
