use domain::attendees::{EventRole, MembershipStatus};
use domain::events::EventAction;
use domain::ids::{EventId, UserId};
use domain::moderation::RestrictionReason;
use domain::organizations::AuditAction;
use domain::{Conflict, Denied, FieldErrors, SignedIn};

use super::held::{Held, hold, stored_status};
use super::placing::{WhenFull, place};
use super::tell::tell;
use super::{free_seats, members_changed, queries};
use crate::events;
use crate::mail::PlaceChange;
use crate::{Outcome, Services, attending};

/// Whoever may ban nobody learns of nobody.
const GATE: EventAction = EventAction::Restrict { role: EventRole::Attendee };

/// Closes the event to somebody: sign-ups end, the seat goes to whoever waits longest, sockets close within a second.
/// They get a mail with the reason. Talks stay written down, hidden, for the ban may be lifted.
///
/// # Errors
/// As the policy for the role they have; [`Denied::Oneself`], [`Denied::OwnerOfOrganization`];
/// [`domain::AppError::NotFound`]; [`FieldErrors`] on `reason`; [`Conflict::BannedAlready`],
/// [`Conflict::LastEventAdmin`].
pub async fn ban(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
    reason: &str,
) -> Outcome<()> {
    let mut tx = services.db.begin().await?;
    let held = hold(services, &mut tx, person, slug, user, GATE).await?;
    reach(&held, person)?;
    let reason = RestrictionReason::parse(reason).map_err(|error| FieldErrors::one("reason", error))?;
    if held.status == MembershipStatus::Banned {
        return Err(Conflict::BannedAlready.into());
    }
    held.keeps_an_admin(&mut tx).await?;
    let (event, now) = (held.event.id, services.clock.now());
    queries::ban(&mut tx, event, held.user.get(), person.user.get(), reason.as_str(), now).await?;
    if held.has_seat() {
        events::give_seat_back(&mut tx, event).await?;
    }
    attending::cancel_all_of(&mut tx, &[event], held.user).await?;
    free_seats(services, &mut tx, &[event]).await?;
    let values = (None, Some(reason.as_str()));
    held.record(services, &mut tx, person, AuditAction::EventMemberBanned, values).await?;
    tell(services, &mut tx, person, &held, PlaceChange::Banned { reason: reason.as_str() }).await?;
    tx.commit().await?;
    services.outbox.wake();
    services.bus.recheck(held.user);
    members_changed(services, EventId::new(held.event.id)).await;
    Ok(())
}

/// Lifts a ban: role and status are as before, an attendee of a full event waits.
///
/// # Errors
/// As [`ban`]; [`Conflict::NotBanned`].
pub async fn unban(services: &Services, person: &SignedIn, slug: &str, user: Option<UserId>) -> Outcome<()> {
    let mut tx = services.db.begin().await?;
    let held = hold(services, &mut tx, person, slug, user, GATE).await?;
    reach(&held, person)?;
    if held.status != MembershipStatus::Banned {
        return Err(Conflict::NotBanned.into());
    }
    let before = held.row.status_before_ban.as_deref().map(stored_status).transpose()?;
    let before = before.unwrap_or(MembershipStatus::Active);
    let (event, now) = (held.event.id, services.clock.now());
    let status = match before {
        MembershipStatus::Active => place(&mut tx, event, false, held.role, WhenFull::Wait).await?,
        MembershipStatus::Waitlisted
        | MembershipStatus::Left
        | MembershipStatus::Removed
        | MembershipStatus::Banned => before,
    };
    queries::unban(&mut tx, event, held.user.get(), status.as_str(), now).await?;
    free_seats(services, &mut tx, &[event]).await?;
    held.record(services, &mut tx, person, AuditAction::EventMemberUnbanned, (None, None)).await?;
    tell(services, &mut tx, person, &held, PlaceChange::Unbanned).await?;
    tx.commit().await?;
    services.outbox.wake();
    services.bus.recheck(held.user);
    members_changed(services, EventId::new(held.event.id)).await;
    Ok(())
}

fn reach(held: &Held, person: &SignedIn) -> Outcome<()> {
    held.is_another(person, Denied::Oneself)?;
    held.event.may(EventAction::Restrict { role: held.role })?;
    if held.row.is_owner {
        return Err(Denied::OwnerOfOrganization.into());
    }
    Ok(())
}
