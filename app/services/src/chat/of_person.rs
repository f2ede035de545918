use domain::ids::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

/// Messages read at once.
const BATCH: i64 = 500;

/// A message as its author gets it in the copy of their data.
pub(crate) struct OwnMessage {
    pub(crate) id: Uuid,
    pub(crate) event: String,
    pub(crate) room: String,
    pub(crate) text: String,
    pub(crate) sent_at: OffsetDateTime,
}

/// What a person wrote in rooms after this message, but for what was deleted: a batch, in order.
pub(crate) async fn written_by(services: &Services, author: UserId, after: Uuid) -> Outcome<Vec<OwnMessage>> {
    let rows = queries::own_messages(&services.db, author.get(), after, BATCH).await?;
    let message = |row: queries::OwnMessageRow| OwnMessage {
        id: row.id,
        event: row.event,
        room: row.room,
        text: row.body,
        sent_at: row.created_at,
    };
    Ok(rows.into_iter().map(message).collect())
}

/// Forgets how far somebody read, when their account is erased.
pub(crate) async fn forget_reader(tx: &mut PgConnection, user: UserId) -> Outcome<()> {
    Ok(queries::delete_pointers(tx, user.get()).await?)
}
