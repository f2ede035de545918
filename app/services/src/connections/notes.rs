use domain::connections::{ContactNote, may_remove};
use domain::ids::ConnectionId;
use domain::{FieldErrors, SignedIn};

use super::queries;
use super::stored::StoredConnection;
use crate::{Outcome, ServiceError, Services};

/// Writes the own note about a contact; the other one never sees it, and has one of their own.
///
/// # Errors
/// [`domain::AppError::NotFound`] for anybody but the two; [`domain::Conflict::NotConnected`]; [`FieldErrors`] on `note`.
pub async fn save_note(
    services: &Services,
    person: &SignedIn,
    connection: ConnectionId,
    note: &str,
) -> Outcome<()> {
    let note = ContactNote::parse(note).map_err(|error| FieldErrors::one("note", error))?;
    let mut tx = services.db.begin().await?;
    let row = queries::hold(&mut tx, connection.get(), person.user.get()).await?;
    let stored = StoredConnection::try_from(row.ok_or(ServiceError::NOT_FOUND)?)?;
    // Whoever may end the connection may write about it.
    may_remove(&stored.connection, person.user, services.clock.now())?;
    queries::set_note(&mut tx, connection.get(), person.user.get(), note.as_deref()).await?;
    Ok(tx.commit().await?)
}
