use domain::attendees::{EventRole, MembershipStatus};
use domain::ids::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, ServiceError, Services, attendees};

/// Role and status of somebody's row in an event, which the caller holds.
///
/// # Errors
/// Database errors only.
pub(crate) async fn membership(
    tx: &mut PgConnection,
    event: Uuid,
    user: UserId,
) -> Outcome<Option<(EventRole, MembershipStatus)>> {
    let Some(row) = queries::membership(tx, event, user.get()).await? else { return Ok(None) };
    let role = EventRole::from_stored(&row.role)
        .ok_or_else(|| ServiceError::unknown_value("event_members.role", &row.role))?;
    let status = MembershipStatus::from_stored(&row.status)
        .ok_or_else(|| ServiceError::unknown_value("event_members.status", &row.status))?;
    Ok(Some((role, status)))
}

/// Makes an active ATTENDEE a SPEAKER, who takes no seat, in the transaction that holds the event; the next
/// on the waitlist gets theirs. Title and biography
/// for the event begin as the profile's.
///
/// # Errors
/// Database errors only.
pub(crate) async fn become_speaker(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
    user: UserId,
    now: OffsetDateTime,
) -> Outcome<()> {
    queries::give_seat_back(tx, event).await?;
    queries::become_speaker(tx, event, user.get(), now).await?;
    attendees::free_seats(services, tx, &[event]).await?.stands_on_the_next_page();
    Ok(())
}
