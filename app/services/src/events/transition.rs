//! The steps of an event's life that its organizers take (specification 8.2). Deleting it is a file of its own.

use domain::events::{EventStatus, EventVisibility, Missing, Transition, TransitionFacts};
use domain::ids::{EventId, OrganizationId};
use domain::organizations::AuditAction;
use domain::text::{self, Lines};
use domain::{AppError, FieldErrors, SignedIn};
use sqlx::PgConnection;
use time::Date;

use super::{EventStanding, news, queries, readiness};
use crate::mail::EventNewsKind;
use crate::notifications::Told;
use crate::organizations::audit::{self, AuditEntry};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services, attendees, db, invitations, uploads};

const MAX_REASON_CHARS: usize = 500;

/// DRAFT → PUBLISHED; publishing a published event is quiet success. Answers who can see it now.
///
/// # Errors
/// As the policy for [`domain::events::EventAction::Publish`] and [`Transition::check`].
pub async fn publish(services: &Services, person: &SignedIn, slug: &str) -> Outcome<EventVisibility> {
    let mut tx = db::begin(&services.db).await?;
    let (event, held) = begin(services, &mut tx, person, slug, Transition::Publish).await?;
    if let Some(held) = held {
        held.finish(services, &mut tx, person, None).await?;
        tx.commit().await?;
        announce(services, &event).await;
    }
    Ok(event.visibility)
}

/// PUBLISHED → DRAFT, as long as it has not begun and nobody registered. Again is quiet success, as for all steps.
///
/// # Errors
/// As the policy and [`Transition::check`].
pub async fn unpublish(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    simple(services, person, slug, Transition::Unpublish).await
}

/// PUBLISHED → CANCELLED: members and those who wait get a mail with the reason, open invitations end, and sessions
/// that were to come are cancelled with it.
///
/// # Errors
/// As the policy and [`Transition::check`]; [`FieldErrors`] on `reason`.
pub async fn cancel(services: &Services, person: &SignedIn, slug: &str, reason: &str) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let (event, held) = begin(services, &mut tx, person, slug, Transition::Cancel).await?;
    let Some(held) = held else { return Ok(()) };
    let reason = text::clean(reason, Lines::Many, 1, MAX_REASON_CHARS)
        .map_err(|error| FieldErrors::one("reason", error))?;
    held.finish(services, &mut tx, person, Some(&reason)).await?;
    queries::cancel_sessions(&mut tx, event.id, services.clock.now()).await?;
    invitations::cancel_all_of_event(services, &mut tx, EventId::new(event.id)).await?;
    let cancelled = EventNewsKind::Cancelled { reason: &reason };
    let news = news::tell_members(services, &mut tx, event.id, person, cancelled).await?;
    tx.commit().await?;
    services.outbox.wake();
    news.announce(services);
    announce(services, &event).await;
    Ok(())
}

/// CANCELLED → PUBLISHED, with the sessions that were cancelled with it.
///
/// # Errors
/// As the policy and [`Transition::check`].
pub async fn reinstate(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    simple(services, person, slug, Transition::Reinstate).await
}

/// PUBLISHED (when it is over) or CANCELLED → ARCHIVED: from then on it can only be read.
///
/// # Errors
/// As the policy and [`Transition::check`].
pub async fn archive(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    simple(services, person, slug, Transition::Archive).await
}

/// ARCHIVED → PUBLISHED: writing is open again, and the clock doesn't archive it any more.
///
/// # Errors
/// As the policy and [`Transition::check`].
pub async fn reopen(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    simple(services, person, slug, Transition::Reopen).await
}

async fn simple(services: &Services, person: &SignedIn, slug: &str, step: Transition) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let (event, held) = begin(services, &mut tx, person, slug, step).await?;
    let Some(held) = held else { return Ok(()) };
    held.finish(services, &mut tx, person, None).await?;
    let mut moved_up = Told::default();
    if matches!(step, Transition::Reinstate | Transition::Reopen) {
        queries::reinstate_sessions(&mut tx, event.id, services.clock.now()).await?;
        // Nobody moved up in the meantime.
        moved_up = attendees::free_seats(services, &mut tx, &[event.id]).await?;
    }
    tx.commit().await?;
    services.outbox.wake();
    moved_up.announce(services);
    announce(services, &event).await;
    Ok(())
}

