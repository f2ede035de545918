use domain::ids::UserId;
use sqlx::PgConnection;

use super::queries;
use crate::Outcome;

/// Locks two people in the caller's transaction, as whoever asks or blocks does. After counters of limits, before their
/// connection and conversations.
///
/// # Errors
/// Database errors only.
pub(crate) async fn hold_people(tx: &mut PgConnection, pair: [UserId; 2]) -> Outcome<()> {
    Ok(queries::lock_people(tx, pair.map(UserId::get)).await?)
}
