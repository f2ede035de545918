//! What the events of an organization go through with it, in the transaction of its own change.

use domain::ids::{OrganizationId, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::queries;
use crate::{Outcome, Services, agenda, attendees, sponsors};

/// Ends a person's memberships in all events of the organization and frees their seats, which
/// the longest-waiting get. Where they are the last
/// ADMIN of an event they stay: somebody must be.
///
/// # Errors
/// Database errors only.
pub(crate) async fn remove_from_all(
    services: &Services,
    tx: &mut PgConnection,
    organization: OrganizationId,
    user: UserId,
) -> Outcome<()> {
    let events = queries::lock_events_of_member(tx, organization.get(), user.get()).await?;
    let left = queries::remove_from_events(tx, &events, user.get()).await?;
    attendees::end_part_in_sessions(tx, &left, user).await?;
    attendees::free_seats(services, tx, &left).await
}

/// Deletes all events softly; answers how many.
///
/// # Errors
/// Database errors only.
pub(crate) async fn delete_all(
    tx: &mut PgConnection,
    organization: OrganizationId,
    by: UserId,
    now: OffsetDateTime,
) -> Outcome<u64> {
    Ok(queries::delete_all_of(tx, organization.get(), by.get(), now).await?)
}

/// Brings back those that were deleted with the organization; answers how many.
///
/// # Errors
/// Database errors only.
pub(crate) async fn restore_all(
    tx: &mut PgConnection,
    organization: OrganizationId,
    now: OffsetDateTime,
) -> Outcome<u64> {
    Ok(queries::restore_all_of(tx, organization.get(), now).await?)
}

/// Removes the contents of the deleted events for good.
///
/// # Errors
/// Database errors only.
pub(crate) async fn purge_all(
    tx: &mut PgConnection,
    organization: OrganizationId,
    now: OffsetDateTime,
) -> Outcome<()> {
    // Asks for events that are not purged yet.
    sponsors::purge_all(tx, organization).await?;
    agenda::purge_all(tx, organization).await?;
    Ok(queries::purge_all_of(tx, organization.get(), now).await?)
}
