//! Membership of events: one role and one status per person and event, and what both make together.

mod bulk;
mod leaving;
mod people;
mod role;
mod saved_view;
mod standing;
mod status;
mod texts;

pub use bulk::{BulkLine, BulkOutcome, MOST_AT_ONCE};
pub use leaving::{Leaving, leaving};
pub use people::{PeopleSort, PeopleView};
pub use role::EventRole;
pub use saved_view::{MOST_VIEWS, ViewName};
pub use standing::{Standing, mute_holds};
pub use status::MembershipStatus;
pub use texts::{BioHere, TitleHere};
