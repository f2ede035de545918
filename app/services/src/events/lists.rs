use domain::SignedIn;
use domain::attendees::EventRole;
use domain::events::{EventFormat, EventStatus, EventVisibility};
use domain::ids::OrganizationId;
use domain::organizations::OrganizationRole;
use domain::paging::{Page, PageRequest};
use time::{Date, Duration};

use super::filter::EventFilter;
use super::queries;
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services};

/// An event in a public list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventCard {
    pub slug: String,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    /// City and country, for events with a venue.
    pub place: Option<String>,
    pub format: EventFormat,
    pub host_name: String,
}

/// An event in its organization's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventListItem {
    pub slug: String,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub status: EventStatus,
    pub visibility: EventVisibility,
}

/// An event of a person, with what waits there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyEvent {
    pub slug: String,
    pub title: String,
    pub start_date: Date,
    pub end_date: Date,
    pub status: EventStatus,
    pub role: EventRole,
    pub waitlisted: bool,
    /// By the event's own zone.
    pub is_ongoing: bool,
    pub is_past: bool,
}

/// The soonest public events that are not over, at most `limit` (1 to 100): one statement.
///
/// # Errors
/// Database errors only.
pub async fn upcoming_public(services: &Services, limit: i64) -> Outcome<Vec<EventCard>> {
    let filter = EventFilter::default();
    let rows = queries::public(&services.db, &not_over(services, &filter), limit, 0).await?;
    rows.into_iter().map(card).collect()
}

/// One page of the public events that are not over, or are in the days looked for, soonest first: two statements.
///
/// # Errors
/// [`domain::AppError::NoSuchPage`].
pub async fn public_listing(
    services: &Services,
    filter: &EventFilter,
    page: PageRequest,
) -> Outcome<Page<EventCard>> {
    let filter = not_over(services, filter);
    let total = queries::count_public(&services.db, &filter).await?;
    let rows = queries::public(&services.db, &filter, page.limit(), page.offset()).await?;
    Ok(Page::of(rows.into_iter().map(card).collect::<Outcome<_>>()?, page, total)?)
}

fn not_over<'a>(services: &Services, filter: &'a EventFilter) -> queries::FilterRow<'a> {
    let now = services.clock.now();
    // What is over by the event's own zone was over a day ago by any: the index finds the rest.
    let since = now.date() - Duration::DAY;
    let looks_back = filter.from.is_some();
    queries::FilterRow {
        from: Some(filter.from.unwrap_or(since)),
        now: (!looks_back).then_some(now),
        ..filter.row()
    }
}

/// All events the person belongs to or owns through an organization, at most 100, soonest first: one statement.
///
/// # Errors
/// Database errors only.
pub async fn mine(services: &Services, person: &SignedIn) -> Outcome<Vec<MyEvent>> {
    let now = services.clock.now();
    let rows = queries::of_user(&services.db, person.user.get()).await?;
    rows.into_iter()
        .map(|row| {
            let zone = TimeZoneName::stored(&row.time_zone)?;
            let today = zone.date_at(now);
            Ok(MyEvent {
                status: status(&row.status)?,
                role: EventRole::from_stored(&row.role)
                    .ok_or_else(|| ServiceError::unknown_value("event_members.role", &row.role))?,
                waitlisted: row.membership == "WAITLISTED",
                is_ongoing: (row.start_date..=row.end_date).contains(&today),
                is_past: row.end_date < today,
                slug: row.slug,
                title: row.title,
                start_date: row.start_date,
                end_date: row.end_date,
            })
        })
        .collect()
}

/// What a member of an organization sees of its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationEvents {
    /// The latest first, at most 100.
    pub items: Vec<EventListItem>,
    /// Published ones, all of them.
    pub live: i64,
    /// Drafts, all of them.
    pub drafts: i64,
}

/// The events of an organization a member with this role may list (specification 4.2): one statement.
///
/// # Errors
/// Database errors only.
pub async fn of_organization(
    services: &Services,
    person: &SignedIn,
    organization: OrganizationId,
    role: OrganizationRole,
) -> Outcome<OrganizationEvents> {
    let sees_all = role >= OrganizationRole::Admin;
    let rows =
        queries::of_organization(&services.db, organization.get(), person.user.get(), sees_all).await?;
    let (live, drafts) = rows.first().map_or((0, 0), |row| (row.live, row.drafts));
    let item = |row: queries::ListRow| {
        Ok(EventListItem {
            status: status(&row.status)?,
            visibility: EventVisibility::from_stored(&row.visibility)
                .ok_or_else(|| ServiceError::unknown_value("events.visibility", &row.visibility))?,
            slug: row.slug,
            title: row.title,
            start_date: row.start_date,
            end_date: row.end_date,
        })
    };
    Ok(OrganizationEvents { items: rows.into_iter().map(item).collect::<Outcome<_>>()?, live, drafts })
}

/// One page of the events of an organization that a member with this role may list, the latest first: two statements.
///
/// # Errors
/// [`domain::AppError::NoSuchPage`].
pub async fn listed_of_organization(
    services: &Services,
    person: &SignedIn,
    (organization, role): (OrganizationId, OrganizationRole),
    filter: &EventFilter,
    page: PageRequest,
) -> Outcome<Page<EventListItem>> {
    let sees_all = role >= OrganizationRole::Admin;
    let lister = queries::Lister { organization: organization.get(), user: person.user.get(), sees_all };
    let total = queries::count_listed(&services.db, &lister, &filter.row()).await?;
    let rows = queries::listed(&services.db, &lister, &filter.row(), page.limit(), page.offset()).await?;
    let item = |row: queries::ListedRow| {
        Ok(EventListItem {
            status: status(&row.status)?,
            visibility: EventVisibility::from_stored(&row.visibility)
                .ok_or_else(|| ServiceError::unknown_value("events.visibility", &row.visibility))?,
            slug: row.slug,
            title: row.title,
            start_date: row.start_date,
            end_date: row.end_date,
        })
    };
    Ok(Page::of(rows.into_iter().map(item).collect::<Outcome<_>>()?, page, total)?)
}

fn card(row: queries::CardRow) -> Outcome<EventCard> {
    let format = EventFormat::from_stored(&row.format)
        .ok_or_else(|| ServiceError::unknown_value("events.format", &row.format))?;
    let place = match (format.has_venue(), row.venue_city, row.venue_country) {
        (true, Some(city), Some(country)) => Some(format!("{city}, {country}")),
        (true, Some(place), None) | (true, None, Some(place)) => Some(place),
        (true, None, None) | (false, _, _) => None,
    };
    Ok(EventCard {
        slug: row.slug,
        title: row.title,
        start_date: row.start_date,
        end_date: row.end_date,
        time_zone: row.time_zone,
        place,
        format,
        host_name: row.host_name,
    })
}

fn status(stored: &str) -> Outcome<EventStatus> {
    EventStatus::from_stored(stored).ok_or_else(|| ServiceError::unknown_value("events.status", stored))
}
