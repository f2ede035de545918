//! Events: what they say about themselves, the states they go through, and what a visitor may do next.

mod accent;
mod dates;
mod details;
pub(crate) mod kinds;
mod policy;
mod publish;
mod visit;

pub use accent::{AccentColor, AccentColorError, ShownAccent};
pub use dates::{EventDates, EventDatesError};
pub use details::{Capacity, CapacityError, EventDescription, EventTitle, HostName, Venue};
pub use kinds::{EventFormat, EventStatus, EventVisibility};
pub use policy::{EventAction, Sight, invitable, may, sight};
pub use publish::{Missing, Readiness, missing_to_publish};
pub use visit::{PrimaryAction, Registration, primary_action};
