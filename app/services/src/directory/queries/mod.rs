//! The slice's only SQL.

mod people;
mod profile;

pub use people::{PlaceRow, Wanted, people_after, people_before};
pub use profile::{icebreakers, sessions_of, shared_events};
