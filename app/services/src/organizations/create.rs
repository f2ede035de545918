use domain::ids::OrganizationId;
use domain::organizations::{AuditAction, OrganizationDescription, OrganizationName};
use domain::slug::{Slug, SlugError};
use domain::{FieldErrors, SignedIn};
use uuid::Uuid;

use super::audit::{self, AuditEntry};
use super::locked::may_own_another;
use super::queries;
use crate::{Outcome, Services, accounts, db, free_slug};

/// An organization to be, every field parsed.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    pub name: OrganizationName,
    /// The typed address, or `None` for one made from the name.
    pub slug: Option<Slug>,
    pub description: OrganizationDescription,
    /// Made with the form: a second submit of the same form answers with the first organization.
    pub form_key: Uuid,
}

impl NewOrganization {
    /// Reads the form fields `name`, `slug` (may be empty) and `description`.
    ///
    /// # Errors
    /// One entry per field.
    pub fn parse(name: &str, slug: &str, description: &str, form_key: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let parsed_name = errors.take("name", OrganizationName::parse(name));
        let parsed_slug = match slug.trim() {
            "" => Some(None),
            slug => errors.take::<_, SlugError>("slug", Slug::parse(slug)).map(Some),
        };
        let parsed_description = errors.take("description", OrganizationDescription::parse(description));
        let key =
            errors.take("form", Uuid::parse_str(form_key).map_err(|_| "Load this page again and retry."));
        match (parsed_name, parsed_slug, parsed_description, key) {
            (Some(name), Some(slug), Some(description), Some(form_key)) => {
                Ok(Self { name, slug, description, form_key })
            }
            _ => Err(errors),
        }
    }
}

/// Creates it with the person as OWNER, in one transaction; answers its slug.
///
/// # Errors
/// [`FieldErrors`] under `slug` when a typed address is taken; [`Conflict::TooManyOrganizations`].
pub async fn create(services: &Services, person: &SignedIn, new: &NewOrganization) -> Outcome<String> {
    let now = services.clock.now();
    let user = person.user.get();
    let mut tx = db::begin(&services.db).await?;
    // Taken first: two submits of one person wait for each other, so that the limit and the form key hold.
    accounts::lock(&mut tx, person.user).await?;
    if let Some(slug) = queries::slug_by_form_key(&mut tx, user, new.form_key).await? {
        return Ok(slug);
    }
    may_own_another(&mut tx, person.user).await?;
    let candidates: Vec<Slug> = match &new.slug {
        Some(typed) => vec![typed.clone()],
        None => {
            let wanted = Slug::from_name(new.name.as_str(), "organization");
            free_slug::candidates(&wanted, services.rng).collect()
        }
    };
    let id = services.rng.id(now);
    for slug in candidates {
        let row = queries::OrganizationRow {
            id,
            slug: slug.to_string(),
            name: new.name.as_str(),
            description: new.description.as_deref(),
            created_by: user,
            form_key: new.form_key,
            now,
        };
        if queries::insert(&mut tx, &row).await? {
            // Asked after the address is ours: whoever gives it up at this moment was waited for.
            if queries::is_former_slug_of_another(&mut tx, id, &row.slug).await? {
                break;
            }
            queries::insert_owner(&mut tx, id, user, now).await?;
            let entry = AuditEntry {
                subject: Some(row.name),
                ..AuditEntry::new(OrganizationId::new(id), person, AuditAction::OrganizationCreated)
            };
            audit::record(services, &mut tx, &entry).await?;
            tx.commit().await?;
            return Ok(row.slug);
        }
    }
    Err(FieldErrors::one("slug", "This address is already taken.").into())
}
