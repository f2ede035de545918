//! Invitations, one kind for two targets: who may be invited as what, and what accepting grants by then.

mod grant;
mod message;
mod name;
mod role;
mod status;
mod verdict;

pub use grant::{Grant, grant};
pub use message::InvitationMessage;
pub use name::InvitedName;
pub use role::{InvitedRole, InvitedRoleError, TargetKind, grantable_in_organization};
pub use status::{InvitationDelivery, InvitationStatus};
pub use verdict::{BulkRow, MAX_BULK_ROWS, MAX_FILE_ROWS, Verdict};

/// How long a link works (specification 7).
pub const LIFETIME: time::Duration = time::Duration::days(7);
