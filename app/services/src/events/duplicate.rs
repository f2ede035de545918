//! A new event from one that was: what it is made of, on other days, without its people.

use domain::events::{EventAction, EventDates, EventTitle};
use domain::ids::{EventId, OrganizationId};
use domain::organizations::{AuditAction, OrganizationAction};
use domain::slug::Slug;
use domain::{Denied, FieldErrors, SignedIn, organizations};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{EventStanding, queries, standing};
use crate::organizations::audit::{self, AuditEntry};
use crate::time_zones::TimeZoneName;
use crate::uploads::{self, CopiedFiles, Heir};
use crate::{Outcome, ServiceError, Services, accounts, db, free_slug};

/// What the form posts.
#[derive(Debug, Clone)]
pub struct NewDuplicate {
    pub title: String,
    /// The first day of the new event.
    pub start_date: String,
    /// Made with the form: a second submit answers with the first event.
    pub form_key: String,
}

/// Makes a DRAFT with settings, content, pictures, rooms, sponsors and agenda of another event; answers its address.
/// Sessions keep their wall-clock times on the shifted days. People, speakers, messages and streams stay behind.
///
/// # Errors
/// As the policy for [`EventAction::Duplicate`]; [`Denied::OrganizationAdminsOnly`] for organizers who may not create
/// events; [`FieldErrors`] on `title` or `start_date`; [`domain::uploads::UploadRefused`] where there is no room for its
/// pictures.
pub async fn duplicate(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    new: &NewDuplicate,
) -> Outcome<String> {
    let plan = {
        let mut connection = services.db.acquire().await?;
        let plan = plan(services, &mut connection, person, slug, new).await?;
        if let Some(first) =
            queries::slug_by_form_key(&mut connection, person.user.get(), plan.form_key).await?
        {
            return Ok(first);
        }
        plan
    };
    // Bytes come before their rows, and no transaction waits for them.
    let pictures =
        uploads::copy_bytes(services, EventId::new(plan.source.id), plan.source.visibility).await?;
    match write(services, person, slug, new, &pictures).await {
        Ok(Written::New(slug)) => Ok(slug),
        Ok(Written::Known(slug)) => {
            pictures.discard(services).await;
            Ok(slug)
        }
        Err(error) => {
            pictures.discard(services).await;
            Err(error)
        }
    }
}

/// What becomes of a form that was allowed and understood.
struct Plan {
    source: EventStanding,
    facts: queries::LifeRow,
    zone: TimeZoneName,
    title: EventTitle,
    dates: EventDates,
    form_key: Uuid,
}

async fn plan(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
    new: &NewDuplicate,
) -> Outcome<Plan> {
    let source = standing::load(services, tx, Some(person.user), slug).await?;
    source.may(EventAction::Duplicate)?;
    let role = source.standing.organization_role.ok_or(Denied::OrganizationAdminsOnly)?;
    organizations::may(OrganizationAction::CreateEvent, Some(role))?;
    let form_key = Uuid::parse_str(&new.form_key)
        .map_err(|_| FieldErrors::one("form", "Load this page again and retry."))?;
    let facts = queries::life(&mut *tx, source.id).await?;
    let zone = TimeZoneName::stored(&facts.time_zone)?;
    let today = zone.date_at(services.clock.now());
    let (title, dates) = parse(new, facts.end_date - facts.start_date, today)?;
    Ok(Plan { source, facts, zone, title, dates, form_key })
}

/// The address, and whether this form made it.
enum Written {
    New(String),
    Known(String),
}

async fn write(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    new: &NewDuplicate,
    pictures: &CopiedFiles,
) -> Outcome<Written> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let Plan { source, facts, zone, title, dates, form_key } =
        plan(services, &mut tx, person, slug, new).await?;
    accounts::lock(&mut tx, person.user).await?;
    if let Some(first) = queries::slug_by_form_key(&mut tx, person.user.get(), form_key).await? {
        return Ok(Written::Known(first));
    }
    let organization = OrganizationId::new(facts.organization_id);
    crate::organizations::hold(&mut tx, organization).await?;
    let copy = queries::Copy {
        source: source.id,
        id: services.rng.id(now),
        by: person.user.get(),
        form_key,
        title: title.as_str(),
        start: dates.start(),
        end: dates.end(),
        now,
    };
    let new_slug = insert_with_free_slug(services, &mut tx, &copy).await?;
    queries::insert_creator(&mut tx, copy.id, copy.by, now).await?;
    let heir = Heir { organization, event: EventId::new(copy.id), by: copy.by, now };
    pictures.keep(services, &mut tx, &heir, source.visibility).await?;
    copy_contents(services, &mut tx, &copy, (&zone, dates.start() - facts.start_date), pictures).await?;
    let entry = AuditEntry {
        event: Some(EventId::new(copy.id)),
        subject: Some(title.as_str()),
        subject_id: Some(copy.id),
        before: Some(&facts.title),
        ..AuditEntry::new(organization, person, AuditAction::EventCreated)
    };
    audit::record(services, &mut tx, &entry).await?;
    tx.commit().await?;
    Ok(Written::New(new_slug))
}

