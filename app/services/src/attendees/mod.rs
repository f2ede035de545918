//! Members of events: who gets the seats that become free, and leaving.

mod leave;
mod of_person;
mod queries;
mod seats;

pub use leave::leave;
pub(crate) use of_person::{end_part_in_sessions, forget_member, lock_events_of};
pub(crate) use seats::free_seats;
