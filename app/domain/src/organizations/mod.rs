//! Organizations own events; their members have one of three roles.

mod audit;
mod name;
mod policy;
mod role;

use serde::{Deserialize, Serialize};

pub use audit::AuditAction;
pub use name::{OrganizationDescription, OrganizationName};
pub use policy::{OrganizationAction, grantable, may};
pub use role::OrganizationRole;

use crate::ids::OrganizationId;

/// An organization as one of its members sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationSummary {
    pub id: OrganizationId,
    pub slug: String,
    pub name: String,
    pub description: Option<String>,
    /// An https address.
    pub website: Option<String>,
    pub contact_email: Option<String>,
    /// IANA name; new events begin with it.
    pub default_time_zone: Option<String>,
    pub role: OrganizationRole,
    pub member_count: i64,
    pub owner_count: i64,
    pub event_count: i64,
}
