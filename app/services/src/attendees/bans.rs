use domain::attendees::{EventRole, MembershipStatus};
use domain::events::EventAction;
use domain::ids::{EventId, ReportId, UserId};
use domain::moderation::{ModerationAction, RestrictionReason};
use domain::organizations::AuditAction;
use domain::{Conflict, Denied, FieldErrors, SignedIn};
use sqlx::PgConnection;

use super::held::{Held, hold, stored_status};
use super::placing::{WhenFull, place};
use super::tell::tell;
use super::{free_seats, members_changed, queries};
use crate::events;
use crate::mail::PlaceChange;
use crate::moderation::log::{self, Entry};
use crate::{Outcome, Services, attending, db, notifications};

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
    let mut tx = db::begin(&services.db).await?;
    let held = hold_in_reach(services, &mut tx, person, slug, user).await?;
    let reason = RestrictionReason::parse(reason).map_err(|error| FieldErrors::one("reason", error))?;
    ban_held(services, &mut tx, person, &held, &reason, None).await?;
    tx.commit().await?;
    services.outbox.wake();
    services.bus.recheck(held.user);
    notifications::waiting_changed(services, held.user);
    members_changed(services, EventId::new(held.event.id)).await;
    Ok(())
}

/// As [`ban`], of somebody in reach, in the caller's transaction; `report` is what it answers.
pub(super) async fn ban_held(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    reason: &RestrictionReason,
    report: Option<ReportId>,
) -> Outcome<()> {
    if held.status == MembershipStatus::Banned {
        return Err(Conflict::BannedAlready.into());
    }
    held.keeps_an_admin(tx).await?;
    let (event, now) = (held.event.id, services.clock.now());
    queries::ban(tx, event, held.user.get(), person.user.get(), reason.as_str(), now).await?;
    if held.has_seat() {
        events::give_seat_back(tx, event).await?;
    }
    attending::cancel_all_of(tx, &[event], held.user).await?;
    free_seats(services, tx, &[event]).await?;
    let values = (None, Some(reason.as_str()));
    held.record(services, tx, person, AuditAction::EventMemberBanned, values).await?;
    let entry = Entry { report, reason: Some(reason.as_str()), ..held.entry(person, ModerationAction::Ban) };
    log::record(services, tx, &entry).await?;
    tell(services, tx, person, held, PlaceChange::Banned { reason: reason.as_str() }).await
}

/// Lifts a ban: role and status are as before, an attendee of a full event waits.
///
/// # Errors
/// As [`ban`]; [`Conflict::NotBanned`].
pub async fn unban(services: &Services, person: &SignedIn, slug: &str, user: Option<UserId>) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold_in_reach(services, &mut tx, person, slug, user).await?;
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
    log::record(services, &mut tx, &held.entry(person, ModerationAction::Unban)).await?;
    tell(services, &mut tx, person, &held, PlaceChange::Unbanned).await?;
    tx.commit().await?;
    services.outbox.wake();
    services.bus.recheck(held.user);
    notifications::waiting_changed(services, held.user);
    members_changed(services, EventId::new(held.event.id)).await;
    Ok(())
}

/// Somebody whom the acting person may ban and mute: another, of a role in reach, no owner of the organization.
pub(super) async fn hold_in_reach(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
) -> Outcome<Held> {
    let held = hold(services, tx, person, slug, user, GATE).await?;
    held.is_another(person, Denied::Oneself)?;
    held.event.may(EventAction::Restrict { role: held.role })?;
    if held.row.is_owner {
        return Err(Denied::OwnerOfOrganization.into());
    }
    Ok(held)
}
