//! The audit log: written in the transaction of what it tells, read by owners and admins, never changed.

use domain::SignedIn;
use domain::ids::{EventId, OrganizationId};
use domain::organizations::AuditAction;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

/// One thing somebody did.
#[derive(Debug, Clone, Copy)]
pub struct AuditEntry<'a> {
    pub organization: OrganizationId,
    /// Where it concerns one event of the organization.
    pub event: Option<EventId>,
    /// Kept with the name they have now.
    pub actor: &'a SignedIn,
    pub action: AuditAction,
    /// Whom or what it was done to, as it is called now: a full name, an address, a title.
    pub subject: Option<&'a str>,
    pub subject_id: Option<Uuid>,
    pub before: Option<&'a str>,
    pub after: Option<&'a str>,
}

impl<'a> AuditEntry<'a> {
    /// An entry without subject and values, for `..`.
    #[must_use]
    pub const fn new(organization: OrganizationId, actor: &'a SignedIn, action: AuditAction) -> Self {
        Self {
            organization,
            event: None,
            actor,
            action,
            subject: None,
            subject_id: None,
            before: None,
            after: None,
        }
    }
}

/// Writes an entry in the caller's transaction: what is told happened, what happened is told.
///
/// # Errors
/// Database errors only.
pub(crate) async fn record(
    services: &Services,
    tx: &mut PgConnection,
    entry: &AuditEntry<'_>,
) -> Outcome<()> {
    let row = row(services, entry);
    Ok(queries::insert_entry(tx, &row).await?)
}

/// Writes one entry for each subject (a text and an id), else alike: one statement, however many.
///
/// # Errors
/// Database errors only.
pub(crate) async fn record_each(
    services: &Services,
    tx: &mut PgConnection,
    alike: &AuditEntry<'_>,
    subjects: &[(String, Uuid)],
) -> Outcome<()> {
    let row = row(services, alike);
    let ids: Vec<Uuid> = subjects.iter().map(|_| services.rng.id(row.now)).collect();
    let (texts, subject_ids): (Vec<String>, Vec<Uuid>) = subjects.iter().cloned().unzip();
    Ok(queries::insert_entries(tx, &row, &ids, &texts, &subject_ids).await?)
}

fn row<'a>(services: &Services, entry: &'a AuditEntry<'_>) -> queries::NewEntry<'a> {
    let now = services.clock.now();
    queries::NewEntry {
        id: services.rng.id(now),
        organization: entry.organization.get(),
        event: entry.event.map(EventId::get),
        actor: entry.actor.user.get(),
        actor_name: &entry.actor.full_name,
        action: entry.action.as_str(),
        subject: entry.subject,
        subject_id: entry.subject_id,
        value_before: entry.before,
        value_after: entry.after,
        now,
    }
}
