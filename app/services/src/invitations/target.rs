use std::str::FromStr;

use domain::attendees::Standing;
use domain::events::{EventAction, EventVisibility, invitable, may as may_in_event};
use domain::ids::{EventId, OrganizationId};
use domain::invitations::{InvitedRole, TargetKind, grantable_in_organization};
use domain::organizations::{OrganizationAction, OrganizationRole, may as may_in_organization};
use domain::slug::Slug;
use domain::{AppError, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::occasion::{EventFacts, InvitedTo};
use super::queries::{self, TargetRow};
use crate::events::StandingFacts;
use crate::{Outcome, ServiceError, Services, organizations};

/// Where somebody invites to, as forms name it: `organizations/{slug}` or `events/{slug}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetPath {
    pub kind: TargetKind,
    pub slug: String,
}

impl TargetPath {
    #[must_use]
    pub fn organization(slug: &str) -> Self {
        Self { kind: TargetKind::Organization, slug: slug.to_owned() }
    }

    #[must_use]
    pub fn event(slug: &str) -> Self {
        Self { kind: TargetKind::Event, slug: slug.to_owned() }
    }

    /// What a form carries, readable by [`str::parse`].
    #[must_use]
    pub fn as_field(&self) -> String {
        match self.kind {
            TargetKind::Organization => format!("organizations/{}", self.slug),
            TargetKind::Event => format!("events/{}", self.slug),
        }
    }

    /// The page with the list of its invitations.
    #[must_use]
    pub fn list(&self) -> String {
        match self.kind {
            TargetKind::Organization => format!("/organizations/{}/invitations", self.slug),
            TargetKind::Event => format!("/events/{}/manage/invitations", self.slug),
        }
    }
}

impl FromStr for TargetPath {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, AppError> {
        let (kind, slug) = text.split_once('/').ok_or(AppError::NotFound)?;
        let kind = match kind {
            "organizations" => TargetKind::Organization,
            "events" => TargetKind::Event,
            _ => return Err(AppError::NotFound),
        };
        if Slug::is_possible(slug) {
            Ok(Self { kind, slug: slug.to_owned() })
        } else {
            Err(AppError::NotFound)
        }
    }
}

/// One of both, by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TargetId {
    Organization(OrganizationId),
    Event(EventId),
}

impl TargetId {
    pub(super) fn of(organization: Option<Uuid>, event: Option<Uuid>) -> Outcome<Self> {
        match (organization, event) {
            (Some(id), None) => Ok(Self::Organization(OrganizationId::new(id))),
            (None, Some(id)) => Ok(Self::Event(EventId::new(id))),
            (None, None) | (Some(_), Some(_)) => {
                Err(ServiceError::Broken("an invitation without its one target".to_owned()))
            }
        }
    }

    /// What news about it is about.
    pub(super) fn thing(self) -> String {
        match self {
            Self::Organization(id) => id.to_string(),
            Self::Event(id) => id.to_string(),
        }
    }

    pub(super) fn organization(self) -> Option<Uuid> {
        match self {
            Self::Organization(id) => Some(id.get()),
            Self::Event(_) => None,
        }
    }

    pub(super) fn event(self) -> Option<Uuid> {
        match self {
            Self::Organization(_) => None,
            Self::Event(id) => Some(id.get()),
        }
    }

    /// Before any invitation to it.
    pub(super) async fn lock(self, tx: &mut PgConnection) -> Outcome<()> {
        match self {
            Self::Organization(id) => Ok(queries::lock_organization(tx, id.get()).await?),
            Self::Event(id) => Ok(queries::lock_event(tx, id.get()).await?),
        }
    }
}

/// An organization or event as somebody who invites stands in it.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub id: TargetId,
    /// The organization itself, or the one that owns the event.
    pub organization: OrganizationId,
    pub invited_to: InvitedTo,
    standing: InviterStanding,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum InviterStanding {
    Organization(Option<OrganizationRole>),
    Event(EventVisibility, Standing),
}

impl InviterStanding {
    /// The roles they may invite with now, highest first.
    pub(super) fn grantable(&self) -> Vec<InvitedRole> {
        match self {
            Self::Organization(role) => {
                grantable_in_organization(*role).into_iter().map(InvitedRole::Organization).collect()
            }
            Self::Event(visibility, standing) => {
                invitable(*visibility, standing).into_iter().map(InvitedRole::Event).collect()
            }
        }
    }
}

impl Target {
    /// # Errors
    /// [`AppError::NotFound`] for outsiders; [`AppError::Denied`] for people without the role.
    pub(super) fn may_manage(&self) -> Result<(), AppError> {
        match &self.standing {
            InviterStanding::Organization(role) => {
                may_in_organization(OrganizationAction::SeeInvitations, *role)
            }
            InviterStanding::Event(visibility, standing) => {
                may_in_event(EventAction::ManageInvitations, *visibility, standing)
            }
        }
    }

