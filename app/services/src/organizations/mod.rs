//! Organizations: creating one and what its members see of it. Who may do what is `domain::organizations`' policy.

pub mod audit;
mod create;
mod locked;
mod members;
mod of_person;
mod queries;
mod read;

pub use create::{NewOrganization, create};
pub use members::{EventMemberships, Member, MemberFilter, MembersPage, change_role, leave, members, remove};
pub(crate) use of_person::{forget_member, lock_owned, memberships, owned_alone};
pub use read::{OrganizationPage, mine, open, role_in};

/// The most organizations one person may own (specification 21.1).
const MAX_OWNED: u32 = 20;
