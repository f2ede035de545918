use domain::ids::{OrganizationId, UserId};
use domain::organizations::OrganizationRole;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::queries;
use crate::Outcome;

/// Makes somebody a member, or gives a member another role, in the caller's transaction, which holds the lock of the
/// organization and has decided that it may be.
///
/// # Errors
/// Database errors only.
pub(crate) async fn admit(
    tx: &mut PgConnection,
    organization: OrganizationId,
    user: UserId,
    role: OrganizationRole,
    invited_by: UserId,
    now: OffsetDateTime,
) -> Outcome<()> {
    let (organization, user, invited_by) = (organization.get(), user.get(), invited_by.get());
    Ok(queries::admit_member(tx, organization, user, role.as_str(), invited_by, now).await?)
}
