use domain::accounts::full_name;
use domain::ids::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

/// Messages read at once.
const BATCH: i64 = 500;

/// A direct message as its sender gets it in the copy of their data.
pub(crate) struct OwnDirectMessage {
    pub(crate) id: Uuid,
    pub(crate) to: String,
    pub(crate) event: Option<String>,
    pub(crate) text: String,
    pub(crate) sent_at: OffsetDateTime,
}

/// What a person wrote to others after this message, but for what was deleted: a batch, in order.
pub(crate) async fn written_by(
    services: &Services,
    sender: UserId,
    after: Uuid,
) -> Outcome<Vec<OwnDirectMessage>> {
    let rows = queries::own_messages(&services.db, sender.get(), after, BATCH).await?;
    let message = |row: queries::OwnMessageRow| OwnDirectMessage {
        id: row.id,
        to: full_name(&row.first_name, &row.last_name),
        event: row.event,
        text: row.body,
        sent_at: row.created_at,
    };
    Ok(rows.into_iter().map(message).collect())
}

/// Forgets how far somebody read, when their account is erased. What they wrote stays for those they wrote to.
pub(crate) async fn forget_person(tx: &mut PgConnection, user: UserId) -> Outcome<()> {
    Ok(queries::reset_sides(tx, user.get()).await?)
}
