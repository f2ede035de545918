//! Invitations to organizations and events: sending one or many, their list, and answering one. Who may invite and
//! what accepting grants is `domain`'s; the memberships themselves belong to `organizations` and `events`.

mod address_file;
mod address_list;
mod again;
mod answer;
mod create;
mod entry;
mod find;
mod imports;
mod join;
mod judge;
mod list;
mod manage;
mod occasion;
mod of_person;
mod queries;
mod rules;
mod send;
mod sweep;
mod target;

pub use address_list::{AddressList, BulkFields};
pub(crate) use again::send_again_to;
pub use answer::{accept, decline, decline_by_link};
pub use create::{SentList, Wish, create, create_many, preview, read_list};
pub use entry::Accepted;
pub(crate) use find::known_of_invited;
pub use find::{Invitation, Key, Reader, find, pending_for};
pub use imports::{LastImport, last_import, undo_import};
pub use join::join;
pub use list::{InvitationFilter, InvitationRow, InvitationsPage, list, pending_count};
pub use manage::{
    cancel, cancel_all_of_event, cancel_all_of_organization, change_role, resend, restore_all_of_organization,
};
pub use occasion::InvitedTo;
pub(crate) use of_person::{forget_invited, lock_invited, of_person};
pub(crate) use sweep::purge_all;
pub use sweep::sweep;
pub use target::{InvitingPage, TargetPath, inviting};
