//! Membership of events: one role and one status per person and event, and what both make together.

mod ban_reason;
mod bulk;
mod leaving;
mod people;
mod role;
mod standing;
mod status;
mod texts;

pub use ban_reason::BanReason;
pub use bulk::{BulkLine, BulkOutcome, MOST_AT_ONCE};
pub use leaving::{Leaving, leaving};
pub use people::{PeopleSort, PeopleView};
pub use role::EventRole;
pub use standing::Standing;
pub use status::MembershipStatus;
pub use texts::{BioHere, TitleHere};
