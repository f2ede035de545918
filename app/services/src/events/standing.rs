use domain::AppError;
use domain::attendees::{EventRole, MembershipStatus, Standing, mute_holds};
use domain::events::{EventAction, EventStatus, EventVisibility, Sight, may, sight};
use domain::ids::UserId;
use domain::slug::Slug;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, ServiceError, Services, organizations};

/// One event and where one person stands in it: the facts every decision starts from.
#[derive(Debug, Clone)]
pub struct EventStanding {
    pub id: Uuid,
    pub visibility: EventVisibility,
    pub standing: Standing,
}

impl EventStanding {
    /// # Errors
    /// As [`domain::events::may`].
    pub fn may(&self, action: EventAction) -> Result<(), AppError> {
        may(action, self.visibility, &self.standing)
    }

    #[must_use]
    pub fn sight(&self) -> Sight {
        sight(self.visibility, &self.standing)
    }
}

/// Loads an event by address as one person (or a visitor) stands in it: one statement.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such event; hidden ones are left to the policy, which answers alike.
pub async fn standing(services: &Services, user: Option<UserId>, slug: &str) -> Outcome<EventStanding> {
    let mut connection = services.db.acquire().await?;
    load(services, &mut connection, user, slug).await
}

/// As [`standing`], in the caller's transaction.
///
/// # Errors
/// As [`standing`].
pub(crate) async fn load(
    services: &Services,
    tx: &mut PgConnection,
    user: Option<UserId>,
    slug: &str,
) -> Outcome<EventStanding> {
    if !Slug::is_possible(slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    let row = queries::standing(tx, user.map(UserId::get), slug).await?.ok_or(ServiceError::NOT_FOUND)?;
    let visibility = EventVisibility::from_stored(&row.visibility)
        .ok_or_else(|| ServiceError::unknown_value("events.visibility", &row.visibility))?;
    let facts = StandingFacts {
        event_status: &row.status,
        role: row.role.as_deref(),
        membership: row.membership.as_deref(),
        organization_role: row.organization_role.as_deref(),
        muted: mute_holds(row.muted_at, row.muted_until, services.clock.now()),
    };
    Ok(EventStanding { id: row.id, visibility, standing: facts.read()? })
}

/// Stored texts of a standing, as several slices select them.
#[derive(Debug, Clone, Copy)]
pub struct StandingFacts<'a> {
    pub event_status: &'a str,
    pub role: Option<&'a str>,
    pub membership: Option<&'a str>,
    pub organization_role: Option<&'a str>,
    pub muted: bool,
}

impl StandingFacts<'_> {
    /// # Errors
    /// [`ServiceError::Broken`] for a stored value that is no member of its enum.
    pub fn read(self) -> Outcome<Standing> {
        let event_status = EventStatus::from_stored(self.event_status)
            .ok_or_else(|| ServiceError::unknown_value("events.status", self.event_status))?;
        let membership = match (self.role, self.membership) {
            (Some(role), Some(status)) => Some((
                EventRole::from_stored(role)
                    .ok_or_else(|| ServiceError::unknown_value("event_members.role", role))?,
                MembershipStatus::from_stored(status)
                    .ok_or_else(|| ServiceError::unknown_value("event_members.status", status))?,
            )),
            _ => None,
        };
        let organization_role = self.organization_role.map(organizations::role_of).transpose()?;
        Ok(Standing { event_status, membership, organization_role, muted: self.muted })
    }
}
