use domain::accounts::EmailAddress;
use domain::ids::UserId;
use domain::limits::{Pause, Rule};
use domain::moderation::{ReportReason, ReportStatus, ReportTarget, ReportText, SnapshotLine};
use domain::notifications::News;
use domain::time::Timestamp;
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

use super::abuse::tell_contact;
use super::queries;
use super::reportable::{Answering, AnsweringEvent, Chosen, Evidence, Unanswered, evidence, snapshot};
use super::telling::{ForModerators, queue_changed, queue_readers, tell_moderators};
use crate::limits::{self, Limit};
use crate::notifications::Told;
use crate::{Outcome, ServiceError, Services, db};

/// Specification 17.1.
const REPORTS: Rule = Rule { max: 20, window: Duration::DAY, pause: Pause::Rest };

/// The same report, word by word, goes by mail once a day, however often it is sent.
const ONCE: Rule = Rule { max: 1, window: Duration::DAY, pause: Pause::Rest };

/// A report as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct NewReport {
    pub kind: String,
    pub target: String,
    /// The slug of the event whose moderators shall answer, or in which it is reported; may be empty where there is only one.
    pub event: String,
    pub reason: String,
    pub text: String,
}

impl NewReport {
    /// `None` for what is no id, or no such kind: there is nothing of that name.
    #[must_use]
    pub fn target(&self) -> Option<ReportTarget> {
        ReportTarget::parse(&self.kind, &self.target)
    }
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    New,
    /// The same person has an open one about the same; the words were added to it.
    Added,
    /// It went to whoever runs the instance, and stands in no queue.
    Mailed,
}

/// A report, parsed.
struct Parsed<'a> {
    target: ReportTarget,
    reason: ReportReason,
    text: ReportText,
    answers: Answers<'a>,
}

/// Who gets it.
#[derive(Clone, Copy)]
enum Answers<'a> {
    Event(&'a AnsweringEvent),
    Contact(&'a EmailAddress, &'a Unanswered),
}

/// Files a report of a message, a direct message or a person. What was said is kept with it, whatever becomes of it.
///
/// # Errors
/// As [`super::reportable`]; [`Conflict::NobodyAnswers`]; [`FieldErrors`] on `reason`, `text` and `event`;
/// [`domain::AppError::TooMany`] after 20 a day.
pub async fn report(services: &Services, person: &SignedIn, new: &NewReport) -> Outcome<Filed> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let evidence = evidence(services, &mut tx, person, (new.target(), &new.event)).await?;
    let parsed = parse(new, &evidence.seen.answering)?;
    if let Answers::Contact(_, why) = parsed.answers {
        // There is no open report to which the same one could be added.
        let (by, target) = (person.user.to_string(), id_of(parsed.target).to_string());
        let event = match why {
            Unanswered::NoEventInCommon => "",
            Unanswered::NobodyThere { event_slug, .. } => event_slug.as_str(),
        };
        let (kind, reason) = (parsed.target.kind(), parsed.reason.as_str());
        let same = [&*by, kind, &*target, event, reason, parsed.text.as_str()];
        let once = Limit::new(ONCE, "report mailed", &same);
        match limits::take_in(&mut tx, now, &[once]).await {
            Err(ServiceError::Refused(domain::AppError::TooMany { .. })) => return Ok(Filed::Mailed),
            taken => taken?,
        }
    }
    limits::take_in(&mut tx, now, &[Limit::new(REPORTS, "reports", &[&person.user.to_string()])]).await?;
    let lines = match &evidence.place {
        Some(place) => snapshot(&mut tx, person.user, place).await?,
        None => Vec::new(),
    };
    match parsed.answers {
        Answers::Event(event) => {
            let queued = put_in_queue(services, &mut tx, person, (&evidence, &parsed, event), &lines).await?;
            tx.commit().await?;
            match queued {
                Queued::New(told) => {
                    told.announce(services);
                    Ok(Filed::New)
                }
                Queued::Added(readers) => {
                    queue_changed(services, readers);
                    Ok(Filed::Added)
                }
            }
        }
        Answers::Contact(contact, why) => {
            let about = (person, &evidence.seen, parsed.target);
            let said = (parsed.reason, &parsed.text, lines.as_slice());
            tell_contact(services, &mut tx, (contact, why), about, said).await?;
            tx.commit().await?;
            services.outbox.wake();
            Ok(Filed::Mailed)
        }
    }
}

