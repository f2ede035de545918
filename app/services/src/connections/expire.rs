use domain::connections::OPEN_FOR;

use super::queries;
use crate::{Outcome, Services};

/// Ends requests that nobody answered for 30 days. They count for nothing from then on, whenever this runs.
///
/// # Errors
/// Database errors only; what was ended until then stays so.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let before = services.clock.now() - OPEN_FOR;
    while queries::expire(&services.db, before).await? == queries::BATCH {}
    Ok(())
}
