use std::collections::HashMap;

use domain::SignedIn;
use domain::accounts::{ConnectionRequestPermission, EmailVisibility, Relation, VisibleProfile};
use domain::attendees::EventRole;
use domain::connections::{ContactAction, Tie, contact_action};
use domain::events::{EventAction, may};
use domain::ids::UserId;
use domain::paging::{Keyset, PageSize};

use super::profile::{SpokenSession, sessions_of};
use super::{DirectoryFilter, queries};
use crate::accounts::{self, PersonInEvent};
use crate::connections::{self, TieWith};
use crate::cursor::NameCursor;
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services};

/// The people of an event as one member finds them.
#[derive(Debug, Clone, PartialEq)]
pub struct Directory {
    pub head: EventHead,
    /// Of the viewer.
    pub role: EventRole,
    /// `None` for owners of the organization without a membership.
    pub own: Option<OwnVisibility>,
    /// By last, then first name.
    pub people: Keyset<DirectoryEntry>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryEntry {
    pub profile: VisibleProfile,
    pub role: EventRole,
    /// Those the person speaks in.
    pub sessions: Vec<SpokenSession>,
    pub action: ContactAction,
}

/// How others find the viewer here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnVisibility {
    pub is_listed: bool,
    pub email: EmailVisibility,
    pub requests: ConnectionRequestPermission,
}

impl OwnVisibility {
    fn of(found: &PersonInEvent) -> Option<Self> {
        found.role?;
        Some(Self {
            is_listed: found.is_listed,
            email: found.privacy.email_visibility,
            requests: found.privacy.connection_requests,
        })
    }
}

/// Opens the directory: five statements. Members find who is listed, organizers everybody; nobody finds whom they block,
/// or who blocks them.
///
/// # Errors
/// As the policy for the pages of members; [`domain::FieldErrors`] on `cursor`.
pub async fn directory(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    filter: &DirectoryFilter,
    (cursor, limit): (Option<&str>, PageSize),
) -> Outcome<Directory> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeeMemberPages, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let list = format!("directory {}", head.id);
    let from = cursor.map(|sealed| NameCursor::open(services, &list, person.user, sealed)).transpose()?;
    let wanted = queries::Wanted {
        event: head.id.get(),
        viewer: person.user.get(),
        sees_all: role.is_organizer(),
        text: filter.text.as_str(),
        role: filter.role.map(EventRole::as_str),
    };
    // One more than is shown tells whether there is more.
    let (db, most) = (&services.db, limit.get() + 1);
    let mut rows = match &from {
        None => queries::people_after(db, wanted, &NameCursor::TOP, most).await?,
        Some(from) if from.is_backwards => queries::people_before(db, wanted, from, most).await?,
        Some(from) => queries::people_after(db, wanted, from, most).await?,
    };
    let size = usize::try_from(limit.get()).unwrap_or(usize::MAX);
    let has_more = rows.len() > size;
    rows.truncate(size);
    let (has_newer, has_older) = match &from {
        None => (false, has_more),
        Some(from) if from.is_backwards => {
            rows.reverse();
            (has_more, true)
        }
        Some(_) => (true, has_more),
    };
    let seal = |row: &queries::PlaceRow, is_backwards| {
        let at = NameCursor {
            is_backwards,
            last: row.last_key.clone(),
            name: row.name_key.clone(),
            id: row.user_id,
        };
        at.seal(services, &list, person.user)
    };
    let newer = rows.first().filter(|_| has_newer).map(|row| seal(row, true));
    let older = rows.last().filter(|_| has_older).map(|row| seal(row, false));
    let users: Vec<UserId> = rows.iter().map(|row| UserId::new(row.user_id)).collect();
    let mut seen: Vec<_> = users.iter().map(|user| (*user, Some(head.id))).collect();
    if !users.contains(&person.user) {
        seen.push((person.user, Some(head.id)));
    }
    let mut people = accounts::people_seen(services, &seen).await?;
    let ties = connections::ties(services, Some(person.user), &users).await?;
    let mut sessions = sessions_of(services, head.id, &users).await?;
    let own = people.get(&person.user).and_then(OwnVisibility::of);
    let items = users.iter().filter_map(|user| {
        let found = people.remove(user)?;
        let sessions = sessions.remove(user).unwrap_or_default();
        entry(&found, *user == person.user, role, &ties, sessions)
    });
    let items = items.collect();
    Ok(Directory { own, people: Keyset { items, newer, older }, head, role })
}

/// `None` for whoever left between two statements.
fn entry(
    found: &PersonInEvent,
    is_self: bool,
    role: EventRole,
    ties: &HashMap<UserId, TieWith>,
    sessions: Vec<SpokenSession>,
) -> Option<DirectoryEntry> {
    let tie = ties.get(&found.profile.user).map_or(Tie::None, |with| with.tie);
    let relation = Relation::in_event(is_self, Some(role), tie == Tie::Connected);
    Some(DirectoryEntry {
        profile: found.shown_to(relation),
        role: found.role?,
        sessions,
        action: contact_action(is_self, tie, found.privacy.connection_requests, role),
    })
}
