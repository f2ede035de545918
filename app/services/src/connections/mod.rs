//! Who knows whom: requests with their icebreaker, contacts with notes and their export, and whom a person blocks. Who
//! may do what is the policy of `domain::connections`, what anybody sees of a person `Profile::shown_to`.

mod answer;
mod blocks;
mod ending;
mod expire;
mod export;
mod holding;
mod lists;
mod notes;
mod of_person;
mod queries;
mod request;
mod stored;
mod tell;
mod ties;
mod vcard;

pub use answer::{accept, decline};
pub use blocks::{BlockedPerson, block, blocked, unblock};
pub use ending::{remove, withdraw};
pub use expire::sweep;
pub use export::{contacts_csv, contacts_vcards};
pub(crate) use holding::hold_people;
pub use lists::{Contact, ContactCounts, ContactFilter, Contacts, Met, contacts};
pub use notes::save_note;
pub(crate) use of_person::{blocked_by, forget, of_person};
pub use request::request;
pub use ties::TieWith;
pub(crate) use ties::ties;
