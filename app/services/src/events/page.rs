use domain::attendees::{EventRole, Standing, mute_holds};
use domain::events::{
    AccentColor, Advice, Advised, EventAction, EventFormat, EventStatus, EventType, EventVisibility, Missing,
    PrimaryAction, Registration, RegistrationWindow, Sight, Venue, WindowState, may, primary_action, sight,
};
use domain::ids::{AgendaSessionId, EventId, UserId};
use domain::slug::Slug;
use domain::{Denied, SignedIn, Viewer};
use time::{Date, OffsetDateTime};

use super::{StandingFacts, queries, readiness};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services};

/// What an event says about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct EventHead {
    pub id: EventId,
    pub slug: String,
    pub title: String,
    pub description: Option<String>,
    pub format: EventFormat,
    pub visibility: EventVisibility,
    pub status: EventStatus,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    /// The zone in words with its offset on the first day.
    pub zone_in_words: String,
    pub host_name: String,
    pub venue: Venue,
    pub online_note: Option<String>,
    pub max_attendees: Option<i32>,
    pub seats_taken: i32,
    pub organization_slug: String,
    pub version: i32,
    pub event_type: EventType,
    /// One line that says why to come.
    pub hero_text: Option<String>,
    pub registration: RegistrationWindow,
    /// Why it does not take place.
    pub cancel_reason: Option<String>,
    /// As chosen.
    pub accent: Option<AccentColor>,
    /// Today lies between the first and the last day, in the event's zone.
    pub is_ongoing: bool,
    pub is_past: bool,
    /// At least one session has a time.
    pub has_sessions: bool,
    /// Of an event that is a single session.
    pub main_session: Option<AgendaSessionId>,
    /// At least one sponsor is shown.
    pub has_sponsors: bool,
}

impl EventHead {
    /// City and country, or "online", within a sentence.
    #[must_use]
    pub fn place_in_words(&self) -> String {
        self.format.place_in_words(self.venue.city.as_deref(), self.venue.country.as_deref())
    }
}

/// The public page for one visitor.
#[derive(Debug, Clone, PartialEq)]
pub struct EventPage {
    pub head: EventHead,
    pub action: PrimaryAction,
    /// `None` for visitors.
    pub role: Option<EventRole>,
    /// Title and dates only: an attendee of a draft.
    pub not_open_yet: bool,
}

/// The organizers' overview.
#[derive(Debug, Clone, PartialEq)]
pub struct ManagePage {
    pub head: EventHead,
    pub role: EventRole,
    /// What keeps the event from being published; empty once it is.
    pub missing: Vec<Missing>,
    /// What would make it better before it is over.
    pub advice: Vec<Advised>,
}

/// The page everybody may open who sees the event at all: one statement.
///
/// # Errors
/// [`domain::AppError::NotFound`] when it is missing or hidden.
pub async fn open(services: &Services, viewer: &Viewer, slug: &str) -> Outcome<EventPage> {
    let (head, standing) = head_with_standing(services, viewer.user(), slug).await?;
    let seen = sight(head.visibility, &standing);
    if seen == Sight::Hidden {
        return Err(ServiceError::NOT_FOUND);
    }
    Ok(EventPage {
        action: primary_action(&standing, registration(&head, services.clock.now())),
        role: standing.effective_role(),
        not_open_yet: seen == Sight::NotOpenYet,
        head,
    })
}

/// The frame of the event area, for members: one statement.
///
/// # Errors
/// [`domain::AppError::NotFound`] when it is hidden, or the person is no member; [`Denied::BannedFromEvent`].
pub async fn open_for_members(
    services: &Services,
    person: &SignedIn,
    slug: &str,
) -> Outcome<(EventHead, EventRole)> {
    let (head, standing) = head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeeMemberPages, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    Ok((head, role))
}

/// The frame of the organizers' pages: one statement.
///
/// # Errors
/// As [`open_for_members`], and [`Denied::OrganizersOnly`] for other members.
pub(super) async fn open_for_organizers(
    services: &Services,
    person: &SignedIn,
    slug: &str,
) -> Outcome<(EventHead, EventRole)> {
    let (head, standing) = head_with_standing(services, Some(person.user), slug).await?;
    let role = organizer_role(&head, &standing)?;
    Ok((head, role))
}

pub(super) fn organizer_role(head: &EventHead, standing: &Standing) -> Outcome<EventRole> {
    may(EventAction::SeeDashboard, head.visibility, standing)?;
    Ok(standing.effective_role().ok_or(Denied::OrganizersOnly)?)
}

