//! Who may listen to an event: active members who see its content, and owners of its organization.

use std::collections::HashSet;

use domain::events::{EventAction, EventVisibility};
use domain::ids::{EventId, UserId};
use uuid::Uuid;

use super::{EventStanding, StandingFacts, queries};
use crate::{Outcome, ServiceError, Services};

/// Those of these pairs that the policy allows now: one statement, none when nobody listens.
///
/// # Errors
/// Database errors only.
pub async fn may_listen(
    services: &Services,
    listening: &[(UserId, EventId)],
) -> Outcome<HashSet<(UserId, EventId)>> {
    if listening.is_empty() {
        return Ok(HashSet::new());
    }
    let (users, events): (Vec<Uuid>, Vec<Uuid>) =
        listening.iter().map(|(user, event)| (user.get(), event.get())).unzip();
    let mut allowed = HashSet::new();
    for row in queries::event_listeners(&services.db, &users, &events).await? {
        let facts = StandingFacts {
            event_status: &row.status,
            role: row.role.as_deref(),
            membership: row.membership.as_deref(),
            organization_role: row.organization_role.as_deref(),
            muted: false,
        };
        let visibility = EventVisibility::from_stored(&row.visibility)
            .ok_or_else(|| ServiceError::unknown_value("events.visibility", &row.visibility))?;
        let standing = EventStanding { id: row.event_id, visibility, standing: facts.read()? };
        if standing.may(EventAction::SeeMemberPages).is_ok() {
            allowed.insert((UserId::new(row.user_id), EventId::new(row.event_id)));
        }
    }
    Ok(allowed)
}
