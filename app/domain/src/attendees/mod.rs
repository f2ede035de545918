//! Membership of events: one role and one status per person and event, and what both make together.

mod leaving;
mod role;
mod standing;
mod status;

pub use leaving::{Leaving, leaving};
pub use role::EventRole;
pub use standing::Standing;
pub use status::MembershipStatus;
