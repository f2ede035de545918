use std::collections::BTreeSet;

use domain::attendees::EventRole;
use domain::events::EventAction;
use domain::ids::{ChatRoomId, EventId, ReportId, UserId};
use domain::moderation::{
    AlsoDelete, HandlingNote, ModerationAction, MuteDuration, ReportStatus, ReportTarget, RestrictionReason,
    Verdict,
};
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::filing::{stored_status, stored_target};
use super::log::{self, Entry};
use super::queries;
use super::telling::{Closed, mark_done_queue_read, queue_changed, queue_readers, tell_reporter};
use crate::attendees::{self, Restricted, Restriction};
use crate::chat::DeletedMessages;
use crate::events::{self, EventStanding};
use crate::notifications::Told;
use crate::{Outcome, ServiceError, Services, chat, db};

/// How a moderator answers a report, as the form posts it.
#[derive(Debug, Clone, Default)]
pub struct Handling {
    pub verdict: String,
    /// For a mute.
    pub duration: String,
    /// For a warning, a mute and a ban; the person reads it. For a deletion, if there is one.
    pub reason: String,
    pub note: String,
    /// For a ban: which of their messages go with it.
    pub delete: String,
}

/// The same, parsed.
struct Answer {
    restriction: Option<Restriction>,
    warns: Option<RestrictionReason>,
    verdict: Verdict,
    note: HandlingNote,
}

/// A report somebody may answer, locked with its event.
struct Held {
    event: EventStanding,
    report: ReportId,
    target: ReportTarget,
    /// Where the message stands.
    room: Option<ChatRoomId>,
    person: UserId,
    person_name: String,
    reporter: UserId,
    organizers_only: bool,
    event_title: String,
    status: ReportStatus,
    claimed_by: Option<(Uuid, String)>,
}

/// Takes a report, so that nobody else works on it.
///
/// # Errors
/// As the policy for [`EventAction::Moderate`]; [`domain::AppError::NotFound`] also for a report about oneself;
/// [`Conflict::ReportTaken`], [`Conflict::ReportClosed`].
pub async fn claim(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    report: Option<ReportId>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, report).await?;
    held.is_free_for(person)?;
    if held.claimed_by.is_some() {
        return Ok(());
    }
    queries::claim(&mut tx, held.report.get(), person.user.get(), services.clock.now()).await?;
    held.record(services, &mut tx, person, ModerationAction::ClaimReport, None).await?;
    held.commit_and_show(services, tx).await
}

/// Gives a report back to the queue; one that is in it stays there.
///
/// # Errors
/// As [`claim`].
pub async fn release(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    report: Option<ReportId>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, report).await?;
    held.is_free_for(person)?;
    queries::release(&mut tx, held.report.get()).await?;
    held.commit_and_show(services, tx).await
}

/// Answers a report: what is decided is done, and the report closed, in one transaction. The reporter learns whether
/// something was done, no more.
///
/// # Errors
/// As [`claim`]; [`FieldErrors`] on `verdict`, `duration`, `reason`, `note` and `delete`; as [`attendees::ban`] for what is done to
/// the person.
pub async fn handle(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    report: Option<ReportId>,
    typed: &Handling,
) -> Outcome<()> {
    if Verdict::from_stored(&typed.verdict) == Some(Verdict::DeleteMessage) {
        delete_reported(services, person, slug, report, typed).await?;
    }
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, report).await?;
    held.is_free_for(person)?;
    let answer = parse(typed)?;
    let mut done = act(services, &mut tx, person, slug, &held, &answer).await?;
    let (status, action) = match answer.verdict {
        Verdict::Dismiss => (ReportStatus::Dismissed, ModerationAction::DismissReport),
        Verdict::DeleteMessage | Verdict::Warn | Verdict::Mute | Verdict::Ban => {
            (ReportStatus::Resolved, ModerationAction::ResolveReport)
        }
    };
    let closing = queries::Closing {
        report: held.report.get(),
        status: status.as_str(),
        verdict: answer.verdict.as_str(),
        note: answer.note.as_option(),
        by: person.user.get(),
        now: services.clock.now(),
    };
    queries::close(&mut tx, &closing).await?;
    held.record(services, &mut tx, person, action, answer.note.as_option()).await?;
    let closed =
        Closed { report: held.report, reporter: held.reporter, status, slug, title: &held.event_title };
    done.told.push(tell_reporter(services, &mut tx, person, &closed).await?);
    let caught_up = mark_done_queue_read(services, &mut tx, held.event.id).await?;
    done.looks_again = held.readers(services, &mut tx).await?.into_iter().chain(caught_up).collect();
    tx.commit().await?;
    done.announce(services).await;
    Ok(())
}