fn parse(
    new: &NewDuplicate,
    length: Duration,
    today: time::Date,
) -> Result<(EventTitle, EventDates), FieldErrors> {
    let mut errors = FieldErrors::default();
    let title = errors.take("title", EventTitle::parse(&new.title));
    let dates = EventDates::parse(&new.start_date, &new.start_date, Some(today)).map_err(|found| {
        if let Some(message) = found.get("start_date") {
            errors.add("start_date", message);
        }
    });
    match (title, dates) {
        (Some(title), Ok(first_day)) => Ok((title, first_day.lasting(length))),
        _ => Err(errors),
    }
}

async fn insert_with_free_slug(
    services: &Services,
    tx: &mut PgConnection,
    copy: &queries::Copy<'_>,
) -> Outcome<String> {
    let wanted = Slug::from_name(copy.title, "event");
    for slug in free_slug::candidates(&wanted, services.rng) {
        if queries::insert_copy(tx, copy, slug.as_str()).await? {
            return Ok(slug.to_string());
        }
    }
    Err(ServiceError::Broken(format!("no free address near {wanted}")))
}

/// New ids for the rows of one table, in pairs.
struct Ids {
    old: Vec<Uuid>,
    new: Vec<Uuid>,
}

impl Ids {
    fn of(services: &Services, old: Vec<Uuid>, now: OffsetDateTime) -> Self {
        let new = old.iter().map(|_| services.rng.id(now)).collect();
        Self { old, new }
    }

    fn pairs(&self) -> queries::Pairs<'_> {
        queries::Pairs { old: &self.old, new: &self.new }
    }
}

async fn copy_contents(
    services: &Services,
    tx: &mut PgConnection,
    copy: &queries::Copy<'_>,
    (zone, shift): (&TimeZoneName, Duration),
    pictures: &CopiedFiles,
) -> Outcome<()> {
    let source = copy.source;
    let ids = |old| Ids::of(services, old, copy.now);
    let tiers = ids(queries::tiers_to_copy(&mut *tx, source).await?);
    queries::copy_tiers(tx, copy, &tiers.pairs()).await?;
    let sponsors = ids(queries::sponsors_to_copy(&mut *tx, source).await?);
    let (old, new) = pictures.ids();
    let logos = queries::Pairs { old: &old, new: &new };
    queries::copy_sponsors(tx, copy, &sponsors.pairs(), &tiers.pairs(), &logos).await?;
    let rooms = ids(queries::venue_rooms_to_copy(&mut *tx, source).await?);
    queries::copy_venue_rooms(tx, copy, &rooms.pairs()).await?;
    let tracks = ids(queries::tracks_to_copy(&mut *tx, source).await?);
    queries::copy_tracks(tx, copy, &tracks.pairs()).await?;

    let sessions = queries::session_times(&mut *tx, source).await?;
    let moved = |at: Option<OffsetDateTime>| at.map(|at| zone.instant_at(zone.local_at(at) + shift));
    let starts: Vec<_> = sessions.iter().map(|session| moved(session.starts_at)).collect();
    let ends: Vec<_> = sessions.iter().map(|session| moved(session.ends_at)).collect();
    let sessions = ids(sessions.into_iter().map(|session| session.id).collect());
    queries::copy_sessions(tx, copy, &sessions.pairs(), (&starts, &ends), &rooms.pairs(), &tracks.pairs())
        .await?;
    queries::copy_main_session(tx, copy, &sessions.pairs()).await?;
    let chat_rooms = ids(queries::chat_rooms_to_copy(&mut *tx, source).await?);
    queries::copy_chat_rooms(tx, copy, &chat_rooms.pairs(), &sessions.pairs()).await?;
    Ok(())
}
