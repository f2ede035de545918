use domain::attendees::{EventRole, Leaving, MembershipStatus, leaving};
use domain::ids::EventId;
use domain::{Conflict, FieldErrors, SignedIn};

use super::{end_part_in_sessions, free_seats, members_changed, queries};
use crate::{Outcome, Services, db, events};

/// Ends the own membership, or gives up the place on the waitlist. Sign-ups and speaking end with it, and the seat
/// goes to whoever waits longest. Somebody who is out already stays so.
///
/// # Errors
/// As [`leaving`]; [`FieldErrors`] on `confirmed`; [`Conflict::LastEventAdmin`].
pub async fn leave(services: &Services, person: &SignedIn, slug: &str, confirmed: bool) -> Outcome<()> {
    let (now, user) = (services.clock.now(), person.user.get());
    let mut tx = db::begin(&services.db).await?;
    let event = events::hold(services, &mut tx, person.user, slug).await?;
    let decided = leaving(event.visibility, &event.standing)?;
    if !confirmed {
        return Err(FieldErrors::one("confirmed", "Confirm that you want to leave.").into());
    }
    match decided {
        Leaving::Nothing => return Ok(()),
        Leaving::Ends => {}
    }
    let is_admin = event.standing.membership == Some((EventRole::Admin, MembershipStatus::Active));
    if is_admin && queries::admins(&mut tx, event.id).await? <= 1 {
        return Err(Conflict::LastEventAdmin.into());
    }
    queries::set_left(&mut tx, event.id, user, now).await?;
    if event.standing.membership == Some((EventRole::Attendee, MembershipStatus::Active)) {
        events::give_seat_back(&mut tx, event.id).await?;
    }
    end_part_in_sessions(&mut tx, &[event.id], person.user).await?;
    let moved_up = free_seats(services, &mut tx, &[event.id]).await?;
    tx.commit().await?;
    services.outbox.wake();
    moved_up.announce(services);
    services.bus.recheck(person.user);
    members_changed(services, EventId::new(event.id)).await;
    Ok(())
}
