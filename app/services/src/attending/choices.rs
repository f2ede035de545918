use std::collections::HashSet;

use domain::ids::{AgendaSessionId, EventId};
use domain::time::Timestamp;
use domain::{SignedIn, Viewer};

use super::queries;
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
}

/// What somebody starred or signed up for and comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextOwn {
    pub id: AgendaSessionId,
    pub title: String,
    pub starts_at: Timestamp,
    pub room: Option<String>,
}

/// The next of a person's own sessions that has not begun: one statement. The caller has found the agenda visible.
///
/// # Errors
/// Database errors only.
pub async fn next_own(services: &Services, person: &SignedIn, event: EventId) -> Outcome<Option<NextOwn>> {
    let now = services.clock.now();
    let row = queries::next_own(&services.db, event.get(), person.user.get(), now).await?;
    Ok(row.map(|row| NextOwn {
        id: AgendaSessionId::new(row.id),
        title: row.title,
        starts_at: row.starts_at.into(),
        room: row.room,
    }))
}
