use domain::accounts::EmailAddress;
use domain::limits::{Pause, Rule};
use domain::organizations::{
    AuditAction, OrganizationAction, OrganizationDescription, OrganizationName, OrganizationSummary, may,
};
use domain::slug::{Slug, SlugError};
use domain::text::{self, Lines};
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;

use super::audit::{self, AuditEntry};
use super::locked::{Locked, lock};
use super::queries;
use super::read::visible_to;
use crate::db::OnConstraint as _;
use crate::limits::{self, Limit};
use crate::time_zones::TimeZoneName;
use crate::web_address::WebAddress;
use crate::{Outcome, ServiceError, Services, db};

/// What an organization is set to, as the form shows it; unset fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsFields {
    pub name: String,
    pub slug: String,
    pub description: String,
    pub website: String,
    pub contact_email: String,
    pub default_time_zone: String,
    /// The name that stands beside the sender's address in its mails.
    pub mail_from_name: String,
}

/// The settings page of an owner or admin.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingsPage {
    pub organization: OrganizationSummary,
    pub fields: SettingsFields,
    pub version: i32,
    /// Addresses it had before, which lead here, newest first.
    pub former_slugs: Vec<String>,
}

/// The same fields, parsed.
#[derive(Debug, Clone)]
pub(super) struct SettingsValues {
    pub name: OrganizationName,
    pub slug: Slug,
    pub description: OrganizationDescription,
    pub website: Option<WebAddress>,
    pub contact_email: Option<EmailAddress>,
    pub default_time_zone: Option<TimeZoneName>,
    pub mail_from_name: Option<String>,
}

/// Each former address stays taken, so that links go on; nobody takes all of them.
const RENAMES: Rule = Rule { max: 10, window: time::Duration::DAY, pause: Pause::Rest };
/// Repeated in `organizations_mail_from_name_length`.
const MAX_MAIL_FROM_NAME_CHARS: usize = 100;

impl SettingsFields {
    /// # Errors
    /// One entry per field, named as the fields here.
    fn parse(&self) -> Result<SettingsValues, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", OrganizationName::parse(&self.name));
        let slug = errors.take::<_, SlugError>("slug", Slug::parse(&self.slug));
        let description = errors.take("description", OrganizationDescription::parse(&self.description));
        let website = errors.take("website", optional(&self.website, WebAddress::parse));
        let contact_email = errors.take("contact_email", optional(&self.contact_email, EmailAddress::parse));
        let zone = errors.take("default_time_zone", optional(&self.default_time_zone, TimeZoneName::parse));
        let mail_from_name = errors.take(
            "mail_from_name",
            text::clean_optional(&self.mail_from_name, Lines::One, MAX_MAIL_FROM_NAME_CHARS),
        );
        match (name, slug, description, website, contact_email, zone, mail_from_name) {
            (
                Some(name),
                Some(slug),
                Some(description),
                Some(website),
                Some(contact_email),
                Some(default_time_zone),
                Some(mail_from_name),
            ) => Ok(SettingsValues {
                name,
                slug,
                description,
                website,
                contact_email,
                default_time_zone,
                mail_from_name,
            }),
            _ => Err(errors),
        }
    }
}

/// An empty field is none.
fn optional<T, E>(typed: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<Option<T>, E> {
    if typed.trim().is_empty() { Ok(None) } else { parse(typed).map(Some) }
}

/// The settings as they are: three statements.
///
/// # Errors
/// As the policy for [`OrganizationAction::ChangeSettings`].
pub async fn settings(services: &Services, person: &SignedIn, slug: &str) -> Outcome<SettingsPage> {
    let organization = visible_to(services, person, slug).await?;
    may(OrganizationAction::ChangeSettings, Some(organization.role))?;
    let row = queries::settings(&services.db, organization.id.get()).await?;
    let former_slugs = queries::former_slugs(&services.db, organization.id.get()).await?;
    let fields = SettingsFields {
        name: row.name,
        slug: row.slug,
        description: row.description.unwrap_or_default(),
        website: row.website.unwrap_or_default(),
        contact_email: row.contact_email.unwrap_or_default(),
        default_time_zone: row.default_time_zone.unwrap_or_default(),
        mail_from_name: row.mail_from_name.unwrap_or_default(),
    };
    Ok(SettingsPage { organization, fields, version: row.version, former_slugs })
}

/// Saves all settings, if nobody saved newer ones meanwhile; answers the address from now on. A former address stays
/// the organization's own and leads to the present one.
///
/// # Errors
/// As the policy for [`OrganizationAction::ChangeSettings`]; [`FieldErrors`] per field, under `slug` also for a taken
/// address; [`Conflict::StaleEdit`] with who saved the newer version; [`domain::AppError::TooMany`] for the eleventh
/// address within a day.
pub async fn save_settings(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    fields: &SettingsFields,
    version: i32,
) -> Outcome<String> {
    let mut tx = db::begin(&services.db).await?;
    let locked = lock(&mut tx, person, slug).await?;
    may(OrganizationAction::ChangeSettings, Some(locked.actor))?;
    let values = fields.parse()?;
    let (organization, user) = (locked.organization.get(), person.user.get());
    if !queries::update_settings(&mut tx, organization, user, version, &values, services.clock.now()).await? {
        let by = queries::last_editor(&mut tx, organization).await?.unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    let entry = AuditEntry {
        before: Some(&locked.name),
        after: Some(values.name.as_str()),
        ..AuditEntry::new(locked.organization, person, AuditAction::SettingsChanged)
    };
    audit::record(services, &mut tx, &entry).await?;
    if values.slug.as_str() != slug {
        rename(services, &mut tx, person, &locked, slug, &values.slug).await?;
    }
    tx.commit().await?;
    Ok(values.slug.to_string())
}

async fn rename(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    locked: &Locked,
    from: &str,
    to: &Slug,
) -> Outcome<()> {
    let limit = Limit::new(RENAMES, "organization's addresses", &[&locked.organization.to_string()]);
    limits::take_in(tx, services.clock.now(), &[limit]).await?;
    let organization = locked.organization.get();
    let taken = || FieldErrors::one("slug", "This address is already taken.").into();
    queries::set_slug(tx, organization, to.as_str())
        .await
        .on_constraint("organizations_slug_unique", taken)?;
    // Asked after the new address is ours: whoever gives it up at this moment was waited for.
    if queries::is_former_slug_of_another(tx, organization, to.as_str()).await? {
        return Err(ServiceError::Refused(taken()));
    }
    queries::take_back_slug(tx, organization, to.as_str()).await?;
    queries::retire_slug(tx, organization, from, services.clock.now()).await?;
    let entry = AuditEntry {
        before: Some(from),
        after: Some(to.as_str()),
        ..AuditEntry::new(locked.organization, person, AuditAction::SlugChanged)
    };
    audit::record(services, tx, &entry).await
}

/// Where an organization went that had this address before, for those of its members who ask.
///
/// # Errors
/// Database errors only; `None` for everybody else and for addresses nobody had.
pub async fn moved_to(services: &Services, person: &SignedIn, slug: &str) -> Outcome<Option<String>> {
    if !Slug::is_possible(slug) {
        return Ok(None);
    }
    Ok(queries::slug_after(&services.db, person.user.get(), slug).await?)
}
