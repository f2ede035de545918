use std::collections::HashMap;

use domain::connections::Tie;
use domain::ids::{ConnectionId, UserId};
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries;
use super::stored::StoredConnection;
use crate::{Outcome, Services};

/// What there is between a viewer and one other person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TieWith {
    pub tie: Tie,
    /// Where there ever was a request between the two.
    pub connection: Option<ConnectionId>,
    /// One of the two blocks the other: they don't see each other.
    pub is_blocked: bool,
    pub is_blocked_by_viewer: bool,
    /// Of an open request, or of the one that connected them.
    pub icebreaker: Option<String>,
    /// When they connected.
    pub connected_at: Option<OffsetDateTime>,
}

/// What there is between a viewer and each of these people: one statement, none for visitors. Nobody is missing.
///
/// # Errors
/// Database errors only.
pub(crate) async fn ties(
    services: &Services,
    viewer: Option<UserId>,
    users: &[UserId],
) -> Outcome<HashMap<UserId, TieWith>> {
    let mut ties: HashMap<UserId, TieWith> = users.iter().map(|user| (*user, TieWith::default())).collect();
    let Some(viewer) = viewer else { return Ok(ties) };
    let now = services.clock.now();
    let ids: Vec<Uuid> = users.iter().map(|user| user.get()).collect();
    for row in queries::ties(&services.db, viewer.get(), &ids).await? {
        let stored = row.connection().map(StoredConnection::try_from).transpose()?;
        let tie = stored.as_ref().map_or(Tie::None, |stored| stored.connection.tie_of(viewer, now));
        let with = TieWith {
            tie,
            connection: stored.as_ref().map(|stored| stored.id),
            is_blocked: row.is_blocked,
            is_blocked_by_viewer: row.is_blocked_by_viewer,
            connected_at: stored
                .as_ref()
                .filter(|_| tie == Tie::Connected)
                .and_then(|stored| stored.connection.responded_at),
            icebreaker: stored.filter(|_| tie != Tie::None).map(|stored| stored.icebreaker),
        };
        ties.insert(UserId::new(row.user_id), with);
    }
    Ok(ties)
}
