//! What a person's account asks about invitations when it ends, and for the copy of their data.

use domain::ids::UserId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

pub(crate) use queries::OfPersonRow as OwnInvitation;

/// Invitations read at once.
const BATCH: i64 = 500;

/// What a person sent and got, after this one: a batch, in order.
pub(crate) async fn of_person(services: &Services, user: UserId, after: Uuid) -> Outcome<Vec<OwnInvitation>> {
    Ok(queries::of_person(&services.db, user.get(), after, BATCH).await?)
}

/// Locks the invitations of people whom the caller is about to lock and remove: invitations come before people, so
/// that nobody who accepts meanwhile waits crosswise.
pub(crate) async fn lock_invited(tx: &mut PgConnection, users: &[Uuid]) -> Outcome<()> {
    Ok(queries::lock_invited(tx, users).await?)
}

/// Removes the invitations somebody got, with their address, in the caller's transaction.
pub(crate) async fn forget_invited(tx: &mut PgConnection, user: UserId, address: &str) -> Outcome<()> {
    Ok(queries::delete_invited(tx, user.get(), address).await?)
}
