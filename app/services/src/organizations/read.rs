use domain::SignedIn;
use domain::ids::OrganizationId;
use domain::organizations::{OrganizationRole, OrganizationSummary};
use domain::slug::Slug;
use sqlx::PgConnection;

use super::queries;
use crate::events::{self, OrganizationEvents};
use crate::{Outcome, ServiceError, Services};

/// An organization as one of its members sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationPage {
    pub organization: OrganizationSummary,
    pub events: OrganizationEvents,
}

/// The person's organizations by name, at most 100: one statement.
///
/// # Errors
/// Database errors only.
pub async fn mine(services: &Services, person: &SignedIn) -> Outcome<Vec<OrganizationSummary>> {
    queries::of_user(&services.db, person.user.get()).await?.into_iter().map(summary).collect()
}

/// One organization with the events this member may list; outsiders get what a missing one answers.
///
/// # Errors
/// [`domain::AppError::NotFound`] for everybody but its members.
pub async fn open(services: &Services, person: &SignedIn, slug: &str) -> Outcome<OrganizationPage> {
    let organization = visible_to(services, person, slug).await?;
    let events = events::of_organization(services, person, organization.id, organization.role).await?;
    Ok(OrganizationPage { organization, events })
}

/// One organization as this member sees it in a list: one statement.
///
/// # Errors
/// [`domain::AppError::NotFound`] for everybody but its members.
pub async fn find(services: &Services, person: &SignedIn, slug: &str) -> Outcome<OrganizationSummary> {
    visible_to(services, person, slug).await
}

/// The person's role in an organization by its address, for what needs one before it begins.
///
/// # Errors
/// [`domain::AppError::NotFound`] for everybody but its members.
pub async fn role_in(
    services: &Services,
    person: &SignedIn,
    slug: &str,
) -> Outcome<(OrganizationId, String, OrganizationRole)> {
    let organization = visible_to(services, person, slug).await?;
    Ok((organization.id, organization.name, organization.role))
}

/// Keeps an organization from being deleted while the caller adds something to it.
///
/// # Errors
/// [`domain::AppError::NotFound`] when it is deleted.
pub(crate) async fn hold(tx: &mut PgConnection, organization: OrganizationId) -> Outcome<()> {
    if queries::hold(tx, organization.get()).await? { Ok(()) } else { Err(ServiceError::NOT_FOUND) }
}

pub(super) async fn visible_to(
    services: &Services,
    person: &SignedIn,
    slug: &str,
) -> Outcome<OrganizationSummary> {
    if !Slug::is_possible(slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    let row = queries::visible_to(&services.db, person.user.get(), slug).await?;
    summary(row.ok_or(ServiceError::NOT_FOUND)?)
}

fn summary(row: queries::SummaryRow) -> Outcome<OrganizationSummary> {
    let role = role_of(&row.role)?;
    Ok(OrganizationSummary {
        id: OrganizationId::new(row.id),
        slug: row.slug,
        name: row.name,
        description: row.description,
        website: row.website,
        contact_email: row.contact_email,
        default_time_zone: row.default_time_zone,
        role,
        member_count: row.member_count,
        owner_count: row.owner_count,
        event_count: row.event_count,
    })
}

/// A role as the database keeps it.
///
/// # Errors
/// [`ServiceError::Broken`] when it is none.
pub(crate) fn role_of(stored: &str) -> Outcome<OrganizationRole> {
    OrganizationRole::from_stored(stored)
        .ok_or_else(|| ServiceError::unknown_value("organization_members.role", stored))
}
