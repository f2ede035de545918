use domain::accounts::Acquaintance;
use domain::ids::UserId;

use super::queries;
use crate::{Outcome, Services};

/// What connects a viewer with a person, which decides whether they see them at all; `None` for somebody without an open
/// account. One statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn acquaintance(
    services: &Services,
    viewer: Option<UserId>,
    user: UserId,
) -> Outcome<Option<Acquaintance>> {
    let row = queries::acquaintance(&services.db, viewer.map(UserId::get), user.get()).await?;
    Ok(row.map(|row| Acquaintance {
        is_self: row.is_self,
        shares_event: row.shares_event,
        shares_organization: row.shares_organization,
        speaks_in_public: row.speaks_in_public,
        is_connected: row.is_connected,
        asks_viewer: row.asks_viewer,
        is_blocked: row.is_blocked,
    }))
}
