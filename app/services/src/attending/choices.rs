use std::collections::HashSet;

use domain::agenda::SessionTimes;
use domain::ids::{AgendaSessionId, EventId};
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

/// A session that somebody has a place in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSignUp {
    pub session: AgendaSessionId,
    pub title: String,
    /// `None`: taken off the agenda meanwhile.
    pub times: Option<SessionTimes>,
    pub room: Option<String>,
    pub is_cancelled: bool,
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

/// The sessions of an event that a member has a place in, by their start: one statement. The caller has found the
/// member's own page visible.
///
/// # Errors
/// Database errors only.
pub async fn own_sign_ups(services: &Services, person: &SignedIn, event: EventId) -> Outcome<Vec<OwnSignUp>> {
    let rows = queries::sign_ups_of(&services.db, event.get(), person.user.get()).await?;
    let read = |row: queries::SignUpRow| OwnSignUp {
        session: AgendaSessionId::new(row.id),
        title: row.title,
        times: row.starts_at.zip(row.ends_at).map(|(start, end)| SessionTimes::stored(start, end)),
        room: row.room_name,
        is_cancelled: row.is_cancelled,
    };
    Ok(rows.into_iter().map(read).collect())
}

impl OwnChoices {
    #[must_use]
    pub fn holds(&self, session: AgendaSessionId) -> bool {
        self.starred.contains(&session) || self.signed_up.contains(&session)
    }
}
