//! The organization matrix (specification 4.2), as far as it is built.

use crate::Denied;
use crate::organizations::OrganizationRole;

/// Owners and admins create events; members see why they can't.
///
/// # Errors
/// [`Denied::OrganizationAdminsOnly`] for members.
pub fn may_create_event(role: OrganizationRole) -> Result<(), Denied> {
    if role >= OrganizationRole::Admin { Ok(()) } else { Err(Denied::OrganizationAdminsOnly) }
}
