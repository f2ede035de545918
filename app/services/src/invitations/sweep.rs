use domain::ids::{EventId, OrganizationId};
use domain::organizations::AuditAction;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::queries::{self, ExpiredRow};
use crate::organizations::audit::{self, Happened};
use crate::{Outcome, Services, db};

/// Rows one statement changes, so that none of them holds its locks for long.
const BATCH: usize = 1000;

/// How long an invitation that ended is listed; its address is forgotten then.
const KEPT: Duration = Duration::days(365);

/// Notes which invitations have run out, and removes those that ended a year ago. Placeholders are swept with the
/// accounts.
///
/// # Errors
/// Database errors only; what was noted until then stays noted.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    while expire_due(services, now).await? == BATCH {}
    while queries::delete_ended(&services.db, now - KEPT).await? == BATCH as u64 {}
    Ok(())
}

/// Ends a batch, and says so in the logs of the organizations; answers how many.
async fn expire_due(services: &Services, now: OffsetDateTime) -> Outcome<usize> {
    let mut tx = db::begin(&services.db).await?;
    let due = queries::due(&mut tx, now).await?;
    let (ids, organizations): (Vec<Uuid>, Vec<Uuid>) =
        due.into_iter().map(|row| (row.id, row.organization_id)).unzip();
    queries::hold_organizations(&mut tx, &organizations).await?;
    let expired = queries::expire(&mut tx, &ids, now).await?;
    record_expired(services, &mut tx, &expired).await?;
    tx.commit().await?;
    Ok(expired.len())
}

/// The log says of each that nobody answered it in time.
pub(super) async fn record_expired(
    services: &Services,
    tx: &mut PgConnection,
    expired: &[ExpiredRow],
) -> Outcome<()> {
    let happened: Vec<Happened> = expired
        .iter()
        .map(|row| Happened {
            organization: OrganizationId::new(row.organization_id),
            event: row.event_id.map(EventId::new),
            subject: row.address.clone(),
            subject_id: row.id,
        })
        .collect();
    audit::record_by_itself(services, tx, AuditAction::InvitationExpired, &happened).await
}

/// Removes all invitations to an organization itself, in the caller's transaction.
///
/// # Errors
/// Database errors only.
pub(crate) async fn purge_all(tx: &mut PgConnection, organization: OrganizationId) -> Outcome<()> {
    Ok(queries::delete_all_of_organization(tx, organization.get()).await?)
}
