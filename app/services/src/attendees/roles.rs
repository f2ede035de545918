use domain::attendees::{EventRole, MembershipStatus};
use domain::events::EventAction;
use domain::ids::{EventId, UserId};
use domain::organizations::AuditAction;
use domain::{Conflict, Denied, SignedIn};
use sqlx::PgConnection;

use super::held::{Held, hold};
use super::placing::{WhenFull, place};
use super::tell::tell;
use super::{free_seats, members_changed, queries};
use crate::mail::PlaceChange;
use crate::{Outcome, Services, db, events, notifications};

/// Somebody as an organizer sees them when they decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenMember {
    /// `None` for what is no id at all.
    pub user: Option<UserId>,
    /// The role they were shown with, where the page says it.
    pub role: Option<EventRole>,
}

impl SeenMember {
    /// Whether what was decided was decided about the role they have.
    pub(super) fn is_still(self, role: EventRole) -> Result<(), Conflict> {
        if self.role.is_some_and(|seen| seen != role) { Err(Conflict::RoleChangedMeanwhile) } else { Ok(()) }
    }
}

/// The gate of everything that changes a membership: whoever may touch nobody learns of nobody.
pub(super) const GATE: EventAction = EventAction::ChangeMember { role: EventRole::Attendee };

/// Whether somebody may change any membership of the event at all, before what they sent is read.
///
/// # Errors
/// As the policy.
pub async fn may_change_members(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    Ok(events::standing(services, Some(person.user), slug).await?.may(GATE)?)
}

/// Gives somebody another role; the one they have already is fine. Who waits takes part from then on, who becomes an
/// attendee needs a free seat and speaks no more. They get a mail if they want one, and their open sockets follow
/// within a second.
///
/// # Errors
/// As the policy, for the role they have and the new one; [`Denied::OwnRole`]; [`domain::AppError::NotFound`];
/// [`Conflict::NotTakingPart`], [`Conflict::RoleChangedMeanwhile`], [`Conflict::LastEventAdmin`],
/// [`Conflict::EventFull`].
pub async fn change_role(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    seen: SeenMember,
    to: EventRole,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, seen.user, GATE).await?;
    if !change_held(services, &mut tx, person, &held, seen, to).await? {
        return Ok(());
    }
    let moved_up = free_seats(services, &mut tx, &[held.event.id]).await?;
    tx.commit().await?;
    services.outbox.wake();
    moved_up.announce(services);
    services.bus.recheck(held.user);
    notifications::waiting_changed(services, held.user);
    members_changed(services, EventId::new(held.event.id)).await;
    Ok(())
}

/// As [`change_role`], of somebody who is held already; false when there was nothing to change. A seat stays free until
/// the caller gives it on.
pub(super) async fn change_held(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    seen: SeenMember,
    to: EventRole,
) -> Outcome<bool> {
    held.event.may(EventAction::ChangeMember { role: held.rank() })?;
    held.event.may(EventAction::ChangeMember { role: to })?;
    held.is_another(person, Denied::OwnRole)?;
    match held.status {
        MembershipStatus::Active | MembershipStatus::Waitlisted => {}
        MembershipStatus::Left | MembershipStatus::Removed | MembershipStatus::Banned => {
            return Err(Conflict::NotTakingPart.into());
        }
    }
    if held.role == to {
        return Ok(false);
    }
    seen.is_still(held.role)?;
    held.keeps_an_admin(tx).await?;
    let event = held.event.id;
    place(tx, event, held.has_seat(), to, WhenFull::Refuse).await?;
    queries::set_role(tx, event, held.user.get(), to.as_str(), services.clock.now()).await?;
    match to {
        EventRole::Attendee => queries::delete_speaking(tx, &[event], held.user.get()).await?,
        EventRole::Speaker | EventRole::Moderator | EventRole::Organizer | EventRole::Admin => {}
    }
    let values = (Some(held.role.as_str()), Some(to.as_str()));
    held.record(services, tx, person, AuditAction::EventRoleChanged, values).await?;
    tell(services, tx, person, held, PlaceChange::Role(to.label())).await?;
    Ok(true)
}