    /// # Errors
    /// As [`Target::may_manage`]; [`AppError::Denied`] for a role above their own; [`AppError::Conflict`] when the event
    /// takes nobody in any more.
    pub(super) fn may_invite(&self, role: InvitedRole) -> Result<(), AppError> {
        match (&self.standing, role) {
            (InviterStanding::Organization(actor), InvitedRole::Organization(role)) => {
                may_in_organization(OrganizationAction::Invite { role }, *actor)
            }
            (InviterStanding::Event(visibility, standing), InvitedRole::Event(role)) => {
                may_in_event(EventAction::Invite { role }, *visibility, standing)
            }
            (InviterStanding::Organization(_), InvitedRole::Event(_))
            | (InviterStanding::Event(..), InvitedRole::Organization(_)) => Err(AppError::NotFound),
        }
    }

    /// # Errors
    /// As [`Target::may_invite`], also for an event that takes nobody in any more: there it is allowed.
    pub(super) fn may_cancel(&self, role: InvitedRole) -> Result<(), AppError> {
        match (&self.standing, role) {
            (InviterStanding::Event(visibility, standing), InvitedRole::Event(role)) => {
                may_in_event(EventAction::CancelInvitation { role }, *visibility, standing)
            }
            (InviterStanding::Organization(_), _) | (InviterStanding::Event(..), _) => self.may_invite(role),
        }
    }

    pub(super) fn grantable(&self) -> Vec<InvitedRole> {
        self.standing.grantable()
    }
}

/// Loads a target as somebody stands in it: one statement.
///
/// # Errors
/// [`AppError::NotFound`] when there is none; hidden ones are left to the policy, which answers alike.
pub(super) async fn load(tx: &mut PgConnection, person: &SignedIn, path: &TargetPath) -> Outcome<Target> {
    if !Slug::is_possible(&path.slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    let user = person.user.get();
    let row = match path.kind {
        TargetKind::Organization => queries::organization_target(tx, user, &path.slug).await?,
        TargetKind::Event => queries::event_target(tx, user, &path.slug).await?,
    };
    target(path, row.ok_or(ServiceError::NOT_FOUND)?)
}

/// As [`load`], and nobody changes roles or states there until the transaction ends. Only people with a role there
/// make others wait.
pub(super) async fn lock(tx: &mut PgConnection, person: &SignedIn, path: &TargetPath) -> Outcome<Target> {
    if !Slug::is_possible(&path.slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    match path.kind {
        TargetKind::Organization => {
            organizations::lock_as(tx, person, &path.slug).await?;
        }
        TargetKind::Event => queries::lock_event_of(tx, person.user.get(), &path.slug).await?,
    }
    load(tx, person, path).await
}

fn target(path: &TargetPath, row: TargetRow) -> Outcome<Target> {
    let organization_role = row.organization_role.as_deref().map(organizations::role_of).transpose()?;
    let organization = OrganizationId::new(row.organization_id);
    let (id, standing, event) = match (path.kind, row.event) {
        (TargetKind::Event, Some(event)) => {
            let visibility = EventVisibility::from_stored(&event.visibility)
                .ok_or_else(|| ServiceError::unknown_value("events.visibility", &event.visibility))?;
            let facts = StandingFacts {
                event_status: &event.status,
                role: event.role.as_deref(),
                membership: event.membership.as_deref(),
                organization_role: row.organization_role.as_deref(),
                muted: false,
            };
            let standing = InviterStanding::Event(visibility, facts.read()?);
            (TargetId::Event(EventId::new(event.id)), standing, Some(event.facts.in_words()?))
        }
        (TargetKind::Organization | TargetKind::Event, _) => {
            (TargetId::Organization(organization), InviterStanding::Organization(organization_role), None)
        }
    };
    let invited_to = InvitedTo { kind: path.kind, slug: row.slug, name: row.name, event };
    Ok(Target { id, organization, invited_to, standing })
}

impl TargetRow {
    /// An event's row; organizations have none of its second half.
    pub(super) fn of_event(row: queries::EventTargetRow) -> Self {
        Self {
            organization_id: row.organization_id,
            slug: row.slug,
            name: row.title,
            organization_role: row.organization_role,
            event: Some(queries::EventPart {
                id: row.id,
                visibility: row.visibility,
                status: row.status,
                role: row.role,
                membership: row.membership,
                facts: EventFacts {
                    host_name: row.host_name,
                    start_date: row.start_date,
                    end_date: row.end_date,
                    time_zone: row.time_zone,
                    format: row.format,
                    venue: [row.venue_name, row.venue_city, row.venue_country],
                },
            }),
        }
    }
}

/// What a page with a form for invitations shows of its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitingPage {
    pub invited_to: InvitedTo,
    /// The roles this person may invite with, highest first; none when nobody can be invited any more.
    pub grantable: Vec<InvitedRole>,
}

/// Opens it for somebody who may invite there: one statement.
///
/// # Errors
/// [`AppError::NotFound`] for outsiders; [`AppError::Denied`] for people without the role.
pub async fn inviting(services: &Services, person: &SignedIn, path: &TargetPath) -> Outcome<InvitingPage> {
    let target = load(&mut *services.db.acquire().await?, person, path).await?;
    target.may_manage()?;
    Ok(InvitingPage { grantable: target.grantable(), invited_to: target.invited_to })
}
