//! Organizations in the browser, and the person's own start page.

#[cfg(feature = "ssr")]
mod home_page;
mod member_fns;
#[cfg(feature = "ssr")]
mod members_page;
#[cfg(feature = "ssr")]
mod new_organization_page;
#[cfg(feature = "ssr")]
mod organization_page;
mod server_fns;

#[cfg(feature = "ssr")]
pub use home_page::HomePage;
pub use member_fns::{ChangeRole, LeaveOrganization, RemoveMember};
#[cfg(feature = "ssr")]
pub use members_page::MembersPage;
#[cfg(feature = "ssr")]
pub use new_organization_page::NewOrganizationPage;
#[cfg(feature = "ssr")]
pub use organization_page::OrganizationPage;
pub use server_fns::CreateOrganization;
