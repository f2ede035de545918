use domain::Conflict;
use domain::attendees::{EventRole, MembershipStatus};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Outcome, events};

/// What becomes of an ATTENDEE for whom no seat is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhenFull {
    Wait,
    Refuse,
}

/// Moves the count of seats for somebody who takes part as `role` from now on, in an event that the caller holds;
/// answers whether they take part or wait. Only attendees have seats.
///
/// # Errors
/// [`Conflict::EventFull`] with [`WhenFull::Refuse`].
pub(super) async fn place(
    tx: &mut PgConnection,
    event: Uuid,
    had_seat: bool,
    role: EventRole,
    when_full: WhenFull,
) -> Outcome<MembershipStatus> {
    let needs_seat = role == EventRole::Attendee;
    if had_seat && !needs_seat {
        events::give_seat_back(tx, event).await?;
    }
    if had_seat || !needs_seat || events::take_seat(tx, event).await? {
        return Ok(MembershipStatus::Active);
    }
    match when_full {
        WhenFull::Wait => Ok(MembershipStatus::Waitlisted),
        WhenFull::Refuse => Err(Conflict::EventFull.into()),
    }
}
