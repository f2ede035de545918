use domain::SignedIn;
use domain::limits::{Pause, Rule};
use domain::organizations::{OrganizationAction, may};
use time::Duration;

use super::queries;
use super::read::visible_to;
use crate::limits::{self, Limit};
use crate::{Outcome, ServiceError, Services};

/// Specification 21.2, together with a person's other exports.
const EXPORTS: Rule = Rule { max: 10, window: Duration::HOUR, pause: Pause::Rest };

/// A copy of what is the organization's own, for its owners: its settings, its members with address and role, its
/// events with their sessions and numbers of people, and open invitations. People of events come with the event's own
/// export. Indented JSON; a limited number of times an hour.
///
/// # Errors
/// As the policy for [`OrganizationAction::Export`]; [`domain::AppError::TooMany`] beyond the limit.
pub async fn export(services: &Services, person: &SignedIn, slug: &str) -> Outcome<String> {
    let organization = visible_to(services, person, slug).await?;
    may(OrganizationAction::Export, Some(organization.role))?;
    limits::take(services, &[Limit::new(EXPORTS, "exports", &[&person.user.to_string()])]).await?;
    let value = queries::export(&services.db, organization.id.get()).await?;
    serde_json::to_string_pretty(&value).map_err(|error| ServiceError::Broken(error.to_string()))
}
