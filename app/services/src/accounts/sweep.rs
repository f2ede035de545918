use super::{DEVICE_LIFETIME, EXPORT_LIFETIME, PLACEHOLDER_LIFETIME, UNCONFIRMED_LIFETIME, erasure, queries};
use crate::{Outcome, Services};

/// Rows one statement removes, so that none of them holds its locks for long.
const BATCH: u64 = 1000;

/// Removes what nobody can use any more: sessions past their absolute limit, dead links, forgotten devices, exports
/// that are over, accounts that were never confirmed, and placeholders nobody invites any more; and erases those deleted
/// 30 days ago.
///
/// # Errors
/// Database errors only; what was removed until then stays removed.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    while queries::delete_expired_sessions(&services.db, now).await? == BATCH {}
    while queries::delete_old_tokens(&services.db, now).await? == BATCH {}
    while queries::delete_unused_devices(&services.db, now - DEVICE_LIFETIME).await? == BATCH {}
    while queries::delete_never_confirmed(&services.db, now - UNCONFIRMED_LIFETIME).await? == BATCH {}
    while queries::delete_placeholders(&services.db, now - PLACEHOLDER_LIFETIME).await? == BATCH {}
    queries::empty_expired_exports(&services.db, now).await?;
    while queries::delete_old_exports(&services.db, now - EXPORT_LIFETIME).await? == BATCH {}
    while erasure::erase_one(services).await? {}
    Ok(())
}
