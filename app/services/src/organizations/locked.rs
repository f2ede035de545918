use domain::ids::{OrganizationId, UserId};
use domain::organizations::OrganizationRole;
use domain::slug::Slug;
use domain::{Conflict, SignedIn};
use sqlx::PgConnection;

use super::queries;
use super::read::role_of;
use crate::{Outcome, ServiceError};

/// An organization whose members and settings nobody else changes until the transaction ends.
pub(super) struct Locked {
    pub(super) organization: OrganizationId,
    pub(super) name: String,
    /// The role of the person who locked it.
    pub(super) actor: OrganizationRole,
}

/// Somebody in a locked organization.
pub(super) struct Counterpart {
    pub(super) full_name: String,
    pub(super) email: String,
    pub(super) role: OrganizationRole,
    /// False for a closed account.
    pub(super) is_active: bool,
}

/// Locks the organization, so that two owners who demote each other take turns.
///
/// # Errors
/// [`domain::AppError::NotFound`] for everybody but members, who don't wait either.
pub(super) async fn lock(tx: &mut PgConnection, person: &SignedIn, slug: &str) -> Outcome<Locked> {
    if !Slug::is_possible(slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    let row = queries::lock_organization(tx, person.user.get(), slug).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    // Read under the lock: a role taken while this waited is gone.
    let own = queries::member(tx, row.id, person.user.get()).await?;
    let actor = role_of(&own.ok_or(ServiceError::NOT_FOUND)?.role)?;
    Ok(Locked { organization: OrganizationId::new(row.id), name: row.name, actor })
}

/// As [`lock`], for another slice: the organization and the person's role in it.
///
/// # Errors
/// As [`lock`].
pub(crate) async fn lock_as(
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
) -> Outcome<(OrganizationId, OrganizationRole)> {
    let locked = lock(tx, person, slug).await?;
    Ok((locked.organization, locked.actor))
}

impl Locked {
    /// # Errors
    /// [`domain::AppError::NotFound`] for somebody who is no member.
    pub(super) async fn member(&self, tx: &mut PgConnection, user: UserId) -> Outcome<Counterpart> {
        let row = queries::member(tx, self.organization.get(), user.get()).await?;
        let row = row.ok_or(ServiceError::NOT_FOUND)?;
        Ok(Counterpart {
            full_name: domain::accounts::full_name(&row.first_name, &row.last_name),
            email: row.email,
            role: role_of(&row.role)?,
            is_active: row.is_active,
        })
    }

    /// Whether somebody active with this role may stop having it.
    ///
    /// # Errors
    /// [`Conflict::LastOwner`].
    pub(super) async fn keeps_an_owner(&self, tx: &mut PgConnection, role: OrganizationRole) -> Outcome<()> {
        if role == OrganizationRole::Owner && queries::owners(tx, self.organization.get()).await? <= 1 {
            return Err(Conflict::LastOwner.into());
        }
        Ok(())
    }
}

/// Whether a person may come to own one more organization; they are locked, so that two gifts take turns.
///
/// # Errors
/// [`Conflict::TooManyOrganizations`].
pub(super) async fn may_own_another(tx: &mut PgConnection, user: UserId) -> Outcome<()> {
    crate::accounts::lock(tx, user).await?;
    if queries::owned_count(tx, user.get()).await? >= i64::from(super::MAX_OWNED) {
        return Err(Conflict::TooManyOrganizations { max: super::MAX_OWNED }.into());
    }
    Ok(())
}
