use time::{Duration, OffsetDateTime};

use super::ConnectionStatus;
use crate::ids::UserId;

/// A request nobody answers is open for this long, and one that was declined looks open for as long (specification 15.5).
pub const OPEN_FOR: Duration = Duration::days(30);
/// Whoever withdrew a request asks again after this long at the earliest.
pub const ASK_AGAIN_AFTER_WITHDRAWING: Duration = Duration::hours(24);

/// The one row of a pair, as it is decided about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// Who asked last.
    pub requester: UserId,
    pub recipient: UserId,
    pub status: ConnectionStatus,
    pub requested_at: OffsetDateTime,
    /// When the recipient answered, if they did.
    pub responded_at: Option<OffsetDateTime>,
    /// When it was withdrawn or removed. Also of a declined request: its requester may take it for an open one.
    pub ended_at: Option<OffsetDateTime>,
    /// Who withdrew, removed or blocked; unknown of what ended long ago.
    pub ended_by: Option<UserId>,
}

/// What one side of a pair is shown of it. Nothing in it tells a requester that they were declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tie {
    #[default]
    None,
    /// The viewer asked and has no answer.
    Requested,
    /// The viewer was asked and has not answered.
    Asked,
    Connected,
}

impl Connection {
    /// The other one, for somebody who is one of the two.
    #[must_use]
    pub fn other_than(&self, person: UserId) -> Option<UserId> {
        match person {
            person if person == self.requester => Some(self.recipient),
            person if person == self.recipient => Some(self.requester),
            _ => None,
        }
    }

    /// What `person` is shown now.
    #[must_use]
    pub fn tie_of(&self, person: UserId, now: OffsetDateTime) -> Tie {
        if self.other_than(person).is_none() {
            return Tie::None;
        }
        let is_young = now < self.requested_at + OPEN_FOR;
        let asked = person == self.requester;
        match self.status {
            ConnectionStatus::Accepted => Tie::Connected,
            ConnectionStatus::Pending if !is_young => Tie::None,
            ConnectionStatus::Pending if asked => Tie::Requested,
            ConnectionStatus::Pending => Tie::Asked,
            ConnectionStatus::Rejected if asked && is_young && self.ended_at.is_none() => Tie::Requested,
            ConnectionStatus::Rejected | ConnectionStatus::Removed => Tie::None,
        }
    }

    /// How long `person` has to wait until they may ask again, where there is nothing between the two.
    ///
    /// Who removed, or was removed from, an accepted connection, and whoever was asked last, need not wait at all. A
    /// request that the other one ended by a block was not withdrawn: it counts as one without an answer.
    #[must_use]
    pub fn wait_of(&self, person: UserId, now: OffsetDateTime) -> Option<Duration> {
        let was_accepted = self.status == ConnectionStatus::Removed && self.responded_at.is_some();
        if person != self.requester || was_accepted {
            return None;
        }
        let ended_at = self.ended_at?;
        let until = if self.ended_by.is_none_or(|ender| ender == person) {
            ended_at + ASK_AGAIN_AFTER_WITHDRAWING
        } else {
            self.requested_at + OPEN_FOR
        };
        (until > now).then(|| until - now)
    }
}