/// Who sees what has changed: pictures move, and open sockets are asked again.
pub(super) async fn announce(services: &Services, event: &EventStanding) {
    services.bus.recheck_everybody();
    uploads::settle_event(services, event.id).await;
}

/// An event that is locked and may take the step.
pub(super) struct Held {
    pub(super) event: uuid::Uuid,
    pub(super) row: queries::LifeRow,
    pub(super) step: Transition,
}

/// Locks the event and asks policy and conditions; without [`Held`] it is where the step leads already.
async fn begin(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
    step: Transition,
) -> Outcome<(EventStanding, Option<Held>)> {
    let event = super::hold(services, tx, person.user, slug).await?;
    event.may(step.action())?;
    let status = event.standing.event_status;
    if status == step.target() {
        return Ok((event, None));
    }
    let held = check(services, tx, event.id, status, step).await?;
    Ok((event, Some(held)))
}

/// Asks the conditions of a step in an event that the caller has locked.
pub(super) async fn check(
    services: &Services,
    tx: &mut PgConnection,
    event: uuid::Uuid,
    status: EventStatus,
    step: Transition,
) -> Outcome<Held> {
    let conditions = Conditions::load(services, tx, event).await?;
    conditions.check(status, step)?;
    Ok(Held { event, row: conditions.row, step })
}

/// What the conditions of all steps are asked of.
pub(super) struct Conditions {
    row: queries::LifeRow,
    today: Date,
    missing: Vec<Missing>,
}

impl Conditions {
    /// Two statements.
    pub(super) async fn load(
        services: &Services,
        connection: &mut PgConnection,
        event: uuid::Uuid,
    ) -> Outcome<Self> {
        let now = services.clock.now();
        let row = queries::life(&mut *connection, event).await?;
        let today = TimeZoneName::stored(&row.time_zone)?.date_at(now);
        let missing = readiness::missing(&queries::readiness(&mut *connection, event).await?, now)?;
        Ok(Self { row, today, missing })
    }

    /// Whether an event of this status may take the step.
    ///
    /// # Errors
    /// As [`Transition::check`].
    pub(super) fn check(&self, status: EventStatus, step: Transition) -> Result<(), AppError> {
        step.check(
            status,
            &TransitionFacts {
                has_started: self.row.start_date <= self.today,
                is_past: self.row.end_date < self.today,
                has_registrations: self.row.has_registrations,
                missing: &self.missing,
            },
        )
    }
}

impl Held {
    pub(super) async fn finish(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        person: &SignedIn,
        reason: Option<&str>,
    ) -> Outcome<()> {
        let now = services.clock.now();
        let reopened = self.step == Transition::Reopen;
        queries::set_status(tx, self.event, self.step.target().as_str(), reason, reopened, now).await?;
        self.record(services, tx, person).await
    }

    /// Writes the log of the organization.
    pub(super) async fn record(
        &self,
        services: &Services,
        tx: &mut PgConnection,
        person: &SignedIn,
    ) -> Outcome<()> {
        let action = match self.step {
            Transition::Publish => AuditAction::EventPublished,
            Transition::Unpublish => AuditAction::EventUnpublished,
            Transition::Cancel => AuditAction::EventCancelled,
            Transition::Reinstate => AuditAction::EventReinstated,
            Transition::Archive => AuditAction::EventArchived,
            Transition::Reopen => AuditAction::EventReopened,
            Transition::Delete => AuditAction::EventDeleted,
            Transition::Restore => AuditAction::EventRestored,
        };
        let entry = AuditEntry {
            event: Some(EventId::new(self.event)),
            subject: Some(&self.row.title),
            subject_id: Some(self.event),
            ..AuditEntry::new(OrganizationId::new(self.row.organization_id), person, action)
        };
        audit::record(services, tx, &entry).await
    }
}
