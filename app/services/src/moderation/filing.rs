use domain::ids::UserId;
use domain::limits::{Pause, Rule};
use domain::moderation::{ReportReason, ReportStatus, ReportTarget, ReportText};
use domain::notifications::News;
use domain::time::Timestamp;
use domain::{FieldErrors, SignedIn};
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

use super::queries;
use super::reportable::{AnsweringEvent, Evidence, evidence, snapshot};
use crate::limits::{self, Limit};
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, ServiceError, Services, db};

/// Specification 17.1.
const REPORTS: Rule = Rule { max: 20, window: Duration::DAY, pause: Pause::Rest };

/// A report as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct NewReport {
    pub kind: String,
    pub target: String,
    /// The slug of the event whose moderators shall answer; may be empty where there is only one.
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
}

/// Files a report of a message, a direct message or a person. What was said is kept with it, whatever becomes of it.
///
/// # Errors
/// As [`super::reportable`]; [`FieldErrors`] on `reason`, `text` and `event`; [`domain::AppError::TooMany`] after 20 a
/// day.
pub async fn report(services: &Services, person: &SignedIn, new: &NewReport) -> Outcome<Filed> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let evidence = evidence(services, &mut tx, person, new.target()).await?;
    let mut errors = FieldErrors::default();
    let reason = ReportReason::from_stored(&new.reason).ok_or("Choose what is wrong.");
    let reason = errors.take("reason", reason);
    let text = errors.take("text", ReportText::parse(&new.text));
    let event = match evidence.seen.events.as_slice() {
        [only] if new.event.is_empty() => Ok(only),
        many => many.iter().find(|event| event.slug == new.event).ok_or("Choose one of these events."),
    };
    let event = errors.take("event", event.cloned());
    let (Some(reason), Some(text), Some(event), Some(target)) = (reason, text, event, new.target()) else {
        return Err(errors.into());
    };
    limits::take_in(&mut tx, now, &[Limit::new(REPORTS, "reports", &[&person.user.to_string()])]).await?;
    let lines = match &evidence.place {
        Some(place) => snapshot(&mut tx, person.user, place).await?,
        None => Vec::new(),
    };
    let lines = serde_json::to_value(&lines)
        .map_err(|error| ServiceError::Broken(format!("a snapshot as JSON: {error}")))?;
    let row = queries::NewReportRow {
        id: services.rng.id(now),
        event: event.id,
        reporter: person.user.get(),
        target_kind: target.kind(),
        target: id_of(target),
        person: evidence.seen.person.get(),
        room: evidence.room,
        organizers_only: evidence.organizers_only,
        reason: reason.as_str(),
        body: text.as_str(),
        snapshot: &lines,
        now,
    };
    let is_new = queries::insert_report(&mut tx, &row).await?;
    let told = if is_new {
        tell_moderators(services, &mut tx, person, &evidence, &event).await?
    } else {
        Told::default()
    };
    tx.commit().await?;
    told.announce(services);
    Ok(if is_new { Filed::New } else { Filed::Added })
}

/// Whoever may answer it; neither who filed it nor who it is about is told.
async fn tell_moderators(
    services: &Services,
    tx: &mut PgConnection,
    reporter: &SignedIn,
    evidence: &Evidence,
    event: &AnsweringEvent,
) -> Outcome<Told> {
    let apart = (evidence.seen.person.get(), reporter.user.get());
    let now = services.clock.now();
    let users = queries::moderators(tx, event.id, evidence.organizers_only, apart, now).await?;
    let users: Vec<UserId> = users.into_iter().map(UserId::new).collect();
    let telling = Telling {
        news: News::ReportOpened,
        by: None,
        names_actor: false,
        subject: Some(&event.title),
        detail: None,
        link: &format!("/events/{}/manage/moderation", event.slug),
        thing: &event.id.to_string(),
    };
    notifications::tell(services, tx, &users, &telling).await
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
            reason: stored_reason(&row.reason)?,
            status: stored_status(&row.status)?,
            at: Timestamp::from(row.created_at),
        })
    };
    rows.into_iter().map(own).collect()
}
