use domain::attendees::EventRole;
use domain::attending::{SessionAction, SessionFacts, may};
use domain::events::EventAction;
use domain::ids::AgendaSessionId;
use domain::paging::{Page, PageRequest};
use domain::time::Timestamp;
use domain::{SignedIn, Viewer};

use super::queries;
use crate::events::{self, EventHead};
use crate::{Outcome, Services, agenda, db};

/// The public list of what changed in an agenda since it was published.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangesPage {
    pub head: EventHead,
    /// `None` for visitors.
    pub role: Option<EventRole>,
    pub changes: Page<AgendaChange>,
    /// How many wait for their release; for organizers only.
    pub held: i64,
}

/// One field of one session, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaChange {
    pub session: AgendaSessionId,
    pub title: String,
    pub field: &'static str,
    pub old: Option<String>,
    pub new: Option<String>,
    pub at: Timestamp,
}

/// The list, newest first: four statements at most.
///
/// # Errors
/// As the policy for [`SessionAction::See`]; [`domain::AppError::NoSuchPage`].
pub async fn changes(
    services: &Services,
    viewer: &Viewer,
    slug: &str,
    request: PageRequest,
) -> Outcome<ChangesPage> {
    let (head, standing) = events::head_with_standing(services, viewer.user(), slug).await?;
    let facts = SessionFacts { is_scheduled: true, is_speaker: false };
    may(SessionAction::See, head.visibility, &standing, facts)?;
    let role = standing.effective_role();
    let event = head.id.get();
    let total = queries::count_changes(&services.db, event).await?;
    let rows = queries::changes(&services.db, event, request.limit(), request.offset()).await?;
    let held = match role {
        Some(role) if role.is_organizer() => queries::count_held(&services.db, event).await?,
        Some(_) | None => 0,
    };
    let changes = Page::of(rows.into_iter().map(AgendaChange::from).collect(), request, total)?;
    Ok(ChangesPage { head, role, changes, held })
}

/// Releases the changes that were held, all together: from here on everybody sees them. None is fine.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`].
pub async fn release_changes(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = events::hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::EditDetails)?;
    let released = agenda::release_drafts(services, &mut tx, event.id).await?;
    queries::release(&mut tx, event.id, services.clock.now()).await?;
    tx.commit().await?;
    released.announce(services);
    Ok(())
}

/// The word for a stored field.
pub(super) fn field_label(field: &str) -> &'static str {
    match field {
        "TITLE" => "Title",
        "TIME" => "Time",
        "ROOM" => "Room",
        _ => "Status",
    }
}

impl From<queries::ChangeRow> for AgendaChange {
    fn from(row: queries::ChangeRow) -> Self {
        Self {
            session: AgendaSessionId::new(row.session_id),
            title: row.title,
            field: field_label(&row.field),
            old: row.old_value,
            new: row.new_value,
            at: Timestamp::from(row.released_at),
        }
    }
}
