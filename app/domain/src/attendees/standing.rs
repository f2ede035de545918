use time::OffsetDateTime;

use crate::attendees::{EventRole, MembershipStatus};
use crate::events::EventStatus;
use crate::organizations::OrganizationRole;

/// Everything the policy asks about one person in one event, loaded in one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub event_status: EventStatus,
    /// The membership row, if there is one.
    pub membership: Option<(EventRole, MembershipStatus)>,
    /// The role in the owning organization, if any.
    pub organization_role: Option<OrganizationRole>,
    /// A mute that has not run out.
    pub muted: bool,
}

/// Whether a mute holds at `now`: it ends by the clock, or with the event when `until` is `None`.
#[must_use]
pub fn mute_holds(since: Option<OffsetDateTime>, until: Option<OffsetDateTime>, now: OffsetDateTime) -> bool {
    since.is_some() && until.is_none_or(|until| until > now)
}

impl Standing {
    /// A visitor without any row.
    #[must_use]
    pub const fn visitor(event_status: EventStatus) -> Self {
        Self { event_status, membership: None, organization_role: None, muted: false }
    }

    #[must_use]
    pub fn is_owner(&self) -> bool {
        self.organization_role == Some(OrganizationRole::Owner)
    }

    /// The literal question: is there a membership row? False for an OWNER without one.
    #[must_use]
    pub fn has_membership_row(&self) -> bool {
        self.membership.is_some()
    }

    /// Banned rows close the event, but an OWNER cannot be banned.
    #[must_use]
    pub fn is_banned(&self) -> bool {
        !self.is_owner() && matches!(self.membership, Some((_, MembershipStatus::Banned)))
    }

    #[must_use]
    pub fn is_waitlisted(&self) -> bool {
        matches!(self.membership, Some((_, MembershipStatus::Waitlisted)))
    }

    /// The role that counts: ADMIN for an OWNER of the organization, else the active membership's.
    ///
    /// `None` means no access: no row, or a row that is not ACTIVE, or a deleted event.
    #[must_use]
    pub fn effective_role(&self) -> Option<EventRole> {
        if self.event_status == EventStatus::Deleted {
            return None;
        }
        if self.is_owner() {
            return Some(EventRole::Admin);
        }
        match self.membership {
            Some((role, MembershipStatus::Active)) => Some(role),
            Some((
                _,
                MembershipStatus::Waitlisted
                | MembershipStatus::Left
                | MembershipStatus::Removed
                | MembershipStatus::Banned,
            ))
            | None => None,
        }
    }
}
