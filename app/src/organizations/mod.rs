//! Organizations in the browser, and the person's own start page.

#[cfg(feature = "ssr")]
mod audit_page;
#[cfg(feature = "ssr")]
mod deleted_page;
#[cfg(feature = "ssr")]
mod events_page;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod home_page;
mod member_fns;
#[cfg(feature = "ssr")]
mod members_page;
#[cfg(feature = "ssr")]
mod new_organization_page;
#[cfg(feature = "ssr")]
mod organization_page;
mod owner_fns;
#[cfg(feature = "ssr")]
mod ownership_page;
mod server_fns;
#[cfg(feature = "ssr")]
mod settings_page;
#[cfg(feature = "ssr")]
mod statistics_page;

#[cfg(feature = "ssr")]
pub use audit_page::AuditPage;
#[cfg(feature = "ssr")]
pub(crate) use audit_page::in_words;
#[cfg(feature = "ssr")]
pub use deleted_page::DeletedOrganizationsPage;
#[cfg(feature = "ssr")]
pub use events_page::OrganizationEventsPage;
#[cfg(feature = "ssr")]
pub(crate) use frame::{OrganizationHead, OrganizationTab};
#[cfg(feature = "ssr")]
pub use home_page::HomePage;
pub use member_fns::{ChangeRole, LeaveOrganization, RemoveMember};
#[cfg(feature = "ssr")]
pub use members_page::MembersPage;
#[cfg(feature = "ssr")]
pub use new_organization_page::NewOrganizationPage;
#[cfg(feature = "ssr")]
pub use organization_page::OrganizationPage;
pub use owner_fns::{DeleteOrganization, RestoreOrganization, SaveSettings, TransferOwnership};
#[cfg(feature = "ssr")]
pub use ownership_page::OwnershipPage;
pub use server_fns::CreateOrganization;
#[cfg(feature = "ssr")]
pub use settings_page::OrganizationSettingsPage;
#[cfg(feature = "ssr")]
pub use statistics_page::StatisticsPage;