fn parse<'a>(new: &NewReport, answering: &'a Answering) -> Outcome<Parsed<'a>> {
    let mut errors = FieldErrors::default();
    let reason = ReportReason::from_stored(&new.reason).ok_or("Choose what is wrong.");
    let reason = errors.take("reason", reason);
    let text = errors.take("text", ReportText::parse(&new.text));
    let answers = match answering {
        Answering::Nobody(_) => return Err(Conflict::NobodyAnswers.into()),
        Answering::Contact(contact, why) => Some(Answers::Contact(contact, why)),
        Answering::Events { events, chosen } => match events.as_slice() {
            [only] if new.event.is_empty() && *chosen == Chosen::OfSeveral => Some(Answers::Event(only)),
            many => many.iter().find(|event| event.slug == new.event).map(Answers::Event),
        },
    };
    let answers = errors.take("event", answers.ok_or("Choose one of these events."));
    match (new.target(), reason, text, answers) {
        (Some(target), Some(reason), Some(text), Some(answers)) => {
            Ok(Parsed { target, reason, text, answers })
        }
        _ => Err(errors.into()),
    }
}

/// What COMMIT makes public.
enum Queued {
    New(Told),
    /// To an open one, which these people see.
    Added(Vec<UserId>),
}

async fn put_in_queue(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    (evidence, report, event): (&Evidence, &Parsed<'_>, &AnsweringEvent),
    lines: &[SnapshotLine],
) -> Outcome<Queued> {
    let now = services.clock.now();
    let lines = serde_json::to_value(lines)
        .map_err(|error| ServiceError::Broken(format!("a snapshot as JSON: {error}")))?;
    let change = |before: ReportReason| {
        format!("Reported for \"{}\", then for \"{}\".", before.label(), report.reason.label())
    };
    let row = queries::NewReportRow {
        id: services.rng.id(now),
        event: event.id,
        reporter: person.user.get(),
        target_kind: report.target.kind(),
        target: id_of(report.target),
        person: evidence.seen.person.get(),
        room: evidence.room,
        organizers_only: evidence.organizers_only,
        reason: report.reason.as_str(),
        body: report.text.as_str(),
        changes: &ReportReason::ALL.map(change),
        reasons: &ReportReason::ALL.map(|reason| reason.as_str().to_owned()),
        snapshot: &lines,
        now,
    };
    let (about, organizers_only) = (evidence.seen.person, evidence.organizers_only);
    if !queries::insert_report(&mut *tx, &row).await? {
        return queue_readers(services, tx, event.id, about, organizers_only).await.map(Queued::Added);
    }
    let waits = ForModerators {
        news: News::ReportOpened,
        event: event.id,
        slug: &event.slug,
        title: &event.title,
        organizers_only,
        apart: [about, person.user],
    };
    tell_moderators(services, tx, &waits).await.map(Queued::New)
}

pub(super) fn id_of(target: ReportTarget) -> Uuid {
    match target {
        ReportTarget::Message(message) => message.get(),
        ReportTarget::DirectMessage(message) => message.get(),
        ReportTarget::Person(user) => user.get(),
    }
}

pub(super) fn stored_target(kind: &str, id: Uuid) -> Outcome<ReportTarget> {
    ReportTarget::parse(kind, &id.to_string())
        .ok_or_else(|| ServiceError::unknown_value("reports.target_kind", kind))
}

pub(super) fn stored_status(stored: &str) -> Outcome<ReportStatus> {
    ReportStatus::from_stored(stored).ok_or_else(|| ServiceError::unknown_value("reports.status", stored))
}

pub(super) fn stored_reason(stored: &str) -> Outcome<ReportReason> {
    ReportReason::from_stored(stored).ok_or_else(|| ServiceError::unknown_value("reports.reason", stored))
}

/// One of the own reports: what it was about, and how far it is; no more is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnReport {
    pub person_name: String,
    pub is_of_message: bool,
    pub event_title: String,
    /// `None` once the event is deleted.
    pub event_slug: Option<String>,
    pub reason: ReportReason,
    pub status: ReportStatus,
    pub at: Timestamp,
}

/// The newest 100 of the own reports: one statement.
///
/// # Errors
/// Database errors only.
pub async fn own_reports(services: &Services, person: &SignedIn) -> Outcome<Vec<OwnReport>> {
    let rows = queries::own_reports(&services.db, person.user.get()).await?;
    let own = |row: queries::OwnReportRow| {
        Ok(OwnReport {
            is_of_message: row.target_kind != "PERSON",
            person_name: row.person,
            event_title: row.event,
            event_slug: row.event_slug,
            reason: stored_reason(&row.reason)?,
            status: stored_status(&row.status)?,
            at: Timestamp::from(row.created_at),
        })
    };
    rows.into_iter().map(own).collect()
}
