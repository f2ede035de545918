use domain::accounts::EmailAddress;
use domain::ids::UserId;
use domain::moderation::{ReportTarget, SNAPSHOT_BEFORE, SnapshotLine};
use domain::time::Timestamp;
use domain::{Denied, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries::{self, SnapshotRow};
use crate::{Outcome, ServiceError, Services, chat};

/// An event whose moderators can answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweringEvent {
    pub id: Uuid,
    pub slug: String,
    pub title: String,
}

/// Who answers a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answering {
    /// The moderators of one of these; never empty, of a room's message its own event alone.
    Events(Vec<AnsweringEvent>),
    /// Whoever runs the instance, by mail, where no event's moderators can.
    Contact(EmailAddress, Unanswered),
    /// As [`Self::Contact`], where nobody is named.
    Nobody(Unanswered),
}

/// Why no event's moderators answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswered {
    /// A direct message between people without an event in common.
    NoEventInCommon,
    /// Nobody answers a report about themselves, and nobody else moderates what both have in common: this event, or the
    /// newest of them.
    NobodyElseModerates { event_title: String },
}

/// What somebody is about to report, as they see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reportable {
    pub person: UserId,
    pub person_name: String,
    /// `None` for a person.
    pub text: Option<String>,
    pub answering: Answering,
}

/// What is filed besides.
pub(super) struct Evidence {
    pub(super) seen: Reportable,
    pub(super) room: Option<Uuid>,
    pub(super) organizers_only: bool,
    pub(super) place: Option<Place>,
}

/// Where the reported text stands.
pub(super) enum Place {
    Room { id: Uuid, seq: i64 },
    Conversation { id: Uuid, seq: i64 },
}

/// What somebody is about to report: five statements at most.
///
/// # Errors
/// [`domain::AppError::NotFound`] for what they can't see or is deleted, and a person who has no event in common with
/// them; [`Denied::Oneself`].
pub async fn reportable(
    services: &Services,
    person: &SignedIn,
    target: Option<ReportTarget>,
) -> Outcome<Reportable> {
    let mut connection = services.db.acquire().await?;
    let evidence = evidence(services, &mut connection, person, target).await?;
    Ok(evidence.seen)
}

pub(super) async fn evidence(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    target: Option<ReportTarget>,
) -> Outcome<Evidence> {
    let found = match target.ok_or(ServiceError::NOT_FOUND)? {
        ReportTarget::Message(message) => of_room(services, tx, person, message.get()).await?,
        ReportTarget::DirectMessage(message) => of_conversation(services, tx, person, message.get()).await?,
        ReportTarget::Person(user) => of_person(services, tx, person, user).await?,
    };
    if found.seen.person == person.user {
        return Err(Denied::Oneself.into());
    }
    Ok(found)
}

async fn of_room(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    message: Uuid,
) -> Outcome<Evidence> {
    let row = queries::reported_message(tx, message).await?.ok_or(ServiceError::NOT_FOUND)?;
    let room = chat::readable_room(services, tx, person.user, row.place).await?;
    let event = AnsweringEvent { id: room.event, slug: room.event_slug, title: room.event_title };
    let organizers_only = !room.is_moderators;
    let answering = answering(services, tx, vec![event], (row.author, organizers_only)).await?;
    Ok(Evidence {
        place: Some(Place::Room { id: row.place, seq: row.seq }),
        room: Some(row.place),
        organizers_only,
        seen: Reportable {
            person: UserId::new(row.author),
            person_name: domain::accounts::full_name(&row.first_name, &row.last_name),
            text: Some(row.body),
            answering,
        },
    })
}

async fn of_conversation(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    message: Uuid,
) -> Outcome<Evidence> {
    let row = queries::reported_direct_message(tx, message, person.user.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let events = shared(tx, person.user, row.author).await?;
    let answering = answering(services, tx, events, (row.author, false)).await?;
    Ok(Evidence {
        place: Some(Place::Conversation { id: row.place, seq: row.seq }),
        room: None,
        organizers_only: false,
        seen: Reportable {
            person: UserId::new(row.author),
            person_name: domain::accounts::full_name(&row.first_name, &row.last_name),
            text: Some(row.body),
            answering,
        },
    })
}

async fn of_person(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    user: UserId,
) -> Outcome<Evidence> {
    let row = queries::person(tx, user.get()).await?.ok_or(ServiceError::NOT_FOUND)?;
    let events = shared(tx, person.user, user.get()).await?;
    if events.is_empty() && user != person.user {
        return Err(ServiceError::NOT_FOUND);
    }
    let answering = answering(services, tx, events, (user.get(), false)).await?;
    Ok(Evidence {
        place: None,
        room: None,
        organizers_only: false,
        seen: Reportable {
            person: user,
            person_name: domain::accounts::full_name(&row.first_name, &row.last_name),
            text: None,
            answering,
        },
    })
}

/// Of these events, those where somebody reads a report about the person; else the contact.
async fn answering(
    services: &Services,
    tx: &mut PgConnection,
    mut events: Vec<AnsweringEvent>,
    (person, organizers_only): (Uuid, bool),
) -> Outcome<Answering> {
    let why = match events.first() {
        None => Unanswered::NoEventInCommon,
        Some(newest) => Unanswered::NobodyElseModerates { event_title: newest.title.clone() },
    };
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    let answered = queries::answered_events(tx, &ids, person, organizers_only).await?;
    events.retain(|event| answered.contains(&event.id));
    Ok(match &services.abuse_contact {
        _ if !events.is_empty() => Answering::Events(events),
        Some(contact) => Answering::Contact(contact.clone(), why),
        None => Answering::Nobody(why),
    })
}

async fn shared(tx: &mut PgConnection, one: UserId, other: Uuid) -> Outcome<Vec<AnsweringEvent>> {
    let rows = queries::shared_events(tx, one.get(), other).await?;
    let event =
        |row: queries::SharedEventRow| AnsweringEvent { id: row.id, slug: row.slug, title: row.title };
    Ok(rows.into_iter().map(event).collect())
}

/// The reported text with what stood before it, as the reporter sees it now.
pub(super) async fn snapshot(
    tx: &mut PgConnection,
    reader: UserId,
    place: &Place,
) -> Outcome<Vec<SnapshotLine>> {
    let lines = SNAPSHOT_BEFORE + 1;
    let rows = match place {
        Place::Room { id, seq } => queries::snapshot_of_room(tx, *id, *seq, lines).await?,
        Place::Conversation { id, seq } => {
            queries::snapshot_of_conversation(tx, *id, reader.get(), *seq, lines).await?
        }
    };
    let last = rows.last().map(|row| row.id);
    let line = |row: SnapshotRow| SnapshotLine {
        author: UserId::new(row.author),
        author_name: domain::accounts::full_name(&row.first_name, &row.last_name),
        sent_at: Timestamp::from(row.created_at),
        body: row.body,
        is_reported: Some(row.id) == last,
    };
    Ok(rows.into_iter().map(line).collect())
}
