use std::collections::HashSet;

use domain::Viewer;
use domain::agenda::SessionStatus;
use domain::ids::{AgendaSessionId, EventId};
use time::OffsetDateTime;

use super::queries;
use crate::agenda::AgendaSession;
use crate::{Outcome, Services};

/// What one person, or a visitor's browser, chose of an event's agenda.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnChoices {
    pub starred: HashSet<AgendaSessionId>,
    /// Nobody's for visitors: signing up takes a membership.
    pub signed_up: HashSet<AgendaSessionId>,
}

/// The viewer's own stars and places in an event: one statement, none for visitors, whose stars are `kept` in their
/// browser. The caller has found the agenda visible.
///
/// # Errors
/// Database errors only.
pub async fn own_choices(
    services: &Services,
    viewer: &Viewer,
    event: EventId,
    kept: &[AgendaSessionId],
) -> Outcome<OwnChoices> {
    let Some(user) = viewer.user() else {
        return Ok(OwnChoices { starred: kept.iter().copied().collect(), signed_up: HashSet::new() });
    };
    let mut own = OwnChoices::default();
    for row in queries::choices_of(&services.db, event.get(), user.get()).await? {
        let of_kind = if row.is_star { &mut own.starred } else { &mut own.signed_up };
        of_kind.insert(AgendaSessionId::new(row.session_id));
    }
    Ok(own)
}

impl OwnChoices {
    #[must_use]
    pub fn holds(&self, session: AgendaSessionId) -> bool {
        self.starred.contains(&session) || self.signed_up.contains(&session)
    }

    /// The first of them that begins after `now`; `sessions` come by their start.
    #[must_use]
    pub fn next_of<'a>(
        &self,
        sessions: &'a [AgendaSession],
        now: OffsetDateTime,
    ) -> Option<&'a AgendaSession> {
        sessions.iter().find(|session| {
            self.holds(session.id)
                && session.status == SessionStatus::Scheduled
                && session.times.is_some_and(|times| times.starts_at() > now)
        })
    }
}
