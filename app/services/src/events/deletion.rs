//! Deleting an event: hidden at once with all below it, kept for 30 days, then emptied to bare facts.

use domain::events::{EventAction, EventStatus, Transition};
use domain::ids::{EventId, OrganizationId};
use domain::organizations::{AuditAction, OrganizationRole};
use domain::time::Timestamp;
use domain::{FieldErrors, SignedIn};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{hold, queries, transition};
use crate::organizations::audit::{self, AuditEntry};
use crate::{Outcome, ServiceError, Services, accounts, db, invitations, organizations, uploads};

/// How long a deleted event can be brought back (specification 1.6).
pub const UNDO_TIME: Duration = Duration::days(30);

/// A deleted event that can still be brought back, for owners of its organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedEvent {
    pub id: EventId,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    /// The full name of who deleted it.
    pub deleted_by: String,
    pub undo_until: Timestamp,
}

/// Deletes an event for 30 days, in which any owner of the organization can undo it.
///
/// # Errors
/// [`domain::AppError::NotFound`] where it is hidden, [`domain::Denied::OrganizationOwnersOnly`] for others who see it;
/// [`FieldErrors`] on `name` when it isn't the event's title; [`domain::Denied::SignInNotRecent`].
pub async fn delete(services: &Services, person: &SignedIn, slug: &str, typed_name: &str) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::Delete)?;
    let status = event.standing.event_status;
    let held = transition::check(services, &mut tx, event.id, status, Transition::Delete).await?;
    if typed_name.trim().to_lowercase() != held.row.title.trim().to_lowercase() {
        let message = format!("Type the event's title: {}", held.row.title);
        return Err(FieldErrors::one("name", message).into());
    }
    accounts::require_recent_sign_in(services, &mut *tx, person).await?;
    queries::delete_softly(&mut tx, event.id, person.user.get(), now).await?;
    invitations::cancel_all_of_event(services, &mut tx, EventId::new(event.id)).await?;
    held.record(services, &mut tx, person).await?;
    tx.commit().await?;
    transition::announce(services, &event).await;
    Ok(())
}

/// The deleted events of an organization that may be brought back, the latest first, at most 100; none for who doesn't
/// own it: one statement.
///
/// # Errors
/// Database errors only.
pub async fn deleted_of(
    services: &Services,
    organization: OrganizationId,
    role: OrganizationRole,
) -> Outcome<Vec<DeletedEvent>> {
    match role {
        OrganizationRole::Owner => {}
        OrganizationRole::Admin | OrganizationRole::Member => return Ok(Vec::new()),
    }
    let since = services.clock.now() - UNDO_TIME;
    let rows = queries::deleted_of(&services.db, organization.get(), since).await?;
    let deleted = |row: queries::DeletedRow| DeletedEvent {
        id: EventId::new(row.id),
        title: row.title,
        start_date: row.start_date,
        end_date: row.end_date,
        deleted_by: domain::accounts::full_name(&row.first_name, &row.last_name),
        undo_until: Timestamp::from(row.deleted_at + UNDO_TIME),
    };
    Ok(rows.into_iter().map(deleted).collect())
}

/// Brings a deleted event back to the status it had; answers its address. Again is quiet success. Invitations that were
/// cancelled with it are not sent again.
///
/// # Errors
/// [`domain::AppError::NotFound`] for everybody but owners of its organization, and after 30 days.
pub async fn restore(services: &Services, person: &SignedIn, event: EventId) -> Outcome<String> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let organization =
        queries::organization_of(&mut tx, event.get()).await?.ok_or(ServiceError::NOT_FOUND)?;
    // Before the event: whoever deletes the organization at this moment would leave it behind as it comes back.
    organizations::hold(&mut tx, OrganizationId::new(organization)).await?;
    let row = queries::lock_deleted(&mut tx, person.user.get(), event.get(), now - UNDO_TIME).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    if EventStatus::from_stored(&row.status) != Some(EventStatus::Deleted) {
        return Ok(row.slug);
    }
    queries::restore(&mut tx, event.get(), now).await?;
    let entry = AuditEntry {
        event: Some(event),
        subject: Some(&row.title),
        subject_id: Some(event.get()),
        ..AuditEntry::new(OrganizationId::new(row.organization_id), person, AuditAction::EventRestored)
    };
    audit::record(services, &mut tx, &entry).await?;
    tx.commit().await?;
    uploads::settle_event(services, event.get()).await;
    Ok(row.slug)
}

/// Removes for good what was deleted 30 days ago or longer, by itself or with its organization: title, dates and
/// memberships stay as bare facts, and the address is free.
///
/// # Errors
/// Database errors only, of the last event that could not be purged; the others are.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let before = services.clock.now() - UNDO_TIME;
    let mut outcome = Ok(());
    for event in queries::due_for_purge(&services.db, before).await? {
        outcome = purge(services, event, before).await.and(outcome);
    }
    outcome
}

async fn purge(services: &Services, event: Uuid, before: OffsetDateTime) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    // Another process is at it, or was; or it came back, and was deleted anew, since it was found.
    if !queries::lock_to_purge(&mut tx, event, before).await? {
        return Ok(());
    }
    queries::purge_contents(&mut tx, event).await?;
    queries::purge_texts(&mut tx, event, services.clock.now()).await?;
    Ok(tx.commit().await?)
}