/// Deletes the reported message before the report is closed: a room orders the changes of its messages by itself, in a
/// transaction of its own. Between both there is nothing to repair: deleting it again changes nothing.
async fn delete_reported(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    report: Option<ReportId>,
    typed: &Handling,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, report).await?;
    held.is_free_for(person)?;
    parse(typed)?;
    tx.rollback().await?;
    match (held.target, held.room) {
        (ReportTarget::Message(message), Some(room)) => {
            chat::delete(services, person, room, message, &typed.reason).await.map(drop)
        }
        _ => Err(FieldErrors::one("verdict", "Only messages of rooms can be deleted.").into()),
    }
}

/// What COMMIT makes public.
#[derive(Default)]
struct Done {
    muted: Option<UserId>,
    banned: Option<(EventId, UserId)>,
    deleted: DeletedMessages,
    told: Vec<Told>,
    /// Whose queue or bell shows something else.
    looks_again: BTreeSet<UserId>,
}

impl Done {
    async fn announce(self, services: &Services) {
        for told in self.told {
            told.announce(services);
        }
        queue_changed(services, self.looks_again);
        self.deleted.announce();
        if let Some(user) = self.muted {
            attendees::word_changed(services, user);
        }
        if let Some((event, user)) = self.banned {
            attendees::ban_changed(services, event, user).await;
        }
    }
}

async fn act(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
    held: &Held,
    answer: &Answer,
) -> Outcome<Done> {
    let report = Some(held.report);
    if let Some(reason) = &answer.warns {
        let target = (slug, held.person);
        let user = attendees::restrict_in(services, tx, person, target, report, None).await?.user;
        let (now, event) = (services.clock.now(), held.event.id);
        let (id, by) = (services.rng.id(now), person.user.get());
        queries::insert_warning(tx, id, (event, user.get()), by, reason.as_str(), now).await?;
        let entry = Entry {
            subject_id: Some(user.get()),
            report,
            reason: Some(reason.as_str()),
            ..Entry::new(event, person, ModerationAction::Warn, &held.person_name)
        };
        log::record(services, tx, &entry).await?;
        let told = attendees::tell_of_warning(services, tx, person, target, reason).await?;
        return Ok(Done { told: vec![told], ..Done::default() });
    }
    if let Some(restriction) = &answer.restriction {
        let target = (slug, held.person);
        let Restricted { user, told, deleted } =
            attendees::restrict_in(services, tx, person, target, report, Some(restriction)).await?;
        let done = Done { told: vec![told], deleted, ..Done::default() };
        return Ok(match restriction {
            Restriction::Mute { .. } => Done { muted: Some(user), ..done },
            Restriction::Ban { .. } => Done { banned: Some((EventId::new(held.event.id), user)), ..done },
        });
    }
    Ok(Done::default())
}

