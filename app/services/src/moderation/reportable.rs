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
    Events { events: Vec<AnsweringEvent>, chosen: Chosen },
    /// Whoever runs the instance, by mail, where no event's moderators can.
    Contact(EmailAddress, Unanswered),
    /// As [`Self::Contact`], where nobody is named.
    Nobody(Unanswered),
}

/// Whether the reporter says which event's moderators they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Where there are several.
    OfSeveral,
    /// Also where there is one: it is not, or not known to be, the event in which they report. With the title of the event
    /// that is left out because nobody there could answer.
    Always { left_out: Option<String> },
}

/// Why no event's moderators answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswered {
    /// A direct message between people without an event in common.
    NoEventInCommon,
    /// Nobody who moderates this event could: mostly because it is about the only one, and nobody answers a report about
    /// themselves.
    NobodyThere { event_title: String, event_slug: String },
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

/// What somebody is about to report: three statements at most. `event` is the slug of the event in which they do, if they do
/// so in one: where nobody there could answer, another event's moderators don't without being chosen.
///
/// # Errors
/// [`domain::AppError::NotFound`] for what they can't see or is deleted, and a person who has no event in common with
/// them; [`Denied::Oneself`].
pub async fn reportable(
    services: &Services,
    person: &SignedIn,
    target: Option<ReportTarget>,
    event: &str,
) -> Outcome<Reportable> {
    let mut connection = services.db.acquire().await?;
    let evidence = evidence(services, &mut connection, person, (target, event)).await?;
    Ok(evidence.seen)
}

pub(super) async fn evidence(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    (target, event): (Option<ReportTarget>, &str),
) -> Outcome<Evidence> {
    let found = match target.ok_or(ServiceError::NOT_FOUND)? {
        ReportTarget::Message(message) => of_room(services, tx, person, message.get()).await?,
        ReportTarget::DirectMessage(message) => {
            of_conversation(services, tx, person, (message.get(), event)).await?
        }
        ReportTarget::Person(user) => of_person(services, tx, person, (user, event)).await?,
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
    let about = About { person: row.author, organizers_only, reporter: person.user };
    let answering = answering(services, tx, (vec![event], ""), about).await?;
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
    (message, event): (Uuid, &str),
) -> Outcome<Evidence> {
    let row = queries::reported_direct_message(tx, message, person.user.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let events = shared(tx, person.user, row.author).await?;
    let about = About { person: row.author, organizers_only: false, reporter: person.user };
    let answering = answering(services, tx, (events, event), about).await?;
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
    (user, event): (UserId, &str),
) -> Outcome<Evidence> {
    let row = queries::person(tx, user.get()).await?.ok_or(ServiceError::NOT_FOUND)?;
    let events = shared(tx, person.user, user.get()).await?;
    if events.is_empty() && user != person.user {
        return Err(ServiceError::NOT_FOUND);
    }
    let about = About { person: user.get(), organizers_only: false, reporter: person.user };
    let answering = answering(services, tx, (events, event), about).await?;
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

/// Whom a report would be about, and whose it is.
struct About {
    person: Uuid,
    organizers_only: bool,
    reporter: UserId,
}

/// Of these events, those where somebody could answer; else, or where it was asked in one of the others, the contact.
async fn answering(
    services: &Services,
    tx: &mut PgConnection,
    (events, asked): (Vec<AnsweringEvent>, &str),
    about: About,
) -> Outcome<Answering> {
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    let (person, reporter) = (about.person, about.reporter.get());
    let answered = queries::answered_events(tx, &ids, (person, reporter), about.organizers_only).await?;
    let (events, others): (Vec<_>, Vec<_>) =
        events.into_iter().partition(|event| answered.contains(&event.id));
    let is_asked = |event: &&AnsweringEvent| event.slug == asked;
    let (answers, in_vain) = (events.iter().any(|event| is_asked(&event)), others.iter().find(is_asked));
    let contact = services.abuse_contact.clone();
    if !events.is_empty() && (in_vain.is_none() || contact.is_none()) {
        let chosen = match in_vain.or(others.first()) {
            _ if answers => Chosen::OfSeveral,
            None if asked.is_empty() => Chosen::OfSeveral,
            left_out => Chosen::Always { left_out: left_out.map(|event| event.title.clone()) },
        };
        return Ok(Answering::Events { events, chosen });
    }
    let why = in_vain.or(others.first()).cloned().map_or(Unanswered::NoEventInCommon, |event| {
        Unanswered::NobodyThere { event_title: event.title, event_slug: event.slug }
    });
    Ok(match contact {
        Some(contact) => Answering::Contact(contact, why),
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
