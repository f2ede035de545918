use time::OffsetDateTime;

use super::{DEVICE_LIFETIME, EXPORT_LIFETIME, PLACEHOLDER_LIFETIME, UNCONFIRMED_LIFETIME, erasure, queries};
use crate::{Outcome, Services, db, invitations};

/// Rows one statement removes, so that none of them holds its locks for long.
const BATCH: u64 = 1000;

/// At most a batch of each a day: what is left goes the next time, so that rows in other hands are never waited for
/// again and again.
async fn remove_never_confirmed(services: &Services, before: OffsetDateTime) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let users = queries::never_confirmed(&mut *tx, before).await?;
    invitations::lock_invited(&mut tx, &users).await?;
    queries::delete_never_confirmed(&mut tx, &users, before).await?;
    Ok(tx.commit().await?)
}

async fn remove_placeholders(services: &Services, before: OffsetDateTime) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let users = queries::forgotten_placeholders(&mut *tx, before).await?;
    invitations::lock_invited(&mut tx, &users).await?;
    queries::delete_placeholders(&mut tx, &users, before).await?;
    Ok(tx.commit().await?)
}

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
    remove_never_confirmed(services, now - UNCONFIRMED_LIFETIME).await?;
    remove_placeholders(services, now - PLACEHOLDER_LIFETIME).await?;
    queries::empty_expired_exports(&services.db, now).await?;
    while queries::delete_old_exports(&services.db, now - EXPORT_LIFETIME).await? == BATCH {}
    erasure::erase_due(services).await
}
