use domain::attendees::{EventRole, MembershipStatus};
use domain::ids::{EventId, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Registered, queries};
use crate::{Outcome, Services, attendees};

/// Takes an invited person in with a role, in the caller's transaction, which holds the lock of the event and has
/// decided that it may be. An ATTENDEE takes a seat, or a place on the waitlist when none is free; one who gets a
/// higher role gives theirs back. Former members come back on the same row.
///
/// # Errors
/// Database errors only.
pub(crate) async fn admit(
    services: &Services,
    tx: &mut PgConnection,
    event: EventId,
    user: UserId,
    role: EventRole,
    present: Option<(EventRole, MembershipStatus)>,
    now: OffsetDateTime,
) -> Outcome<Registered> {
    let event = event.get();
    let mut freed = false;
    let is_seated = present == Some((EventRole::Attendee, MembershipStatus::Active));
    let outcome = match (role, is_seated) {
        (EventRole::Attendee, false) if !queries::take_seat(tx, event).await? => Registered::Waitlisted,
        (EventRole::Attendee, _) => Registered::Active,
        (EventRole::Speaker | EventRole::Moderator | EventRole::Organizer | EventRole::Admin, seated) => {
            if seated {
                queries::give_seat_back(tx, event).await?;
                freed = true;
            }
            Registered::Active
        }
    };
    let status = match outcome {
        Registered::Active => MembershipStatus::Active,
        Registered::Waitlisted => MembershipStatus::Waitlisted,
    };
    queries::admit_member(tx, event, user.get(), role.as_str(), status.as_str(), now).await?;
    if freed {
        attendees::free_seats(services, tx, &[event]).await?.stands_on_the_next_page();
    }
    Ok(outcome)
}
