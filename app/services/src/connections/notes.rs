use domain::connections::{ContactNote, may_remove};
use domain::ids::ConnectionId;
use domain::{Conflict, FieldErrors, SignedIn};

use super::queries;
use super::stored::StoredConnection;
use crate::{Outcome, ServiceError, Services, db};

/// Writes the own note about a contact; the other one never sees it, and has one of their own. `before` is the note as it
/// was when it was opened.
///
/// # Errors
/// [`domain::AppError::NotFound`] for anybody but the two; [`Conflict::NotConnected`]; [`FieldErrors`] on `note`;
/// [`Conflict::StaleEdit`] when another window changed it meanwhile.
pub async fn save_note(
    services: &Services,
    person: &SignedIn,
    connection: ConnectionId,
    note: &str,
    before: &str,
) -> Outcome<()> {
    let note = ContactNote::parse(note).map_err(|error| FieldErrors::one("note", error))?;
    let mut tx = db::begin(&services.db).await?;
    let row = queries::hold(&mut tx, connection.get(), person.user.get()).await?;
    let stored = StoredConnection::try_from(row.ok_or(ServiceError::NOT_FOUND)?)?;
    // Whoever may end the connection may write about it.
    may_remove(&stored.connection, person.user, services.clock.now())?;
    let stored_note = queries::note(&mut tx, connection.get(), person.user.get()).await?;
    // What is no note was never shown as one.
    let opened = ContactNote::parse(before).ok();
    let is_current = opened.as_ref().is_some_and(|opened| opened.as_deref() == stored_note.as_deref());
    if !is_current && note.as_deref() != stored_note.as_deref() {
        return Err(Conflict::StaleEdit { by: "You".to_owned() }.into());
    }
    queries::set_note(&mut tx, connection.get(), person.user.get(), note.as_deref()).await?;
    Ok(tx.commit().await?)
}
