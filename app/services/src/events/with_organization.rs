//! What the events of an organization go through with it, in the transaction of its own change.

use domain::attendees::EventRole;
use domain::ids::{EventId, OrganizationId, UserId};
use domain::organizations::AuditAction;
use domain::{Conflict, SignedIn};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries;
use crate::organizations::audit::{self, AuditEntry};
use crate::{Outcome, Services, attendees};

/// Somebody who is removed from an organization, and who removes them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Removal<'a> {
    pub(crate) organization: OrganizationId,
    pub(crate) user: UserId,
    pub(crate) full_name: &'a str,
    pub(crate) by: &'a SignedIn,
    /// An owner, who acts as ADMIN in every event anyway.
    pub(crate) by_owner: bool,
}

/// Ends a person's memberships in all events of the organization and frees their seats, which the longest-waiting get.
/// Where they are the only ADMIN, the owner who removes them, acting as one anyway, becomes one by a row in the same
/// transaction; answers the titles of those events.
///
/// # Errors
/// [`Conflict::LastEventAdmin`] where they are the only ADMIN and no owner removes them.
pub(crate) async fn remove_from_all(
    services: &Services,
    tx: &mut PgConnection,
    removal: &Removal<'_>,
) -> Outcome<Vec<String>> {
    let (organization, user, now) = (removal.organization, removal.user, services.clock.now());
    let events = queries::lock_events_of_member(tx, organization.get(), user.get()).await?;
    let taken_over = take_over(services, tx, removal, &events).await?;
    let left = queries::remove_from_events(tx, &events, user.get(), now).await?;
    attendees::end_part_in_sessions(tx, &left, user).await?;
    attendees::free_seats(services, tx, &left).await?.stands_on_the_next_page();
    Ok(taken_over)
}

async fn take_over(
    services: &Services,
    tx: &mut PgConnection,
    removal: &Removal<'_>,
    events: &[Uuid],
) -> Outcome<Vec<String>> {
    let heir = removal.by.user.get();
    let orphans = queries::only_admin_of(tx, events, removal.user.get(), heir).await?;
    if orphans.is_empty() {
        return Ok(Vec::new());
    }
    // An admin of the organization has nothing inside its events, and gives themselves nothing (specification 4.1).
    if !removal.by_owner {
        return Err(Conflict::LastEventAdmin.into());
    }
    let ids: Vec<Uuid> = orphans.iter().map(|orphan| orphan.event_id).collect();
    queries::take_over(tx, &ids, heir, services.clock.now()).await?;
    for orphan in &orphans {
        let entry = AuditEntry {
            event: Some(EventId::new(orphan.event_id)),
            subject: Some(removal.full_name),
            subject_id: Some(removal.user.get()),
            before: orphan.role.as_deref(),
            after: Some(EventRole::Admin.as_str()),
            ..AuditEntry::new(removal.organization, removal.by, AuditAction::EventTakenOver)
        };
        audit::record(services, tx, &entry).await?;
    }
    Ok(orphans.into_iter().map(|orphan| orphan.title).collect())
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
    queries::lock_all_of(tx, organization.get()).await?;
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
    queries::lock_all_of(tx, organization.get()).await?;
    Ok(queries::restore_all_of(tx, organization.get(), now).await?)
}
