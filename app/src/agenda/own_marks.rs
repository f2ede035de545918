use std::collections::HashMap;
use std::sync::Arc;

use domain::ids::AgendaSessionId;
use services::agenda::Agenda;
use services::attending::OwnChoices;

/// What the viewer chose of an agenda, as its cards show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OwnMarks {
    pub choices: OwnChoices,
    /// The title of another chosen session at the same time.
    overlaps: HashMap<AgendaSessionId, String>,
    /// The address to which stars lead back.
    back: String,
}

impl OwnMarks {
    pub(super) fn of(agenda: &Agenda, choices: OwnChoices, back: String) -> Arc<Self> {
        let titles = agenda.overlaps_of(&choices).into_iter();
        let overlaps = titles.filter_map(|(id, other)| Some((id, agenda.session(other)?.title.clone())));
        Arc::new(Self { overlaps: overlaps.collect(), choices, back })
    }

    pub(super) fn overlap(&self, session: AgendaSessionId) -> Option<&str> {
        self.overlaps.get(&session).map(String::as_str)
    }

    /// Back to the card of the session, so that nobody loses their place.
    pub(super) fn next(&self, session: AgendaSessionId) -> String {
        format!("{}#{}", self.back, anchor(session))
    }
}

/// Names a card within its page.
pub(super) fn anchor(session: AgendaSessionId) -> String {
    format!("session-{session}")
}
