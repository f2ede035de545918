use domain::attendees::{EventRole, MembershipStatus};
use domain::events::EventAction;
use domain::ids::{EventId, OrganizationId, UserId};
use domain::moderation::ModerationAction;
use domain::organizations::AuditAction;
use domain::{Conflict, Denied, SignedIn};
use sqlx::PgConnection;

use super::queries::{self, MemberRow};
use crate::events::{self, EventStanding};
use crate::moderation::log::Entry;
use crate::organizations::audit::{self, AuditEntry};
use crate::{Outcome, ServiceError, Services};

/// Somebody in an event that nobody else changes until the transaction ends.
pub(super) struct Held {
    pub(super) event: EventStanding,
    pub(super) user: UserId,
    pub(super) full_name: String,
    pub(super) role: EventRole,
    pub(super) status: MembershipStatus,
    pub(super) row: MemberRow,
}

/// Locks the event and loads one of its people, for somebody who may do `gate` there.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`] also for somebody without a row.
pub(super) async fn hold(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
    gate: EventAction,
) -> Outcome<Held> {
    let event = events::hold(services, tx, person.user, slug).await?;
    event.may(gate)?;
    let user = user.ok_or(ServiceError::NOT_FOUND)?;
    load(tx, &event, user).await?.ok_or(ServiceError::NOT_FOUND)
}

/// Somebody in an event that the caller has locked; `None` without a row.
///
/// # Errors
/// Database errors only.
pub(super) async fn load(
    tx: &mut PgConnection,
    event: &EventStanding,
    user: UserId,
) -> Outcome<Option<Held>> {
    let Some(row) = queries::member(tx, event.id, user.get()).await? else { return Ok(None) };
    Ok(Some(Held {
        event: event.clone(),
        user,
        full_name: domain::accounts::full_name(&row.first_name, &row.last_name),
        role: stored_role(&row.role)?,
        status: stored_status(&row.status)?,
        row,
    }))
}

pub(crate) fn stored_role(stored: &str) -> Outcome<EventRole> {
    EventRole::from_stored(stored).ok_or_else(|| ServiceError::unknown_value("event_members.role", stored))
}

pub(super) fn stored_status(stored: &str) -> Outcome<MembershipStatus> {
    MembershipStatus::from_stored(stored)
        .ok_or_else(|| ServiceError::unknown_value("event_members.status", stored))
}

impl Held {
    /// What they can do here: an owner of the organization acts as ADMIN.
    pub(super) fn rank(&self) -> EventRole {
        if self.row.is_owner { EventRole::Admin } else { self.role }
    }

    pub(super) fn organization(&self) -> OrganizationId {
        OrganizationId::new(self.row.organization_id)
    }

    pub(super) fn has_seat(&self) -> bool {
        (self.role, self.status) == (EventRole::Attendee, MembershipStatus::Active)
    }

    /// Whether they may stop being an ADMIN who takes part.
    ///
    /// # Errors
    /// [`Conflict::LastEventAdmin`].
    pub(super) async fn keeps_an_admin(&self, tx: &mut PgConnection) -> Outcome<()> {
        let is_admin = (self.role, self.status) == (EventRole::Admin, MembershipStatus::Active);
        if is_admin && queries::admins(tx, self.event.id).await? <= 1 {
            return Err(Conflict::LastEventAdmin.into());
        }
        Ok(())
    }

    /// # Errors
    /// `refusal`, when it is the acting person.
    pub(super) fn is_another(&self, person: &SignedIn, refusal: Denied) -> Result<(), Denied> {
        if self.user == person.user { Err(refusal) } else { Ok(()) }
    }

    /// What was done to them, for the log of the event's moderators.
    pub(super) fn entry<'a>(&'a self, person: &'a SignedIn, action: ModerationAction) -> Entry<'a> {
        let subject_id = Some(self.user.get());
        Entry { subject_id, ..Entry::new(self.event.id, person, action, &self.full_name) }
    }

    /// Writes what was done into the log of the organization.
    pub(super) async fn record(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        person: &SignedIn,
        action: AuditAction,
        (before, after): (Option<&str>, Option<&str>),
    ) -> Outcome<()> {
        let entry = AuditEntry {
            event: Some(EventId::new(self.event.id)),
            subject: Some(&self.full_name),
            subject_id: Some(self.user.get()),
            before,
            after,
            ..AuditEntry::new(self.organization(), person, action)
        };
        audit::record(services, tx, &entry).await
    }
}
