use domain::ids::OrganizationId;
use sqlx::PgConnection;
use time::Duration;

use super::queries;
use crate::{Outcome, Services};

/// Rows one statement changes, so that none of them holds its locks for long.
const BATCH: u64 = 1000;

/// How long an invitation that ended is listed; its address is forgotten then.
const KEPT: Duration = Duration::days(365);

/// Notes which invitations have run out, and removes those that ended a year ago. Placeholders are swept with the
/// accounts.
///
/// # Errors
/// Database errors only; what was noted until then stays noted.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    while queries::expire_due(&services.db, now).await? == BATCH {}
    while queries::delete_ended(&services.db, now - KEPT).await? == BATCH {}
    Ok(())
}

/// Removes all invitations to an organization and its events, in the caller's transaction.
///
/// # Errors
/// Database errors only.
pub(crate) async fn purge_all(tx: &mut PgConnection, organization: OrganizationId) -> Outcome<()> {
    Ok(queries::delete_all_of_organization(tx, organization.get()).await?)
}
