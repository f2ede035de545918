//! Invitations to organizations and events: sending one or many, their list, and answering one. Who may invite and
//! what accepting grants is `domain`'s; the memberships themselves belong to `organizations` and `events`.

mod address_list;
mod answer;
mod create;
mod entry;
mod find;
mod join;
mod judge;
mod list;
mod manage;
mod occasion;
mod queries;
mod rules;
mod send;
mod sweep;
mod target;

pub use address_list::{AddressList, BulkFields};
pub use answer::{accept, decline, decline_by_link};
pub use create::{Wish, create, create_many, preview, read_list};
pub use entry::Accepted;
pub use find::{Invitation, Key, Reader, find, pending_for};
pub use join::join;
pub use list::{InvitationFilter, InvitationRow, InvitationsPage, list, pending_count};
pub use manage::{cancel, cancel_all_of_event, cancel_all_of_organization, change_role, resend};
pub use occasion::InvitedTo;
pub use sweep::sweep;
pub(crate) use sweep::{forget_invited, purge_all};
pub use target::{InvitingPage, TargetPath, inviting};
