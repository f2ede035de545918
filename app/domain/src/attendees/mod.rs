//! Membership of events: one role and one status per person and event, and what both make together.

mod ban_reason;
mod leaving;
mod people;
mod role;
mod standing;
mod status;

pub use ban_reason::BanReason;
pub use leaving::{Leaving, leaving};
pub use people::{PeopleSort, PeopleView};
pub use role::EventRole;
pub use standing::Standing;
pub use status::MembershipStatus;
