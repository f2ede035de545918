use domain::accounts::{Acquaintance, PersonCard};
use domain::conversations::{Opening, Pair, Scope, may_open};
use domain::ids::{ConversationId, EventId, UserId};
use domain::slug::Slug;
use domain::{AppError, SignedIn};
use sqlx::PgConnection;

use super::{queries, rules, tell};
use crate::events::StandingFacts;
use crate::limits;
use crate::{Outcome, ServiceError, Services, connections, db};

/// With whom, and inside which event, by its address.
#[derive(Debug, Clone)]
pub struct NewConversation {
    pub person: UserId,
    pub event: Option<String>,
}

/// Opens the conversation with somebody, or finds it: two at once get one.
///
/// # Errors
/// As [`may_open`]; [`AppError::TooMany`] after ten new ones an hour.
pub async fn start(services: &Services, person: &SignedIn, new: &NewConversation) -> Outcome<ConversationId> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let asked = facts(&mut tx, person, new).await?;
    may_open(&asked.opening)?;
    let event = asked.event.as_ref().map(|event| EventId::new(event.id));
    let (own, other) = (person.user.get(), new.person.get());
    if let Some(found) = queries::of_pair(&mut tx, own, other, event.map(EventId::get)).await? {
        return Ok(ConversationId::new(found));
    }
    if event.is_some() {
        limits::take_in(&mut tx, now, &[rules::openings(person.user)]).await?;
    }
    // Whoever blocks takes the same locks: no conversation opens behind a block that was put meanwhile.
    connections::hold_people(&mut tx, [person.user, new.person]).await?;
    let asked = facts(&mut tx, person, new).await?;
    may_open(&asked.opening)?;
    let opening = super::Opening { by: person.user, with: new.person, event, first: None };
    let conversation = super::open(services, &mut tx, &opening).await?;
    tx.commit().await?;
    let me = PersonCard { id: person.user, full_name: person.full_name.clone() };
    let title = asked.event.as_ref().map(|event| event.title.as_str());
    tell::opened(services, conversation, [me, asked.other], title);
    Ok(conversation)
}

struct Asked {
    opening: Opening,
    other: PersonCard,
    event: Option<queries::SharedEventRow>,
}

async fn facts(tx: &mut PgConnection, person: &SignedIn, new: &NewConversation) -> Outcome<Asked> {
    let (own, other) = (person.user.get(), new.person.get());
    let row = queries::strangers(&mut *tx, own, other).await?.ok_or(ServiceError::NOT_FOUND)?;
    let event = match &new.event {
        None => None,
        Some(slug) if Slug::is_possible(slug) => {
            Some(queries::shared_event(tx, slug, own, other).await?.ok_or(ServiceError::NOT_FOUND)?)
        }
        Some(_) => return Err(AppError::NotFound.into()),
    };
    let acquaintance = Acquaintance {
        is_self: false,
        shares_event: row.shares_event,
        shares_organization: row.shares_organization,
        speaks_in_public: row.speaks_in_public,
        is_connected: row.is_connected,
        asks_viewer: false,
        is_blocked: row.is_blocked,
    };
    // Nobody sees a closed account.
    let sees = row.other_is_active && acquaintance.sees();
    let scope = match &event {
        None => Scope::Global { connected: row.is_connected },
        Some(event) => event.scope()?,
    };
    let pair = Pair { blocked: row.is_blocked, other_is_active: row.other_is_active, scope };
    let opening = Opening { is_self: own == other, sees, pair };
    let full_name = domain::accounts::full_name(&row.other_first_name, &row.other_last_name);
    Ok(Asked { opening, other: PersonCard { id: new.person, full_name }, event })
}

impl queries::SharedEventRow {
    fn scope(&self) -> Outcome<Scope> {
        let own = StandingFacts {
            event_status: &self.status,
            role: self.own_role.as_deref(),
            membership: self.own_membership.as_deref(),
            organization_role: self.own_organization_role.as_deref(),
            muted: false,
        };
        let other = StandingFacts {
            event_status: &self.status,
            role: self.other_role.as_deref(),
            membership: self.other_membership.as_deref(),
            organization_role: self.other_organization_role.as_deref(),
            muted: false,
        };
        Ok(Scope::Event { own: own.read()?, other: other.read()? })
    }
}
