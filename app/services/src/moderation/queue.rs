use domain::attendees::{EventRole, Standing};
use domain::events::{EventAction, EventStatus, EventVisibility, may};
use domain::ids::{ChatRoomId, ReportId, UserId};
use domain::moderation::{ReportReason, ReportStatus, ReportTarget, SnapshotLine, Verdict};
use domain::paging::{Page, PageRequest};
use domain::search::SearchText;
use domain::time::Timestamp;
use domain::{AppError, FieldErrors, SignedIn};

use time::Duration;

use super::filing::{stored_reason, stored_status, stored_target};
use super::queries::{self, ReportRow};
use crate::attendees::{out_of_reach, stored_role};
use crate::chat::{self, HeldMessage};
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services};

/// Which half of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueueView {
    /// To be answered, taken by somebody or not.
    #[default]
    Open,
    Closed,
}

impl QueueView {
    pub const ALL: [Self; 2] = [Self::Open, Self::Closed];

    /// As it stands in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Closed => "CLOSED",
        }
    }

    /// The words shown to moderators.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "To answer",
            Self::Closed => "Answered",
        }
    }
}

/// What somebody looks for in the queue.
#[derive(Debug, Clone, Default)]
pub struct QueueFilter {
    pub view: QueueView,
    pub reason: Option<ReportReason>,
    /// In the name of who is reported.
    pub text: SearchText,
}

impl QueueFilter {
    /// # Errors
    /// One entry per field: an unknown choice, or a text that is too short or too long.
    pub fn parse(
        view: Option<&str>,
        reason: Option<&str>,
        search: Option<&str>,
    ) -> Result<Self, FieldErrors> {
        const UNKNOWN: &str = "Choose one of these.";
        let mut errors = FieldErrors::default();
        let view = match view.filter(|view| !view.is_empty()) {
            None => Some(QueueView::default()),
            Some(asked) => {
                let known = QueueView::ALL.into_iter().find(|view| view.as_str() == asked);
                errors.take("view", known.ok_or(UNKNOWN))
            }
        };
        let reason = match reason.filter(|reason| !reason.is_empty()) {
            None => Some(None),
            Some(asked) => errors.take("reason", ReportReason::from_stored(asked).ok_or(UNKNOWN)).map(Some),
        };
        let text = match SearchText::parse(search) {
            Ok(text) => Some(text),
            Err(refused) => {
                refused.iter().for_each(|(field, message)| errors.add(field, message));
                None
            }
        };
        match (view, reason, text) {
            (Some(view), Some(reason), Some(text)) => Ok(Self { view, reason, text }),
            _ => Err(errors),
        }
    }
}

/// Why somebody can't be banned whom the viewer reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoBan {
    Banned,
    /// The event would be without an admin.
    LastAdmin,
}

/// A report as a moderator reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuedReport {
    pub id: ReportId,
    pub target: ReportTarget,
    pub person: UserId,
    pub person_name: String,
    pub reporter_name: String,
    /// Where the message stands.
    pub room: Option<(ChatRoomId, String)>,
    pub reason: ReportReason,
    pub text: String,
    pub snapshot: Vec<SnapshotLine>,
    pub status: ReportStatus,
    /// Who is on it, by name; and whether it is the viewer.
    pub claimed_by: Option<(String, bool)>,
    pub answer: Option<(Verdict, Option<String>)>,
    pub note: Option<String>,
    pub at: Timestamp,
    pub closed_at: Option<Timestamp>,
    /// Other open reports about the same person in this event.
    pub others_open: i64,
    /// Why the viewer may not warn, mute or ban them; [`AppError::NotFound`] for who is not there any more.
    pub out_of_reach: Option<AppError>,
    /// Why a ban can't follow, where a warning and a mute can.
    pub no_ban: Option<NoBan>,
    /// Whether it is a message that can be deleted.
    pub is_deletable: bool,
}

