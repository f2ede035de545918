use domain::connections::{Connection, ConnectionStatus};
use domain::ids::{ConnectionId, UserId};

use super::queries::ConnectionRow;
use crate::{Outcome, ServiceError};

/// A pair's row as it is stored.
#[derive(Debug, Clone)]
pub(super) struct StoredConnection {
    pub(super) id: ConnectionId,
    pub(super) connection: Connection,
    pub(super) icebreaker: String,
}

impl TryFrom<ConnectionRow> for StoredConnection {
    type Error = ServiceError;

    fn try_from(row: ConnectionRow) -> Outcome<Self> {
        let recipient = if row.requester_id == row.user_low { row.user_high } else { row.user_low };
        Ok(Self {
            id: ConnectionId::new(row.id),
            connection: Connection {
                requester: UserId::new(row.requester_id),
                recipient: UserId::new(recipient),
                status: read_status(&row.status)?,
                requested_at: row.requested_at,
                responded_at: row.responded_at,
                ended_at: row.ended_at,
                ended_by: row.ended_by.map(UserId::new),
            },
            icebreaker: row.icebreaker,
        })
    }
}

pub(super) fn read_status(stored: &str) -> Outcome<ConnectionStatus> {
    ConnectionStatus::from_stored(stored)
        .ok_or_else(|| ServiceError::unknown_value("connections.status", stored))
}
