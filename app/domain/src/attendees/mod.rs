//! Membership of events: one role and one status per person and event, and what both make together.

mod role;
mod standing;
mod status;

pub use role::EventRole;
pub use standing::Standing;
pub use status::MembershipStatus;