/// One page of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportQueue {
    pub head: EventHead,
    pub role: EventRole,
    pub open: i64,
    pub closed: i64,
    pub reports: Page<QueuedReport>,
    /// Messages that wait for a review.
    pub held: Vec<HeldMessage>,
}

/// The queue of an event: four statements. Moderators don't see reports from rooms they don't read; nobody sees one
/// about themselves.
///
/// # Errors
/// As the policy for [`EventAction::Moderate`]; [`domain::AppError::NoSuchPage`].
pub async fn queue(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    filter: &QueueFilter,
    request: PageRequest,
) -> Outcome<ReportQueue> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::Moderate, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let wanted = queries::WantedReports {
        event: head.id.get(),
        viewer: person.user.get(),
        is_organizer: role.is_organizer(),
        closed: filter.view == QueueView::Closed,
        reason: filter.reason.map(ReportReason::as_str),
        text: filter.text.as_str(),
    };
    let counts = queries::count_reports(&services.db, wanted).await?;
    let rows = queries::reports(&services.db, wanted, request.limit(), request.offset()).await?;
    let sight = (head.visibility, &standing, head.status == EventStatus::Archived);
    let rows = rows.into_iter().map(|row| queued(row, person, sight)).collect::<Outcome<Vec<_>>>()?;
    let held = chat::held(services, head.id, &standing).await?;
    Ok(ReportQueue {
        held,
        head,
        role,
        open: counts.open,
        closed: counts.closed,
        reports: Page::of(rows, request, counts.found)?,
    })
}

fn queued(
    row: ReportRow,
    viewer: &SignedIn,
    (visibility, standing, is_archived): (EventVisibility, &Standing, bool),
) -> Outcome<QueuedReport> {
    let verdict = |stored: &str| {
        Verdict::from_stored(stored).ok_or_else(|| ServiceError::unknown_value("reports.verdict", stored))
    };
    let snapshot = serde_json::from_value(row.snapshot)
        .map_err(|error| ServiceError::Broken(format!("a snapshot in the database: {error}")))?;
    let role = row.person_role.as_deref().map(stored_role).transpose()?;
    let out_of_reach = match role.or(row.is_owner.then_some(EventRole::Admin)).filter(|_| row.is_active) {
        Some(role) => out_of_reach((role, row.is_owner), visibility, standing),
        None => Some(AppError::NotFound),
    };
    Ok(QueuedReport {
        out_of_reach,
        no_ban: match (row.is_banned, row.is_last_admin) {
            (true, _) => Some(NoBan::Banned),
            (false, true) => Some(NoBan::LastAdmin),
            (false, false) => None,
        },
        is_deletable: row.is_room_there && row.target_kind == "MESSAGE" && !is_archived,
        id: ReportId::new(row.id),
        target: stored_target(&row.target_kind, row.target_id)?,
        person: UserId::new(row.person_id),
        person_name: domain::accounts::full_name(&row.person_first, &row.person_last),
        reporter_name: row.reporter,
        room: row.room_id.map(ChatRoomId::new).zip(row.room),
        reason: stored_reason(&row.reason)?,
        text: row.body,
        snapshot,
        status: stored_status(&row.status)?,
        claimed_by: row.claimed_by_name.map(|name| (name, row.claimed_by == Some(viewer.user.get()))),
        answer: row.verdict.as_deref().map(verdict).transpose()?.map(|verdict| (verdict, row.closed_by_name)),
        note: row.note,
        at: Timestamp::from(row.created_at),
        closed_at: row.closed_at.map(Timestamp::from),
        others_open: row.others_open,
    })
}

/// How long a report keeps what was said, once it is answered (specification 3.9).
const KEPT_FOR: Duration = Duration::days(90);

/// Forgets reports answered, and messages reviewed, more than 90 days ago.
///
/// # Errors
/// Database errors only.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let before = services.clock.now() - KEPT_FOR;
    queries::sweep_reports(&services.db, before).await?;
    chat::sweep_held(services, before).await
}
