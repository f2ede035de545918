//! Organizations: creating one and what its members see of it. Members and invitations join with their issue.

mod create;
mod queries;
mod read;

pub use create::{NewOrganization, create};
pub use read::{OrganizationPage, mine, open, role_in};
