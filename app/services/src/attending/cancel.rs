use domain::ids::UserId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::Outcome;

/// Gives back all places a person holds in the sessions of these events, in the caller's transaction: they leave, are
/// removed or banned. Attendance that was marked stays. Their sessions are locked in the order of ids.
///
/// # Errors
/// Database errors only.
pub(crate) async fn cancel_all_of(tx: &mut PgConnection, events: &[Uuid], user: UserId) -> Outcome<()> {
    queries::lock_sessions_of(tx, events, user.get()).await?;
    Ok(queries::give_back_all(tx, events, user.get()).await?)
}
