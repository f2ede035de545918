use super::queries;
use crate::{Outcome, Services};

/// Rows one statement changes, so that none of them holds its locks for long.
const BATCH: u64 = 1000;

/// Notes which invitations have run out. Placeholders are swept with the accounts.
///
/// # Errors
/// Database errors only; what was noted until then stays noted.
pub async fn sweep(services: &Services) -> Outcome<()> {
    while queries::expire_due(&services.db, services.clock.now()).await? == BATCH {}
    Ok(())
}
