//! Organizations: creating one and what its members see of it. Who may do what is `domain::organizations`' policy.

mod admit;
pub mod audit;
mod create;
mod locked;
mod members;
mod queries;
mod read;

pub(crate) use admit::admit;
pub use create::{NewOrganization, create};
pub use members::{EventMemberships, Member, MemberFilter, MembersPage, change_role, leave, members, remove};
pub use read::{OrganizationPage, mine, open, role_in};

/// The most organizations one person may own (specification 21.1).
const MAX_OWNED: u32 = 20;
