use domain::agenda::SessionKind;
use domain::ids::{TrackId, UserId, VenueRoomId};

use super::whole::{AgendaSession, RoomOfSession};
use crate::attending::OwnChoices;

/// What of an agenda somebody wants to see; empty for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgendaFilter {
    /// What the person starred or signed up for.
    pub only_mine: bool,
    pub track: Option<TrackId>,
    /// Any of these; empty for all.
    pub rooms: Vec<VenueRoomId>,
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
    pub fn keeps(&self, session: &AgendaSession, own: &OwnChoices) -> bool {
        let is = |wanted: &Option<String>, present: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(present))
        };
        let is_in = |room: &RoomOfSession| self.rooms.contains(&room.id);
        (!self.only_mine || own.holds(session.id))
            && self.track.is_none_or(|track| session.track.as_ref().is_some_and(|found| found.id == track))
            && (self.rooms.is_empty() || session.room.as_ref().is_some_and(is_in))
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
