//! What organizers change and hold: a draft beside the released session, which alone everybody else sees.

use domain::FieldErrors;
use domain::agenda::{SessionStatus, SessionTimes};
use domain::events::EventStatus;
use domain::ids::{AgendaSessionId, EventId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::changes::Told;
use super::hold::Held;
use super::queries::{self, DraftRow, StoredSession};
use super::status::announce_change;
use super::whole::read_status;
use crate::{Outcome, Services, chat};

/// Where a change of a session goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goes {
    /// To everybody, at once.
    Out,
    /// Into a draft, until it is released.
    IntoDraft,
}

impl Held {
    /// For a session that is new: nobody has seen it in a draft of the event.
    pub(super) const fn new_sessions_go(&self) -> Goes {
        if !self.holds_changes {
            return Goes::Out;
        }
        match self.status {
            EventStatus::Published | EventStatus::Cancelled | EventStatus::Archived => Goes::IntoDraft,
            EventStatus::Draft | EventStatus::Deleted => Goes::Out,
        }
    }

    /// What has a draft keeps it until its release, also when nothing more is held.
    pub(super) const fn changes_go(&self, stored: &StoredSession) -> Goes {
        if stored.has_draft { Goes::IntoDraft } else { self.new_sessions_go() }
    }
}

/// Keeps how a session will be.
///
/// # Errors
/// Database errors only.
pub(super) async fn keep(
    tx: &mut PgConnection,
    held: &Held,
    session: Uuid,
    after: &Told,
    venue_room: Option<Uuid>,
) -> Outcome<()> {
    let draft = DraftRow {
        title: &after.title,
        starts_at: after.times.map(SessionTimes::starts_at),
        ends_at: after.times.map(SessionTimes::ends_at),
        venue_room,
        is_cancelled: after.status == SessionStatus::Cancelled,
    };
    Ok(queries::set_draft(tx, (held.event, session), &draft).await?)
}

/// Sessions whose drafts went out; announce them after COMMIT.
#[must_use]
pub(crate) struct Released {
    event: EventId,
    sessions: Vec<(AgendaSessionId, Told)>,
}

impl Released {
    /// Tells that pages about them are stale.
    pub(crate) fn announce(&self, services: &Services) {
        for (session, told) in &self.sessions {
            announce_change(services, self.event, *session, told);
        }
    }
}

/// Makes every draft of an event what everybody sees, chat rooms' names included, in the caller's transaction. The
/// caller holds the event and has asked the policy.
///
/// # Errors
/// Database errors only.
pub(crate) async fn release_drafts(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
) -> Outcome<Released> {
    let mut sessions = Vec::new();
    for row in queries::release_drafts(tx, event, services.clock.now()).await? {
        chat::rename_session_rooms(tx, event, row.id, &row.title).await?;
        let times = row.starts_at.zip(row.ends_at).map(|(start, end)| SessionTimes::stored(start, end));
        let told = Told { title: row.title, times, room: None, status: read_status(&row.status)? };
        sessions.push((AgendaSessionId::new(row.id), told));
    }
    Ok(Released { event: EventId::new(event), sessions })
}

/// # Errors
/// [`FieldErrors`] under `start_date` while changes are held: their times are those of the event as it is.
pub(crate) async fn refuse_while_held(tx: &mut PgConnection, event: Uuid) -> Outcome<()> {
    if queries::has_drafts(tx, event).await? {
        let why = "Release the held changes of the agenda first; then the event can move.";
        return Err(FieldErrors::one("start_date", why).into());
    }
    Ok(())
}
