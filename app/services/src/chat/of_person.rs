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
    Ok(rows.into_iter().map(own).collect())
}

fn own(row: queries::OwnMessageRow) -> OwnMessage {
    OwnMessage { id: row.id, event: row.event, room: row.room, text: row.body, sent_at: row.created_at }
}

/// What a person wrote that waits for moderators or was refused, at most 10,000.
pub(crate) async fn held_of_person(services: &Services, author: UserId) -> Outcome<Vec<OwnMessage>> {
    let rows = queries::own_held(&services.db, author.get()).await?;
    Ok(rows.into_iter().map(own).collect())
}

/// Event, room and choice of each room of which a person chose what to hear, at most 10,000.
pub(crate) async fn follows_of(services: &Services, reader: UserId) -> Outcome<Vec<[String; 3]>> {
    let rows = queries::own_follows(&services.db, reader.get()).await?;
    Ok(rows.into_iter().map(|row| [row.event, row.room, row.follow]).collect())
}

/// Forgets how far somebody read, when their account is erased.
pub(crate) async fn forget_reader(tx: &mut PgConnection, user: UserId) -> Outcome<()> {
    Ok(queries::delete_pointers(tx, user.get()).await?)
}