/// The organizers' overview: four statements at most.
///
/// # Errors
/// As [`open_for_members`], and [`Denied::OrganizersOnly`] for other members.
pub async fn manage(services: &Services, person: &SignedIn, slug: &str) -> Outcome<ManagePage> {
    let (head, role) = open_for_organizers(services, person, slug).await?;
    let facts = queries::readiness(&services.db, head.id.get()).await?;
    let missing = match head.status {
        EventStatus::Draft => readiness::missing(&facts, services.clock.now())?,
        EventStatus::Published | EventStatus::Archived | EventStatus::Cancelled | EventStatus::Deleted => {
            Vec::new()
        }
    };
    let advice = match head.status {
        EventStatus::Draft | EventStatus::Published if !head.is_past => advice(services, head.id).await?,
        EventStatus::Draft
        | EventStatus::Published
        | EventStatus::Archived
        | EventStatus::Cancelled
        | EventStatus::Deleted => Vec::new(),
    };
    Ok(ManagePage { head, role, missing, advice })
}

async fn advice(services: &Services, event: EventId) -> Outcome<Vec<Advised>> {
    let on_page = queries::advice_on_page(&services.db, event.get(), services.clock.now()).await?;
    let on_agenda = queries::advice_on_agenda(&services.db, event.get()).await?;
    let mut advice = on_page
        .into_iter()
        .chain(on_agenda)
        .map(|row| {
            let advice = Advice::from_stored(&row.advice)
                .ok_or_else(|| ServiceError::unknown_value("advice", &row.advice))?;
            Ok(Advised { advice, count: row.count, first: row.first })
        })
        .collect::<Outcome<Vec<Advised>>>()?;
    advice.sort_by_key(|advised| Advice::ALL.iter().position(|known| *known == advised.advice));
    Ok(advice)
}

/// What an event says about itself and where one person (or a visitor) stands in it: one statement. What they see of it
/// is the caller's to decide.
///
/// # Errors
/// [`domain::AppError::NotFound`] when there is no such event.
pub(crate) async fn head_with_standing(
    services: &Services,
    user: Option<UserId>,
    slug: &str,
) -> Outcome<(EventHead, Standing)> {
    if !Slug::is_possible(slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    let row =
        queries::head(&services.db, user.map(UserId::get), slug).await?.ok_or(ServiceError::NOT_FOUND)?;
    let standing = StandingFacts {
        event_status: &row.status,
        role: row.role.as_deref(),
        membership: row.membership.as_deref(),
        organization_role: row.organization_role.as_deref(),
        muted: mute_holds(row.muted_at, row.muted_until, services.clock.now()),
    }
    .read()?;
    Ok((head(row, services.clock.now())?, standing))
}

fn head(row: queries::HeadRow, now: OffsetDateTime) -> Outcome<EventHead> {
    let zone = TimeZoneName::stored(&row.time_zone)?;
    let today = zone.date_at(now);
    Ok(EventHead {
        id: EventId::new(row.id),
        slug: row.slug,
        title: row.title,
        description: row.description,
        format: EventFormat::from_stored(&row.format)
            .ok_or_else(|| ServiceError::unknown_value("events.format", &row.format))?,
        visibility: EventVisibility::from_stored(&row.visibility)
            .ok_or_else(|| ServiceError::unknown_value("events.visibility", &row.visibility))?,
        status: EventStatus::from_stored(&row.status)
            .ok_or_else(|| ServiceError::unknown_value("events.status", &row.status))?,
        start_date: row.start_date,
        end_date: row.end_date,
        zone_in_words: zone.describe_on(row.start_date),
        time_zone: row.time_zone,
        host_name: row.host_name,
        venue: Venue {
            name: row.venue_name,
            address: row.venue_address,
            city: row.venue_city,
            region: row.venue_region,
            country: row.venue_country,
        },
        online_note: row.online_note,
        max_attendees: row.max_attendees,
        seats_taken: row.seats_taken,
        organization_slug: row.organization_slug,
        version: row.version,
        event_type: EventType::from_stored(&row.event_type)
            .ok_or_else(|| ServiceError::unknown_value("events.event_type", &row.event_type))?,
        hero_text: row.hero_text,
        registration: RegistrationWindow::new(row.registration_opens_at, row.registration_closes_at)?,
        cancel_reason: row.cancel_reason,
        accent: match row.accent_color {
            Some(color) => Some(
                AccentColor::parse(&color)
                    .map_err(|_| ServiceError::unknown_value("events.accent_color", &color))?,
            ),
            None => None,
        },
        is_ongoing: (row.start_date..=row.end_date).contains(&today),
        is_past: row.end_date < today,
        has_sessions: row.has_sessions,
        main_session: row.main_session_id.map(AgendaSessionId::new),
        has_sponsors: row.has_sponsors,
    })
}

fn registration(head: &EventHead, now: OffsetDateTime) -> Registration {
    if head.is_past {
        return Registration::Past;
    }
    match head.registration.at(now) {
        WindowState::OpensAt(at) => return Registration::OpensAt(at),
        WindowState::Closed => return Registration::Closed,
        WindowState::Open => {}
    }
    match head.max_attendees {
        None => Registration::Open { seats_left: None },
        Some(max) if head.seats_taken >= max => Registration::Full,
        Some(max) => Registration::Open { seats_left: Some(i64::from(max - head.seats_taken)) },
    }
}
