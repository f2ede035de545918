use domain::attendees::{EventRole, MembershipStatus};
use domain::events::{EventStatus, EventVisibility};
use domain::ids::{EventId, OrganizationId, UserId};
use domain::invitations::{Grant, InvitationStatus, InvitedRole, TargetKind, grant};
use domain::organizations::{AuditAction, OrganizationRole};
use domain::{AppError, Conflict, Denied, Gone, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::find::{Key, Open, over, record_end, stored_role, stored_status};
use super::queries::{self, EntryFacts, LockedRow};
use super::target::{InviterStanding, TargetId};
use crate::events::{self, Registered, StandingFacts};
use crate::organizations::audit::{self, AuditEntry};
use crate::{Outcome, ServiceError, Services, mail, organizations};

/// What accepting came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    AsInvited,
    /// With the lowest role: the inviter may not grant the other any more.
    Lowered,
    /// The person has a role as high already.
    Kept,
    Waitlisted,
}

/// An open invitation that nobody else answers or changes until the transaction ends; nor its target.
pub(super) struct Locked<'a> {
    open: &'a Open,
    row: LockedRow,
}

/// Locks the target, then the invitation, and looks again whether it is open: a parallel answer, a newer link or the
/// clock may have ended it meanwhile.
///
/// # Errors
/// [`AppError::Gone`] saying why it is over.
pub(super) async fn lock<'a>(
    services: &Services,
    tx: &mut PgConnection,
    open: &'a Open,
    key: Key<'_>,
) -> Outcome<Locked<'a>> {
    open.target.lock(tx).await?;
    let row = queries::lock(tx, open.row.id).await?.ok_or(AppError::Gone(Gone::Link))?;
    if key.token_hash().is_some_and(|hash| hash[..] != row.token_hash) {
        return Err(AppError::Gone(Gone::InvitationReplaced).into());
    }
    // Whether the target is open is asked when entering; it may be declined either way.
    match over(stored_status(&row.status)?, row.expires_at, true, services.clock.now()) {
        Some((gone, _)) => Err(AppError::Gone(gone).into()),
        None => Ok(Locked { open, row }),
    }
}

