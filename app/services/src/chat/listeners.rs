//! What a node asks about everybody who listens there: one statement each, none when nobody listens.

use std::collections::HashMap;

use domain::chat::PostStanding;
use domain::ids::{ChatRoomId, UserId};
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{RoomFacts, queries};
use crate::{Outcome, Services};

/// Where each of these people stands in their room, for the policy; pairs whose room is gone are left out.
///
/// # Errors
/// Database errors only.
pub async fn standings(
    services: &Services,
    listening: &[(UserId, ChatRoomId)],
) -> Outcome<HashMap<(UserId, ChatRoomId), PostStanding>> {
    if listening.is_empty() {
        return Ok(HashMap::new());
    }
    let (users, rooms): (Vec<Uuid>, Vec<Uuid>) =
        listening.iter().map(|(user, room)| (user.get(), room.get())).unzip();
    standings_in(&services.db, &users, &rooms, services.clock.now()).await
}

/// As [`standings`], for pairs side by side, in the caller's transaction.
pub(super) async fn standings_in(
    db: impl PgExecutor<'_>,
    users: &[Uuid],
    rooms: &[Uuid],
    now: OffsetDateTime,
) -> Outcome<HashMap<(UserId, ChatRoomId), PostStanding>> {
    let rows = queries::listeners(db, users, rooms).await?;
    rows.iter()
        .map(|row| {
            let facts = RoomFacts {
                kind: &row.kind,
                is_enabled: row.is_enabled,
                event_status: &row.event_status,
                role: row.role.as_deref(),
                membership: row.membership.as_deref(),
                muted_at: row.muted_at,
                muted_until: row.muted_until,
                organization_role: row.organization_role.as_deref(),
                speaks_here: row.speaks_here,
            };
            Ok(((UserId::new(row.user_id), ChatRoomId::new(row.room_id)), facts.read(now)?))
        })
        .collect()
}

/// The newest revision of each of these rooms; rooms that are gone are left out.
///
/// # Errors
/// Database errors only.
pub async fn heads(services: &Services, rooms: &[ChatRoomId]) -> Outcome<Vec<(ChatRoomId, i64)>> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rooms.iter().map(|room| room.get()).collect();
    let rows = queries::heads(&services.db, &ids).await?;
    Ok(rows.into_iter().map(|row| (ChatRoomId::new(row.id), row.last_rev)).collect())
}
