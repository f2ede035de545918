//! The slice's only SQL.

mod answer;
mod expire;
mod imports;
mod of_person;
mod read;
mod sweep;
mod target;
mod write;

pub use answer::{
    EntryFacts, LockedRow, cancel_all_of_event, cancel_all_of_organization, end, entry_facts, lock,
    lock_event, lock_invited, lock_organization, renew_link, restore_all_of_organization,
};
pub use expire::{ExpiredRow, due, expire, expire_stale, hold_organizations};
pub use imports::{cancel_import, last_import, roles_of_import};
pub use of_person::{OfPersonRow, of_person};
pub use read::{
    FoundRow, JudgedRow, ListRow, PendingRow, WantedList, count, find, invitations, judge, open_of_address,
    pending, pending_for, was_replaced,
};
pub use sweep::{delete_all_of_organization, delete_ended, delete_invited};
pub use target::{EventPart, EventTargetRow, TargetRow, event_target, lock_event_of, organization_target};
pub use write::{NewInvitations, OwnRow, Resent, insert, lock_of_target, replace_token, resend, set_role};
