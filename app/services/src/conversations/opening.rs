use domain::ids::{ConversationId, EventId, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::queries;
use crate::{Outcome, Services};

/// A conversation to be opened between two different people.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening<'a> {
    pub(crate) by: UserId,
    pub(crate) with: UserId,
    /// `None` for the global one.
    pub(crate) event: Option<EventId>,
    /// What becomes its next message: who wrote it, the text, and when it was written.
    pub(crate) first: Option<(UserId, &'a str, OffsetDateTime)>,
}

/// Opens the conversation of two people in a scope, or opens it again: the same one for life, its row locked until
/// the caller's transaction ends. Whether they may is the caller's to ask.
///
/// # Errors
/// Database errors only.
pub(crate) async fn open(
    services: &Services,
    tx: &mut PgConnection,
    opening: &Opening<'_>,
) -> Outcome<ConversationId> {
    let now = services.clock.now();
    let (by, with) = (opening.by.get(), opening.with.get());
    let new = queries::NewConversationRow {
        id: services.rng.id(now),
        pair: [by.min(with), by.max(with)],
        event: opening.event.map(EventId::get),
        started_by: by,
        now,
    };
    let conversation = queries::open(tx, &new).await?;
    if let Some((writer, text, written_at)) = opening.first {
        let ids = [services.rng.id(now), services.rng.id(now)];
        let times = [written_at, now];
        queries::insert_opening_message(tx, conversation, ids, writer.get(), text, times).await?;
    }
    Ok(ConversationId::new(conversation))
}
