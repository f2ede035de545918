//! The slice's only SQL.

mod admit;
mod become_speaker;
mod listeners;
mod of_person;
mod read;
mod with_organization;
mod write;

pub use admit::{admit_member, give_seat_back};
pub use become_speaker::{become_speaker, membership};
pub use listeners::event_listeners;
pub use of_person::{MembershipRow, memberships};
pub use read::{
    CardRow, HeadRow, ReadinessRow, head, last_editor, of_organization, of_user, public_since, readiness,
    slug_by_form_key, standing,
};
pub use with_organization::{
    delete_all_of, lock_events_of_member, purge_all_of, remove_from_events, restore_all_of,
};
pub use write::{
    Owned, RegistrationRow, insert, insert_creator, join, lock, lock_readiness, lock_registration,
    set_accent, set_published, take_seat, update,
};
