use domain::SignedIn;
use domain::accounts::PersonCard;
use domain::connections::may_answer;
use domain::ids::{ConnectionId, ConversationId};
use domain::realtime::{ServerFrame, Topic};

use super::stored::StoredConnection;
use super::{queries, tell};
use crate::conversations::{self, Opening};
use crate::notifications;
use crate::{Outcome, ServiceError, Services, db};

/// Connects two people. Their global conversation opens, or opens again, with the icebreaker as its next message, and
/// whoever asked is told live, in the app, and by mail if they want.
///
/// # Errors
/// [`domain::AppError::NotFound`] for anybody but the two; as [`may_answer`].
pub async fn accept(
    services: &Services,
    person: &SignedIn,
    connection: ConnectionId,
) -> Outcome<ConversationId> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = queries::hold(&mut tx, connection.get(), person.user.get()).await?;
    let stored = StoredConnection::try_from(row.ok_or(ServiceError::NOT_FOUND)?)?;
    may_answer(&stored.connection, person.user, now)?;
    queries::answer(&mut tx, connection.get(), "ACCEPTED", now).await?;
    let requester = stored.connection.requester;
    let opening = Opening {
        by: requester,
        with: person.user,
        event: None,
        first: Some((requester, &stored.icebreaker, stored.connection.requested_at)),
    };
    let conversation = conversations::open(services, &mut tx, &opening).await?;
    tell::answered(services, &mut tx, person.user, connection).await?;
    let told = tell::accepted(services, &mut tx, person, (requester, connection), conversation).await?;
    tx.commit().await?;
    services.outbox.wake();
    let topic = Topic::User(requester);
    let card = PersonCard { id: person.user, full_name: person.full_name.clone() };
    let icebreaker = stored.icebreaker;
    services
        .bus
        .publish(topic, &ServerFrame::ConnectionAccepted { topic, connection, person: card, icebreaker });
    told.announce(services);
    notifications::waiting_changed(services, person.user);
    Ok(conversation)
}

/// Declines a request. Nobody else is told: to whoever asked it looks like one that is not answered.
///
/// # Errors
/// As [`accept`].
pub async fn decline(services: &Services, person: &SignedIn, connection: ConnectionId) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = queries::hold(&mut tx, connection.get(), person.user.get()).await?;
    let stored = StoredConnection::try_from(row.ok_or(ServiceError::NOT_FOUND)?)?;
    may_answer(&stored.connection, person.user, now)?;
    queries::answer(&mut tx, connection.get(), "REJECTED", now).await?;
    tell::answered(services, &mut tx, person.user, connection).await?;
    tx.commit().await?;
    notifications::waiting_changed(services, person.user);
    Ok(())
}
