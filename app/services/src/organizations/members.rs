use domain::ids::UserId;
use domain::organizations::{OrganizationAction, OrganizationRole, OrganizationSummary, may};
use domain::paging::{Page, PageRequest};
use domain::slug::Slug;
use domain::time::Timestamp;
use domain::{Conflict, Denied, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use super::read::{role_of, visible_to};
use crate::{Outcome, ServiceError, Services};

/// One member, as another one sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub full_name: String,
    /// Only for owners and admins.
    pub email: Option<String>,
    pub role: OrganizationRole,
    pub joined_at: Timestamp,
}

/// What to look for among members.
#[derive(Debug, Clone, Default)]
pub struct MemberFilter {
    /// Part of a name; for owners and admins also of an address. Empty for everybody.
    pub text: String,
    pub role: Option<OrganizationRole>,
}

/// A page of the members list, for one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct MembersPage {
    pub organization: OrganizationSummary,
    pub members: Page<Member>,
}

/// The members by name: three statements.
///
/// # Errors
/// [`domain::AppError::NotFound`] for everybody but members; [`domain::AppError::NoSuchPage`].
pub async fn members(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    filter: &MemberFilter,
    request: PageRequest,
) -> Outcome<MembersPage> {
    let organization = visible_to(services, person, slug).await?;
    let sees_addresses = may(OrganizationAction::SeeAddresses, Some(organization.role)).is_ok();
    let wanted = queries::Wanted {
        organization: organization.id.get(),
        text: filter.text.trim(),
        role: filter.role.map(OrganizationRole::as_str),
        in_addresses: sees_addresses,
    };
    let total = queries::count_members(&services.db, &wanted).await?;
    let rows = queries::members(&services.db, &wanted, request.limit(), request.offset()).await?;
    let members = rows
        .into_iter()
        .map(|row| {
            Ok(Member {
                user: UserId::new(row.user_id),
                full_name: domain::accounts::full_name(&row.first_name, &row.last_name),
                email: sees_addresses.then_some(row.email),
                role: role_of(&row.role)?,
                joined_at: Timestamp::from(row.joined_at),
            })
        })
        .collect::<Outcome<Vec<_>>>()?;
    Ok(MembersPage { organization, members: Page::of(members, request, total)? })
}

/// An organization whose members nobody else changes until the transaction ends.
struct Locked {
    organization: Uuid,
    actor: OrganizationRole,
}

/// Locks the organization, so that two owners who demote each other take turns.
async fn lock(tx: &mut PgConnection, person: &SignedIn, slug: &str) -> Outcome<Locked> {
    if !Slug::is_possible(slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    let organization = queries::lock_organization(tx, person.user.get(), slug).await?;
    let organization = organization.ok_or(ServiceError::NOT_FOUND)?;
    let role = queries::member_role(tx, organization, person.user.get()).await?;
    let actor = role_of(&role.ok_or(ServiceError::NOT_FOUND)?)?;
    Ok(Locked { organization, actor })
}

impl Locked {
    async fn role_of_member(&self, tx: &mut PgConnection, user: UserId) -> Outcome<OrganizationRole> {
        let role = queries::member_role(tx, self.organization, user.get()).await?;
        role_of(&role.ok_or(ServiceError::NOT_FOUND)?)
    }

    /// Whether somebody with this role may stop having it.
    async fn keeps_an_owner(&self, tx: &mut PgConnection, role: OrganizationRole) -> Outcome<()> {
        if role == OrganizationRole::Owner && queries::owners(tx, self.organization).await? <= 1 {
            return Err(Conflict::LastOwner.into());
        }
        Ok(())
    }
}

/// Gives a member another role; the one they have already is fine.
///
/// # Errors
/// [`domain::AppError::NotFound`] for outsiders, and for somebody who is no member; [`domain::AppError::Denied`] by the matrix and for
/// one's own role; [`Conflict::LastOwner`].
pub async fn change_role(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: UserId,
    to: OrganizationRole,
) -> Outcome<()> {
    let mut tx = services.db.begin().await?;
    let locked = lock(&mut tx, person, slug).await?;
    let from = locked.role_of_member(&mut tx, user).await?;
    may(OrganizationAction::ChangeRole { from, to }, Some(locked.actor))?;
    if user == person.user {
        return Err(Denied::OwnRole.into());
    }
    if from == to {
        return Ok(());
    }
    locked.keeps_an_owner(&mut tx, from).await?;
    queries::set_role(&mut tx, locked.organization, user.get(), to.as_str()).await?;
    Ok(tx.commit().await?)
}

/// Ends somebody's membership.
///
/// # Errors
/// As [`change_role`]; for oneself there is [`leave`].
pub async fn remove(services: &Services, person: &SignedIn, slug: &str, user: UserId) -> Outcome<()> {
    let mut tx = services.db.begin().await?;
    let locked = lock(&mut tx, person, slug).await?;
    let role = locked.role_of_member(&mut tx, user).await?;
    may(OrganizationAction::Remove { role }, Some(locked.actor))?;
    if user == person.user {
        return Err(Denied::OwnRole.into());
    }
    locked.keeps_an_owner(&mut tx, role).await?;
    queries::delete_member(&mut tx, locked.organization, user.get()).await?;
    Ok(tx.commit().await?)
}

/// Ends the own membership.
///
/// # Errors
/// [`domain::AppError::NotFound`] for outsiders; [`Conflict::LastOwner`].
pub async fn leave(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    let mut tx = services.db.begin().await?;
    let locked = lock(&mut tx, person, slug).await?;
    may(OrganizationAction::Leave, Some(locked.actor))?;
    locked.keeps_an_owner(&mut tx, locked.actor).await?;
    queries::delete_member(&mut tx, locked.organization, person.user.get()).await?;
    Ok(tx.commit().await?)
}
