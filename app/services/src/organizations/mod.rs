//! Organizations: creating and setting up one, its members, its owners' decisions, its log and figures. Who may do what
//! is `domain::organizations`' policy.

mod admit;
pub mod audit;
mod create;
mod export;
mod locked;
mod members;
mod of_person;
mod ownership;
mod queries;
mod read;
mod settings;
mod statistics;

pub(crate) use admit::admit;
pub use create::{NewOrganization, create};
pub use export::export;
pub(crate) use locked::lock_as;
pub use members::{
    EventMemberships, Member, MemberFilter, MembersPage, SeenMember, change_role, leave, members, remove,
};
pub use of_person::OwnedAlone;
pub(crate) use of_person::{forget_member, lock_owned, memberships, owned_alone};
pub use ownership::{
    DeletedOrganization, Heir, OwnershipPage, delete, deleted, ownership, restore, sweep, transfer_ownership,
};
pub use read::{OrganizationPage, find, mine, open, role_in};
pub(crate) use read::{hold, role_of};
pub use settings::{SettingsFields, SettingsPage, moved_to, save_settings, settings};
pub use statistics::{Statistics, statistics};

/// The most organizations one person may own (specification 21.1).
const MAX_OWNED: u32 = 20;

/// How long an owner can bring a deleted organization back (specification 1.6).
pub const UNDO_TIME: time::Duration = time::Duration::days(30);
