use domain::ids::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

/// Messages read at once.
const BATCH: i64 = 1000;

/// A message as its author gets it in the copy of their data.
pub(crate) struct OwnMessage {
    pub(crate) event: String,
    pub(crate) room: String,
    pub(crate) text: String,
    pub(crate) sent_at: OffsetDateTime,
}

/// Everything a person wrote in rooms, but for what was deleted.
pub(crate) async fn written_by(services: &Services, author: UserId) -> Outcome<Vec<OwnMessage>> {
    let mut messages = Vec::new();
    let mut after = Uuid::nil();
    loop {
        let rows = queries::own_messages(&services.db, author.get(), after, BATCH).await?;
        let Some(last) = rows.last() else { return Ok(messages) };
        after = last.id;
        messages.extend(rows.into_iter().map(|row| OwnMessage {
            event: row.event,
            room: row.room,
            text: row.body,
            sent_at: row.created_at,
        }));
    }
}

/// Forgets how far somebody read, when their account is erased.
pub(crate) async fn forget_reader(tx: &mut PgConnection, user: UserId) -> Outcome<()> {
    Ok(queries::delete_pointers(tx, user.get()).await?)
}