impl Locked<'_> {
    /// Ends it as something else than accepted.
    pub(super) async fn end(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        status: InvitationStatus,
        user: Option<Uuid>,
    ) -> Outcome<()> {
        let (id, token, now) = (self.open.row.id, &self.row.token_hash, services.clock.now());
        let ended = queries::end(tx, id, token, status.as_str(), user, now).await?;
        if !ended {
            return Err(AppError::Gone(Gone::InvitationAnswered).into());
        }
        if let Some(mail) = self.row.mail_id {
            mail::withdraw(services, tx, &[mail]).await?;
        }
        Ok(())
    }

    async fn end_as_void(&self, services: &Services, tx: &mut PgConnection) -> Outcome<()> {
        self.end(services, tx, InvitationStatus::Cancelled, None).await?;
        record_end(services, tx, self.open, InvitationStatus::Cancelled).await
    }

    pub(super) async fn record(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        person: &SignedIn,
        action: AuditAction,
    ) -> Outcome<()> {
        let event = match self.open.target {
            TargetId::Organization(_) => None,
            TargetId::Event(event) => Some(event),
        };
        let entry = AuditEntry {
            event,
            subject: Some(&self.open.row.address),
            subject_id: Some(self.open.row.id),
            after: Some(&self.row.role),
            ..AuditEntry::new(OrganizationId::new(self.open.row.owner_id), person, action)
        };
        audit::record(services, tx, &entry).await
    }

    /// Grants what the inviter may grant now, and ends the invitation as accepted. An inner error is to be told after
    /// COMMIT: it ended the invitation for good.
    ///
    /// # Errors
    /// [`Denied::BannedFromEvent`]; the invitation stays open.
    pub(super) async fn enter(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        person: &SignedIn,
    ) -> Outcome<Result<Accepted, AppError>> {
        let user = person.user;
        let facts = queries::entry_facts(tx, self.open.row.id, Some(user.get())).await?;
        if !facts.target_is_open()? {
            self.end_as_void(services, tx).await?;
            return Ok(Err(AppError::Gone(Gone::InvitationCancelled)));
        }
        let entered = match self.open.target {
            TargetId::Organization(id) => self.enter_organization(services, tx, id, user, &facts).await?,
            TargetId::Event(id) => self.enter_event(services, tx, id, user, &facts).await?,
        };
        let Some(accepted) = entered else {
            self.end_as_void(services, tx).await?;
            return Ok(Err(Conflict::InvitationVoid.into()));
        };
        self.end(services, tx, InvitationStatus::Accepted, Some(user.get())).await?;
        self.record(services, tx, person, AuditAction::InvitationAccepted).await?;
        Ok(Ok(accepted))
    }

    /// Nothing when the inviter may grant nothing any more.
    async fn enter_organization(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        organization: OrganizationId,
        user: UserId,
        facts: &EntryFacts,
    ) -> Outcome<Option<Accepted>> {
        let InvitedRole::Organization(invited) = stored_role(TargetKind::Organization, &self.row.role)?
        else {
            return Err(ServiceError::unknown_value("invitations.role", &self.row.role));
        };
        let grantable: Vec<OrganizationRole> = facts
            .inviter()?
            .grantable()
            .into_iter()
            .filter_map(|role| match role {
                InvitedRole::Organization(role) => Some(role),
                InvitedRole::Event(_) => None,
            })
            .collect();
        let present = organization_role(facts.organization_role.as_deref())?;
        let (role, accepted) = match grant(invited, OrganizationRole::Member, &grantable, present) {
            Grant::AsInvited(role) => (role, Accepted::AsInvited),
            Grant::Lowered(role) => (role, Accepted::Lowered),
            Grant::Kept(_) => return Ok(Some(Accepted::Kept)),
            Grant::NoLongerValid => return Ok(None),
        };
        let (by, now) = (UserId::new(self.row.invited_by), services.clock.now());
        organizations::admit(tx, organization, user, role, by, now).await?;
        Ok(Some(accepted))
    }

    /// Nothing when the inviter may grant nothing any more.
    async fn enter_event(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        event: EventId,
        user: UserId,
        facts: &EntryFacts,
    ) -> Outcome<Option<Accepted>> {
        let InvitedRole::Event(invited) = stored_role(TargetKind::Event, &self.row.role)? else {
            return Err(ServiceError::unknown_value("invitations.role", &self.row.role));
        };
        let own = facts.own_standing()?;
        if own.is_banned() {
            return Err(Denied::BannedFromEvent.into());
        }
        let grantable: Vec<EventRole> = facts
            .inviter()?
            .grantable()
            .into_iter()
            .filter_map(|role| match role {
                InvitedRole::Event(role) => Some(role),
                InvitedRole::Organization(_) => None,
            })
            .collect();
        let active = own.membership.filter(|(_, status)| *status == MembershipStatus::Active);
        let present = active.map(|(role, _)| role);
        let (role, accepted) = match grant(invited, EventRole::Attendee, &grantable, present) {
            Grant::AsInvited(role) => (role, Accepted::AsInvited),
            Grant::Lowered(role) => (role, Accepted::Lowered),
            Grant::Kept(_) => return Ok(Some(Accepted::Kept)),
            Grant::NoLongerValid => return Ok(None),
        };
        let now = services.clock.now();
        match events::admit(services, tx, event, user, role, own.membership, now).await? {
            Registered::Active => Ok(Some(accepted)),
            Registered::Waitlisted => Ok(Some(Accepted::Waitlisted)),
        }
    }
}

impl EntryFacts {
    fn target_is_open(&self) -> Outcome<bool> {
        let takes_people = match self.event_status.as_deref() {
            Some(stored) => match EventStatus::from_stored(stored) {
                Some(EventStatus::Draft | EventStatus::Published) => true,
                Some(EventStatus::Archived | EventStatus::Cancelled | EventStatus::Deleted) => false,
                None => return Err(ServiceError::unknown_value("events.status", stored)),
            },
            None => true,
        };
        Ok(takes_people && !self.is_deleted)
    }

    /// As what the inviter acts now; as a stranger when their account is not active any more.
    fn inviter(&self) -> Outcome<InviterStanding> {
        let is_active = self.inviter_state == "ACTIVE";
        let of_organization = self.inviter_organization_role.as_deref().filter(|_| is_active);
        let (Some(status), Some(visibility)) = (&self.event_status, &self.visibility) else {
            return Ok(InviterStanding::Organization(organization_role(of_organization)?));
        };
        let visibility = EventVisibility::from_stored(visibility)
            .ok_or_else(|| ServiceError::unknown_value("events.visibility", visibility))?;
        let facts = StandingFacts {
            event_status: status,
            role: self.inviter_role.as_deref().filter(|_| is_active),
            membership: self.inviter_membership.as_deref(),
            organization_role: of_organization,
            muted: false,
        };
        Ok(InviterStanding::Event(visibility, facts.read()?))
    }

    fn own_standing(&self) -> Outcome<domain::attendees::Standing> {
        StandingFacts {
            event_status: self.event_status.as_deref().unwrap_or_default(),
            role: self.role.as_deref(),
            membership: self.membership.as_deref(),
            organization_role: self.organization_role.as_deref(),
            muted: false,
        }
        .read()
    }
}

fn organization_role(stored: Option<&str>) -> Outcome<Option<OrganizationRole>> {
    stored.map(organizations::role_of).transpose()
}
