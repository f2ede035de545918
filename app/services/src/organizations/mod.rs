//! Organizations: creating one and what its members see of it. Who may do what is `domain::organizations`' policy.

mod create;
mod members;
mod queries;
mod read;

pub use create::{NewOrganization, create};
pub use members::{Member, MemberFilter, MembersPage, change_role, leave, members, remove};
pub use read::{OrganizationPage, mine, open, role_in};
