use domain::SignedIn;
use domain::connections::{ConnectionStatus, may_remove, may_withdraw};
use domain::ids::ConnectionId;

use super::stored::StoredConnection;
use super::{queries, tell};
use crate::{Outcome, ServiceError, Services, conversations, db};

/// Takes an own request back. Of one that was declined only the requester's side ends: they don't know.
///
/// # Errors
/// [`domain::AppError::NotFound`] for anybody but the two; as [`may_withdraw`].
pub async fn withdraw(services: &Services, person: &SignedIn, connection: ConnectionId) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = queries::hold(&mut tx, connection.get(), person.user.get()).await?;
    let stored = StoredConnection::try_from(row.ok_or(ServiceError::NOT_FOUND)?)?;
    may_withdraw(&stored.connection, person.user, now)?;
    queries::end(&mut tx, connection.get(), person.user.get(), now).await?;
    tell::answered(services, &mut tx, stored.connection.recipient, connection).await?;
    tx.commit().await?;
    if stored.connection.status == ConnectionStatus::Pending {
        tell::removed(services, person, stored.connection.recipient, connection);
    }
    Ok(())
}

/// Ends a connection. The conversation leaves both inboxes and takes no messages until they connect again; notes stay.
///
/// # Errors
/// [`domain::AppError::NotFound`] for anybody but the two; as [`may_remove`].
pub async fn remove(services: &Services, person: &SignedIn, connection: ConnectionId) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = queries::hold(&mut tx, connection.get(), person.user.get()).await?;
    let stored = StoredConnection::try_from(row.ok_or(ServiceError::NOT_FOUND)?)?;
    may_remove(&stored.connection, person.user, now)?;
    let other = stored.connection.other_than(person.user).ok_or(ServiceError::NOT_FOUND)?;
    let pair = [person.user, other];
    let before = conversations::acquainted_pair(&mut tx, pair).await?;
    queries::end(&mut tx, connection.get(), person.user.get(), now).await?;
    conversations::hold_pair(&mut tx, person.user, other).await?;
    let parted = before.without(&conversations::acquainted_pair(&mut tx, pair).await?);
    tx.commit().await?;
    parted.end(services);
    tell::removed(services, person, other, connection);
    Ok(())
}
