use domain::SignedIn;
use domain::ids::ReportId;
use domain::moderation::{ModerationAction, MuteDuration};
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

/// One thing a moderator did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) event: Uuid,
    /// Kept with the name they have now.
    pub(crate) actor: &'a SignedIn,
    pub(crate) action: ModerationAction,
    /// Whom or what it was done to, as it is called now.
    pub(crate) subject: &'a str,
    pub(crate) subject_id: Option<Uuid>,
    pub(crate) message: Option<Uuid>,
    pub(crate) report: Option<ReportId>,
    pub(crate) reason: Option<&'a str>,
    /// Of a ban, for the other moderators.
    pub(crate) note: Option<&'a str>,
    pub(crate) duration: Option<MuteDuration>,
    /// About a room that moderators don't read, so that they don't read of it here.
    pub(crate) organizers_only: bool,
}

impl<'a> Entry<'a> {
    /// An entry about somebody or something, for `..`.
    pub(crate) const fn new(
        event: Uuid,
        actor: &'a SignedIn,
        action: ModerationAction,
        subject: &'a str,
    ) -> Self {
        Self {
            event,
            actor,
            action,
            subject,
            subject_id: None,
            message: None,
            report: None,
            reason: None,
            note: None,
            duration: None,
            organizers_only: false,
        }
    }
}

/// Writes an entry in the caller's transaction: what is told happened, what happened is told.
///
/// # Errors
/// Database errors only.
pub(crate) async fn record(services: &Services, tx: &mut PgConnection, entry: &Entry<'_>) -> Outcome<()> {
    let now = services.clock.now();
    let row = queries::NewEntry {
        id: services.rng.id(now),
        event: entry.event,
        actor: entry.actor.user.get(),
        actor_name: &entry.actor.full_name,
        action: entry.action.as_str(),
        subject: entry.subject,
        subject_id: entry.subject_id,
        message: entry.message,
        report: entry.report.map(ReportId::get),
        reason: entry.reason,
        note: entry.note,
        duration: entry.duration.map(MuteDuration::as_str),
        organizers_only: entry.organizers_only,
        now,
    };
    Ok(queries::insert_entry(tx, &row).await?)
}

/// One of several messages the same was done to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OfMessage {
    pub(crate) message: Uuid,
    /// As [`Entry::organizers_only`].
    pub(crate) organizers_only: bool,
}

/// As [`record`], once for each of these messages: one statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn record_each(
    services: &Services,
    tx: &mut PgConnection,
    entry: &Entry<'_>,
    messages: &[OfMessage],
) -> Outcome<()> {
    let now = services.clock.now();
    let row = queries::NewEntries {
        ids: &messages.iter().map(|_| services.rng.id(now)).collect::<Vec<_>>(),
        messages: &messages.iter().map(|of| of.message).collect::<Vec<_>>(),
        organizers_only: &messages.iter().map(|of| of.organizers_only).collect::<Vec<_>>(),
        event: entry.event,
        actor: entry.actor.user.get(),
        actor_name: &entry.actor.full_name,
        action: entry.action.as_str(),
        subject: entry.subject,
        subject_id: entry.subject_id,
        reason: entry.reason,
        now,
    };
    Ok(queries::insert_entries(tx, &row).await?)
}
