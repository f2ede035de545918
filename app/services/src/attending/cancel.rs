use domain::ids::{EventId, UserId};
use sqlx::PgConnection;

use super::queries;
use crate::Outcome;

/// Gives back all places a person holds in an event's sessions, in the caller's transaction: they leave, are removed or
/// banned. Attendance that was marked stays. Their sessions are locked in the order of ids.
///
/// # Errors
/// Database errors only.
pub async fn cancel_all_of(tx: &mut PgConnection, event: EventId, user: UserId) -> Outcome<()> {
    queries::lock_sessions_of(tx, event.get(), user.get()).await?;
    Ok(queries::give_back_all(tx, event.get(), user.get()).await?)
}
