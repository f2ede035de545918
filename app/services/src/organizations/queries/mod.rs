//! The slice's only SQL.

mod audit;
mod members;
mod of_person;
mod organizations;

pub use audit::{EntryRow, NewEntry, entries_after, entries_before, insert_entry};
pub use members::{
    MemberRow, Wanted, count_members, delete_member, lock_organization, member, members, owners, set_role,
};
pub use of_person::{MembershipRow, delete_memberships, lock_owned, memberships, owned};
pub use organizations::{
    OrganizationRow, SummaryRow, insert, insert_owner, of_user, owned_count, slug_by_form_key, visible_to,
};
