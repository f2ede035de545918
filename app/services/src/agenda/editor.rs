use domain::attendees::EventRole;
use domain::events::{EventAction, may};
use domain::ids::AgendaSessionId;
use domain::{Denied, SignedIn};

use super::fields::SessionFields;
use super::page::zone_of;
use super::speakers::{Candidate, candidates};
use super::whole::{self, Agenda, AgendaSession};
use super::{UNDO_TIME, queries};
use crate::events::{self, EventHead};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services};

/// The whole agenda for organizers, the tray and what was just deleted included.
#[derive(Debug, Clone, PartialEq)]
pub struct EditorPage {
    pub head: EventHead,
    pub role: EventRole,
    /// False in an archived event.
    pub can_change: bool,
    pub zone: TimeZoneName,
    pub agenda: Agenda,
    pub deleted: Vec<Deleted>,
}

/// A session that can still be brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    pub id: AgendaSessionId,
    pub title: String,
}

/// One session with all its fields, and the agenda around it.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionEditor {
    pub page: EditorPage,
    pub session: AgendaSession,
    pub fields: SessionFields,
    pub version: i32,
    /// Who was looked for.
    pub found: Vec<Candidate>,
}

/// Opens the editor: four statements, whatever the agenda's size.
///
/// # Errors
/// As the policy for [`EventAction::SeeDashboard`].
pub async fn editor(services: &Services, person: &SignedIn, slug: &str) -> Outcome<EditorPage> {
    let page = load(services, person, slug).await?;
    let mut connection = services.db.acquire().await?;
    let since = services.clock.now() - UNDO_TIME;
    let rows = queries::deleted_since(&mut connection, page.head.id.get(), since).await?;
    let deleted = rows.into_iter().map(|row| Deleted { id: AgendaSessionId::new(row.id), title: row.title });
    Ok(EditorPage { deleted: deleted.collect(), ..page })
}

/// All but what was deleted: three statements.
async fn load(services: &Services, person: &SignedIn, slug: &str) -> Outcome<EditorPage> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeeDashboard, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(Denied::OrganizersOnly)?;
    let can_change = may(EventAction::EditAgenda, head.visibility, &standing).is_ok();
    let zone = zone_of(&head)?;
    let mut connection = services.db.acquire().await?;
    let agenda = whole::of_event(&mut connection, head.id, true).await?;
    Ok(EditorPage { head, role, can_change, zone, agenda, deleted: Vec::new() })
}

/// Opens one session with the agenda around it, and members whose name holds `search`: five statements.
///
/// # Errors
/// As [`editor`], and [`domain::AppError::NotFound`].
pub async fn open_in_editor(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    search: &str,
) -> Outcome<SessionEditor> {
    let page = load(services, person, slug).await?;
    let found = if page.can_change { candidates(services, page.head.id, search).await? } else { Vec::new() };
    let mut connection = services.db.acquire().await?;
    let stored = queries::stored_session(&mut connection, page.head.id.get(), session.get()).await?;
    let stored = stored.ok_or(ServiceError::NOT_FOUND)?;
    let session = page.agenda.session(session).cloned().ok_or(ServiceError::NOT_FOUND)?;
    Ok(SessionEditor { fields: stored.fields(&page.zone), version: stored.version, session, found, page })
}