fn parse(typed: &Handling) -> Outcome<Answer> {
    let mut errors = FieldErrors::default();
    let verdict = Verdict::from_stored(&typed.verdict).ok_or("Choose what to do.");
    let verdict = errors.take("verdict", verdict);
    let note = errors.take("note", HandlingNote::parse(&typed.note));
    let delete = errors.take("delete", AlsoDelete::parse(&typed.delete).ok_or("Choose one of these."));
    let mut answer = match (verdict, note) {
        (Some(verdict), Some(note)) => Some(Answer { restriction: None, warns: None, verdict, note }),
        _ => None,
    };
    let reason = match verdict {
        None | Some(Verdict::Dismiss | Verdict::DeleteMessage) => None,
        Some(Verdict::Warn | Verdict::Mute | Verdict::Ban) => {
            errors.take("reason", RestrictionReason::parse(&typed.reason))
        }
    };
    if let Some(answer) = &mut answer {
        match (answer.verdict, reason) {
            (Verdict::Warn, reason) => answer.warns = reason,
            (Verdict::Mute, reason) => {
                let duration = MuteDuration::from_stored(&typed.duration).ok_or("Choose how long.");
                let duration = errors.take("duration", duration);
                answer.restriction =
                    reason.zip(duration).map(|(reason, duration)| Restriction::Mute { reason, duration });
            }
            (Verdict::Ban, reason) => {
                let note = answer.note.as_option().map(ToOwned::to_owned);
                let ban = |(reason, delete)| Restriction::Ban { reason, note, delete };
                answer.restriction = reason.zip(delete).map(ban);
            }
            (Verdict::Dismiss | Verdict::DeleteMessage, _) => {}
        }
    }
    match answer {
        Some(answer) if errors.is_empty() => Ok(answer),
        _ => Err(errors.into()),
    }
}

/// Locks event and report for somebody who may answer it.
async fn hold(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
    report: Option<ReportId>,
) -> Outcome<Held> {
    let event = events::hold(services, tx, person.user, slug).await?;
    event.may(EventAction::Moderate)?;
    let report = report.ok_or(ServiceError::NOT_FOUND)?;
    let row = queries::lock_report(tx, event.id, report.get()).await?.ok_or(ServiceError::NOT_FOUND)?;
    let organizes = event.standing.effective_role().is_some_and(EventRole::is_organizer);
    if row.person_id == person.user.get() || row.organizers_only && !organizes {
        return Err(ServiceError::NOT_FOUND);
    }
    Ok(Held {
        event,
        report,
        target: stored_target(&row.target_kind, row.target_id)?,
        room: row.room_id.map(ChatRoomId::new),
        person: UserId::new(row.person_id),
        person_name: row.person,
        reporter: UserId::new(row.reporter_id),
        organizers_only: row.organizers_only,
        event_title: row.event_title,
        status: stored_status(&row.status)?,
        claimed_by: row.claimed_by.zip(row.claimed_by_name),
    })
}

impl Held {
    /// Who sees it in the queue.
    async fn readers(&self, services: &Services, tx: &mut PgConnection) -> Outcome<Vec<UserId>> {
        queue_readers(services, tx, self.event.id, self.person, self.organizers_only).await
    }

    /// Open queues show who is on it.
    async fn commit_and_show(
        &self,
        services: &Services,
        mut tx: sqlx::Transaction<'_, sqlx::Postgres>,
    ) -> Outcome<()> {
        let readers = self.readers(services, &mut tx).await?;
        tx.commit().await?;
        queue_changed(services, readers);
        Ok(())
    }

    fn is_free_for(&self, person: &SignedIn) -> Result<(), Conflict> {
        if self.status.is_closed() {
            return Err(Conflict::ReportClosed);
        }
        match &self.claimed_by {
            Some((by, name)) if *by != person.user.get() => Err(Conflict::ReportTaken { by: name.clone() }),
            Some(_) | None => Ok(()),
        }
    }

    async fn record(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        person: &SignedIn,
        action: ModerationAction,
        note: Option<&str>,
    ) -> Outcome<()> {
        let entry = Entry {
            subject_id: Some(self.person.get()),
            report: Some(self.report),
            note,
            organizers_only: self.organizers_only,
            ..Entry::new(self.event.id, person, action, &self.person_name)
        };
        log::record(services, tx, &entry).await
    }
}
