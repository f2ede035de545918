use domain::chat::RoomKind;
use domain::events::EventType;
use domain::ids::EventId;
use domain::organizations::AuditAction;
use domain::slug::Slug;
use domain::{FieldErrors, SignedIn, organizations};
use uuid::Uuid;

use super::queries;
use super::values::{EventFields, EventValues, Start};
use crate::organizations::audit::{self, AuditEntry};
use crate::organizations::{hold, role_in};
use crate::{Outcome, ServiceError, Services, accounts, agenda, chat, db, free_slug, sponsors};

/// What the form for a new event posts.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Address of the owning organization.
    pub organization: String,
    pub fields: EventFields,
    /// Made with the form: a second submit answers with the first event.
    pub form_key: String,
}

/// Creates a DRAFT with its creator as ADMIN, the three default rooms and the five sponsor tiers, in one transaction;
/// a single-session event gets its session too. Answers its slug.
///
/// # Errors
/// [`domain::AppError::NotFound`] outside the organization, [`domain::Denied::OrganizationAdminsOnly`] for its
/// members, [`FieldErrors`] per field.
pub async fn create(services: &Services, person: &SignedIn, new: &NewEvent) -> Outcome<String> {
    let (organization, organization_name, role) = role_in(services, person, &new.organization).await?;
    organizations::may(organizations::OrganizationAction::CreateEvent, Some(role))?;
    let now = services.clock.now();
    let mut fields = new.fields.clone();
    if fields.host_name.trim().is_empty() {
        fields.host_name = organization_name;
    }
    let values = fields.parse(Start::FromToday, now)?;
    let form_key = Uuid::parse_str(&new.form_key)
        .map_err(|_| FieldErrors::one("form", "Load this page again and retry."))?;

    let mut tx = db::begin(&services.db).await?;
    // Taken first: two submits of one form wait for each other, so that the second finds the form key.
    accounts::lock(&mut tx, person.user).await?;
    if let Some(slug) = queries::slug_by_form_key(&mut tx, person.user.get(), form_key).await? {
        return Ok(slug);
    }
    hold(&mut tx, organization).await?;
    let id = services.rng.id(now);
    let owned =
        queries::Owned { id, organization: organization.get(), created_by: person.user.get(), form_key, now };
    let slug = insert_with_free_slug(services, &mut tx, &owned, &values).await?;
    queries::insert_creator(&mut tx, id, person.user.get(), now).await?;
    for (position, (kind, name)) in RoomKind::DEFAULTS.into_iter().enumerate() {
        chat::create_room(services, &mut tx, id, kind, name, position).await?;
    }
    sponsors::create_default_tiers(services, &mut tx, id).await?;
    match values.event_type {
        EventType::Conference => {}
        EventType::SingleSession => {
            agenda::create_main(services, &mut tx, id, person.user, values.title.as_str()).await?;
        }
    }
    let entry = AuditEntry {
        event: Some(EventId::new(id)),
        subject: Some(values.title.as_str()),
        subject_id: Some(id),
        ..AuditEntry::new(organization, person, AuditAction::EventCreated)
    };
    audit::record(services, &mut tx, &entry).await?;
    tx.commit().await?;
    Ok(slug)
}

async fn insert_with_free_slug(
    services: &Services,
    tx: &mut sqlx::PgConnection,
    owned: &queries::Owned,
    values: &EventValues,
) -> Outcome<String> {
    let wanted = Slug::from_name(values.title.as_str(), "event");
    for slug in free_slug::candidates(&wanted, services.rng) {
        if queries::insert(tx, owned, slug.as_str(), values).await? {
            return Ok(slug.to_string());
        }
    }
    Err(ServiceError::Broken(format!("no free address near {wanted}")))
}
