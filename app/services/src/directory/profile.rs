use std::collections::HashMap;

use domain::SignedIn;
use domain::accounts::{Acquaintance, Relation, VisibleProfile};
use domain::attendees::EventRole;
use domain::connections::{ContactAction, Tie, contact_action};
use domain::events::{EventAction, may};
use domain::ids::{AgendaSessionId, EventId, UserId};
use uuid::Uuid;

use super::queries;
use crate::connections::{self, TieWith};
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services, accounts};

/// One member of an event as another sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberProfile {
    pub head: EventHead,
    /// Of the viewer.
    pub viewer_role: EventRole,
    pub profile: VisibleProfile,
    pub role: EventRole,
    pub sessions: Vec<SpokenSession>,
    pub tie: TieWith,
    pub action: ContactAction,
    /// What a request may open with.
    pub icebreakers: Vec<String>,
}

/// A person as another sees them, without an event as the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPage {
    pub profile: VisibleProfile,
    pub tie: TieWith,
    pub is_self: bool,
    /// Those both take part in, the latest first: a request names one.
    pub events: Vec<SharedEvent>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedEvent {
    pub slug: String,
    pub title: String,
}

/// A session somebody has a part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenSession {
    pub id: AgendaSessionId,
    pub title: String,
}

/// Opens a profile inside an event: five statements.
///
/// # Errors
/// As the policy for the pages of members; [`domain::AppError::NotFound`] for whoever takes no part there, or is blocked
/// either way. `user` is `None` for what is no id at all.
pub async fn member_profile(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
) -> Outcome<MemberProfile> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeeMemberPages, head.visibility, &standing)?;
    let viewer_role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let user = user.ok_or(ServiceError::NOT_FOUND)?;
    let found = accounts::people_seen(services, &[(user, Some(head.id))]).await?.remove(&user);
    let found = found.ok_or(ServiceError::NOT_FOUND)?;
    let role = found.role.ok_or(ServiceError::NOT_FOUND)?;
    let tie =
        connections::ties(services, Some(person.user), &[user]).await?.remove(&user).unwrap_or_default();
    if tie.is_blocked {
        return Err(ServiceError::NOT_FOUND);
    }
    let sessions = sessions_of(services, head.id, &[user]).await?.remove(&user).unwrap_or_default();
    let icebreakers = queries::icebreakers(&services.db, head.id.get()).await?;
    let is_self = user == person.user;
    let relation = Relation::in_event(is_self, Some(viewer_role), tie.tie == Tie::Connected);
    Ok(MemberProfile {
        profile: found.shown_to(relation),
        action: contact_action(is_self, tie.tie, found.privacy.connection_requests, viewer_role),
        head,
        viewer_role,
        role,
        sessions,
        tie,
        icebreakers,
    })
}

/// Opens a profile: four statements.
///
/// # Errors
/// [`domain::AppError::NotFound`] for whoever the viewer has nothing in common with, or is blocked either way.
pub async fn person(services: &Services, person: &SignedIn, user: UserId) -> Outcome<PersonPage> {
    let seen = accounts::acquaintance(services, Some(person.user), user).await?;
    if !seen.is_some_and(Acquaintance::sees) {
        return Err(ServiceError::NOT_FOUND);
    }
    let found = accounts::people_seen(services, &[(user, None)]).await?.remove(&user);
    let found = found.ok_or(ServiceError::NOT_FOUND)?;
    let tie =
        connections::ties(services, Some(person.user), &[user]).await?.remove(&user).unwrap_or_default();
    let rows = queries::shared_events(&services.db, person.user.get(), user.get()).await?;
    let is_self = user == person.user;
    let relation = Relation::anywhere(is_self, tie.tie == Tie::Connected);
    Ok(PersonPage {
        profile: found.shown_to(relation),
        events: rows.into_iter().map(|row| SharedEvent { slug: row.slug, title: row.title }).collect(),
        tie,
        is_self,
    })
}

/// The sessions of an event that these people have a part in and everybody sees, by their start: one statement.
pub(super) async fn sessions_of(
    services: &Services,
    event: EventId,
    users: &[UserId],
) -> Outcome<HashMap<UserId, Vec<SpokenSession>>> {
    let ids: Vec<Uuid> = users.iter().map(|user| user.get()).collect();
    let mut sessions: HashMap<UserId, Vec<SpokenSession>> = HashMap::new();
    for row in queries::sessions_of(&services.db, event.get(), &ids).await? {
        let session = SpokenSession { id: AgendaSessionId::new(row.id), title: row.title };
        sessions.entry(UserId::new(row.user_id)).or_default().push(session);
    }
    Ok(sessions)
}
