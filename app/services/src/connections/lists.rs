use domain::accounts::{Relation, VisibleProfile};
use domain::attendees::EventRole;
use domain::connections::{ContactList, ContactSort, OPEN_FOR};
use domain::events::EventAction;
use domain::ids::{ConnectionId, EventId, UserId};
use domain::paging::{Page, PageRequest};
use domain::search::SearchText;
use domain::time::Timestamp;
use domain::{FieldErrors, SignedIn};
use time::OffsetDateTime;

use super::queries;
use crate::{Outcome, ServiceError, Services, accounts, events};

/// What to look for among one's own requests and contacts, and in which order.
#[derive(Debug, Clone, Default)]
pub struct ContactFilter {
    pub list: ContactList,
    /// Part of a name, of a company one may see or of the own note, or nothing.
    pub text: SearchText,
    pub sort: ContactSort,
    /// The address of an event in which both take part, or nothing.
    pub event: Option<String>,
}

impl ContactFilter {
    /// Reads `list`, `search`, `sort` and `event` as they stand in an address; missing and empty mean the default.
    ///
    /// # Errors
    /// [`FieldErrors`] on each that is none of its list.
    pub fn parse(
        list: Option<&str>,
        search: Option<&str>,
        sort: Option<&str>,
        event: Option<&str>,
    ) -> Result<Self, FieldErrors> {
        const UNKNOWN: &str = "Choose one of the list, or leave it away.";
        let asked = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(ToOwned::to_owned);
        let list = match asked(list) {
            None => ContactList::default(),
            Some(list) => {
                ContactList::from_address(&list).ok_or_else(|| FieldErrors::one("list", UNKNOWN))?
            }
        };
        let sort = match asked(sort) {
            None => ContactSort::default(),
            Some(sort) => {
                ContactSort::from_address(&sort).ok_or_else(|| FieldErrors::one("sort", UNKNOWN))?
            }
        };
        Ok(Self { list, text: SearchText::parse(search)?, sort, event: asked(event) })
    }
}

/// Somebody the person has to do with, as they may see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub connection: ConnectionId,
    pub profile: VisibleProfile,
    /// The person has a page for this viewer; else `profile` is a name.
    pub is_seen: bool,
    pub icebreaker: String,
    pub requested_at: Timestamp,
    /// Of the answer, where there is one and the person knows it.
    pub answered_at: Option<Timestamp>,
    pub met: Met,
    /// The person's own.
    pub note: Option<String>,
}

/// Where two people met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    pub title: String,
    /// The days of the event, written out.
    pub when: String,
    /// The address, where the person still takes part.
    pub slug: Option<String>,
}

/// How many there are on each list, whatever is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactCounts {
    pub received: i64,
    pub declined: i64,
    pub sent: i64,
    pub connected: i64,
}

impl ContactCounts {
    #[must_use]
    pub const fn of(&self, list: ContactList) -> i64 {
        match list {
            ContactList::Received => self.received,
            ContactList::Declined => self.declined,
            ContactList::Sent => self.sent,
            ContactList::Connected => self.connected,
        }
    }
}

/// One page of a person's requests or contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    pub counts: ContactCounts,
    pub people: Page<Contact>,
    /// Address and title of the events the list can be narrowed to.
    pub events: Vec<(String, String)>,
}

/// Opens a list: four statements, one more to narrow it to an event.
///
/// # Errors
/// As the policy for the pages of members in that event; [`domain::AppError::NoSuchPage`].
pub async fn contacts(
    services: &Services,
    person: &SignedIn,
    filter: &ContactFilter,
    request: PageRequest,
) -> Outcome<Contacts> {
    let event = event_of(services, person, filter).await?;
    let wanted = wanted(services, person, filter, event);
    let db = &services.db;
    let counts = queries::counts(db, wanted).await?;
    let events = queries::events_met(db, wanted.viewer).await?;
    let people = load(services, wanted, filter, request.limit(), request.offset()).await?;
    Ok(Contacts {
        counts: ContactCounts {
            received: counts.received,
            declined: counts.declined,
            sent: counts.sent,
            connected: counts.connected,
        },
        people: Page::of(people, request, counts.found)?,
        events: events.into_iter().map(|row| (row.slug, row.title)).collect(),
    })
}

/// The event the list is narrowed to.
pub(super) async fn event_of(
    services: &Services,
    person: &SignedIn,
    filter: &ContactFilter,
) -> Outcome<Option<EventId>> {
    let Some(slug) = &filter.event else { return Ok(None) };
    let event = events::standing(services, Some(person.user), slug).await?;
    event.may(EventAction::SeeMemberPages)?;
    Ok(Some(EventId::new(event.id)))
}

pub(super) fn wanted<'a>(
    services: &Services,
    person: &SignedIn,
    filter: &'a ContactFilter,
    event: Option<EventId>,
) -> queries::Wanted<'a> {
    queries::Wanted {
        viewer: person.user.get(),
        list: filter.list.as_str(),
        text: filter.text.as_str(),
        event: event.map(EventId::get),
        sent_after: services.clock.now() - OPEN_FOR,
    }
}

/// Rows with what the viewer may see of each person: two statements.
pub(super) async fn load(
    services: &Services,
    wanted: queries::Wanted<'_>,
    filter: &ContactFilter,
    limit: i64,
    offset: i64,
) -> Outcome<Vec<Contact>> {
    let rows = queries::contacts(&services.db, wanted, filter.sort.as_str(), limit, offset).await?;
    let seen: Vec<(UserId, Option<EventId>)> =
        rows.iter().map(|row| (UserId::new(row.other), row.seen_in.map(EventId::new))).collect();
    let people = accounts::people_seen(services, &seen).await?;
    let connected = filter.list == ContactList::Connected;
    let mut contacts = Vec::with_capacity(rows.len());
    for row in rows {
        // Who closed their account between the two statements.
        let Some(other) = people.get(&UserId::new(row.other)) else { continue };
        let (profile, is_seen) = match (&row.role_there, filter.list) {
            (Some(role), _) => {
                (other.shown_to(Relation::in_event(false, Some(read_role(role)?), connected)), true)
            }
            (None, ContactList::Received | ContactList::Connected) => {
                (other.shown_to(Relation::anywhere(false, connected)), true)
            }
            // They share nothing any more: what is left is to whom one wrote, or whom one answered.
            (None, ContactList::Sent | ContactList::Declined) => (other.name_alone(), false),
        };
        contacts.push(contact(row, (profile, is_seen), filter.list));
    }
    Ok(contacts)
}

fn contact(
    row: queries::ContactRow,
    (profile, is_seen): (VisibleProfile, bool),
    list: ContactList,
) -> Contact {
    let answered_at: Option<OffsetDateTime> = match list {
        // A requester doesn't learn that there was an answer.
        ContactList::Received | ContactList::Sent => None,
        ContactList::Declined | ContactList::Connected => row.responded_at,
    };
    Contact {
        connection: ConnectionId::new(row.id),
        profile,
        is_seen,
        icebreaker: row.icebreaker,
        requested_at: row.requested_at.into(),
        answered_at: answered_at.map(Timestamp::from),
        met: Met {
            title: row.met_title,
            when: crate::dates::range(row.met_from, row.met_until),
            slug: row.met_slug,
        },
        note: row.note,
    }
}

fn read_role(stored: &str) -> Outcome<EventRole> {
    EventRole::from_stored(stored).ok_or_else(|| ServiceError::unknown_value("event_members.role", stored))
}
