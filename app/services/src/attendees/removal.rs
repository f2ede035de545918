use domain::attendees::MembershipStatus;
use domain::events::EventAction;
use domain::ids::{EventId, UserId};
use domain::organizations::AuditAction;
use domain::{Conflict, Denied, SignedIn};
use sqlx::PgConnection;

use super::held::{Held, hold};
use super::placing::{WhenFull, place};
use super::roles::{GATE, SeenMember};
use super::tell::tell;
use super::{end_part_in_sessions, free_seats, members_changed, queries};
use crate::events::{self, Registered};
use crate::mail::PlaceChange;
use crate::{Outcome, Services, db, notifications};

/// Ends somebody's membership or place on the waitlist: their sign-ups and talks end with it, and the seat goes to
/// whoever waits longest. They get a mail if they want one. Who is out already stays so.
///
/// # Errors
/// As the policy for the role they have; [`Denied::OwnRole`]: for oneself there is [`super::leave`];
/// [`domain::AppError::NotFound`]; [`Conflict::NotTakingPart`] for banned people, [`Conflict::RoleChangedMeanwhile`],
/// [`Conflict::LastEventAdmin`].
pub async fn remove(services: &Services, person: &SignedIn, slug: &str, seen: SeenMember) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, seen.user, GATE).await?;
    if !remove_held(services, &mut tx, person, &held, seen).await? {
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

/// As [`remove`], of somebody who is held already; false when there was nothing to end. The seat stays free until the
/// caller gives it on.
pub(super) async fn remove_held(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    seen: SeenMember,
) -> Outcome<bool> {
    held.event.may(EventAction::ChangeMember { role: held.rank() })?;
    held.is_another(person, Denied::OwnRole)?;
    match held.status {
        MembershipStatus::Active | MembershipStatus::Waitlisted => {}
        MembershipStatus::Left | MembershipStatus::Removed => return Ok(false),
        MembershipStatus::Banned => return Err(Conflict::NotTakingPart.into()),
    }
    seen.is_still(held.role)?;
    held.keeps_an_admin(tx).await?;
    let event = held.event.id;
    queries::set_removed(tx, event, held.user.get(), services.clock.now()).await?;
    if held.has_seat() {
        events::give_seat_back(tx, event).await?;
    }
    end_part_in_sessions(tx, &[event], held.user).await?;
    let values = (Some(held.role.as_str()), None);
    held.record(services, tx, person, AuditAction::EventMemberRemoved, values).await?;
    tell(services, tx, person, held, PlaceChange::Removed).await?;
    Ok(true)
}

/// Takes a removal back: they have the role they had, an attendee a seat or a place on the waitlist. Talks and sign-ups
/// don't come back. Who is there already stays so.
///
/// # Errors
/// As the policy for inviting with the role they had; [`domain::AppError::NotFound`]; [`Conflict::NotRemoved`] for who
/// left or is banned.
pub async fn bring_back(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
) -> Outcome<Registered> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, user, GATE).await?;
    held.event.may(EventAction::ChangeMember { role: held.rank() })?;
    match held.status {
        MembershipStatus::Active => return Ok(Registered::Active),
        MembershipStatus::Waitlisted => return Ok(Registered::Waitlisted),
        MembershipStatus::Removed => {}
        MembershipStatus::Left | MembershipStatus::Banned => return Err(Conflict::NotRemoved.into()),
    }
    held.event.may(EventAction::Invite { role: held.role })?;
    let (event, now) = (held.event.id, services.clock.now());
    let status = place(&mut tx, event, false, held.role, WhenFull::Wait).await?;
    queries::bring_back(&mut tx, event, held.user.get(), status.as_str(), now).await?;
    let values = (None, Some(held.role.as_str()));
    held.record(services, &mut tx, person, AuditAction::EventMemberBroughtBack, values).await?;
    let is_waiting = status == MembershipStatus::Waitlisted;
    let change = PlaceChange::BroughtBack { role: held.role.label(), is_waiting };
    tell(services, &mut tx, person, &held, change).await?;
    tx.commit().await?;
    services.outbox.wake();
    services.bus.recheck(held.user);
    notifications::waiting_changed(services, held.user);
    members_changed(services, EventId::new(held.event.id)).await;
    Ok(if is_waiting { Registered::Waitlisted } else { Registered::Active })
}
