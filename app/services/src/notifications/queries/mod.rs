mod centre;
mod preferences;

pub use centre::{
    NewRow, NotificationRow, TellingRow, forget_actor, insert, lock_unread_of_thing, mark_all_read,
    mark_read, mark_thing_read, newer_than, older_than, part, sweep, unread_of,
};
pub use preferences::{ChosenRow, chosen, delete, of_kind, raise_version, save, stop_mail, version};
