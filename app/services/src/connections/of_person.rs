//! A person's connections as a whole: for the copy of their data, and when they are erased.

use domain::accounts::full_name;
use domain::connections::Tie;
use domain::ids::UserId;
use domain::paging::PageRequest;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries::{self, ConnectionRow};
use super::stored::StoredConnection;
use crate::{Outcome, Services};

/// A connection as the copy of one side's data tells it: nothing the person isn't shown.
pub(crate) struct OwnConnection {
    pub(crate) id: Uuid,
    pub(crate) with: String,
    pub(crate) asked_by_me: bool,
    /// In the words of pages.
    pub(crate) state: &'static str,
    pub(crate) icebreaker: String,
    pub(crate) event: String,
    pub(crate) requested_at: OffsetDateTime,
    pub(crate) connected_at: Option<OffsetDateTime>,
    pub(crate) note: Option<String>,
}

/// Up to a thousand of a person's connections in the order of their ids, after one of them.
///
/// # Errors
/// Database errors only.
pub(crate) async fn of_person(services: &Services, user: UserId, after: Uuid) -> Outcome<Vec<OwnConnection>> {
    let now = services.clock.now();
    let rows = queries::own_connections(&services.db, user.get(), after).await?;
    rows.into_iter()
        .map(|row| {
            let stored = StoredConnection::try_from(ConnectionRow {
                id: row.id,
                user_low: row.user_low,
                user_high: row.user_high,
                requester_id: row.requester_id,
                status: row.status,
                icebreaker: row.icebreaker,
                requested_at: row.requested_at,
                responded_at: row.responded_at,
                ended_at: row.ended_at,
                ended_by: row.ended_by,
            })?;
            let tie = stored.connection.tie_of(user, now);
            Ok(OwnConnection {
                id: row.id,
                with: if row.is_open { full_name(&row.first_name, &row.last_name) } else { GONE.to_owned() },
                asked_by_me: stored.connection.requester == user,
                state: match tie {
                    Tie::None => "over",
                    Tie::Requested => "requested",
                    Tie::Asked => "received",
                    Tie::Connected => "connected",
                },
                icebreaker: stored.icebreaker,
                event: row.event,
                requested_at: stored.connection.requested_at,
                connected_at: stored.connection.responded_at.filter(|_| tie == Tie::Connected),
                note: row.note,
            })
        })
        .collect()
}

/// Whom a person blocks, at most 10,000, with since when.
///
/// # Errors
/// Database errors only.
pub(crate) async fn blocked_by(services: &Services, user: UserId) -> Outcome<Vec<(String, OffsetDateTime)>> {
    let rows = queries::blocked(&services.db, user.get(), PageRequest::MAX_DEPTH, 0).await?;
    Ok(rows.into_iter().map(|row| (full_name(&row.first_name, &row.last_name), row.created_at)).collect())
}

const GONE: &str = "Somebody with a closed account";

/// Removes connections, notes and blocks of a person who is erased.
///
/// # Errors
/// Database errors only.
pub(crate) async fn forget(tx: &mut PgConnection, user: UserId) -> Outcome<()> {
    queries::delete_connections(tx, user.get()).await?;
    Ok(queries::delete_blocks(tx, user.get()).await?)
}
