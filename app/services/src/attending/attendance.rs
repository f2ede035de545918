use domain::SignedIn;
use domain::attendees::EventRole;
use domain::attending::{SessionAction, may_mark_now};
use domain::ids::{AgendaSessionId, FileId, UserId};
use domain::limits::{Pause, Rule};
use domain::paging::{Page, PageRequest};
use domain::search::SearchText;
use domain::time::Timestamp;
use time::Duration;

use super::{queries, seen, seen_in};
use crate::events::{self, EventHead};
use crate::limits::{self, Limit};
use crate::spreadsheet::{Sheet, in_utc};
use crate::{Outcome, ServiceError, Services, db};

/// Who signed up for a session and who came.
#[derive(Debug, Clone, PartialEq)]
pub struct AttendanceList {
    pub head: EventHead,
    pub role: EventRole,
    pub session: AgendaSessionId,
    pub title: String,
    pub sign_up_count: i32,
    pub attended_count: i64,
    pub capacity: Option<i32>,
    /// Marks are taken now.
    pub is_open: bool,
    pub can_export: bool,
    pub people: Page<Attendee>,
}

/// One person of the list; with a search also members who did not sign up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
    pub is_signed_up: bool,
    /// When they were marked as present, and by whom.
    pub attended: Option<(Timestamp, String)>,
}

/// The most rows one file holds: nobody seats more.
const MAX_CSV_ROWS: i64 = 100_000;
/// As other exports (specification 21.2).
const EXPORTS: Rule = Rule { max: 10, window: Duration::HOUR, pause: Pause::Rest };

/// The list: four statements.
///
/// # Errors
/// As the policy for [`SessionAction::SeeSignUps`]; [`domain::AppError::NoSuchPage`].
pub async fn attendance(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    search: &SearchText,
    request: PageRequest,
) -> Outcome<AttendanceList> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    let seen = seen(services, Some(person.user), slug, session).await?;
    seen.may(SessionAction::SeeSignUps)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let wanted = queries::Wanted {
        event: seen.event.get(),
        session: session.get(),
        text: search.as_str(),
        limit: request.limit(),
        offset: request.offset(),
    };
    let counts = queries::count_attendees(&services.db, &wanted).await?;
    let rows = queries::attendees(&services.db, &wanted).await?;
    let people = rows.into_iter().map(Attendee::from).collect();
    Ok(AttendanceList {
        role,
        session,
        sign_up_count: seen.sign_up_count,
        attended_count: counts.attended,
        capacity: seen.capacity,
        is_open: seen.may(SessionAction::MarkAttendance).is_ok()
            && may_mark_now(seen.starts_at, services.clock.now()).is_ok(),
        can_export: seen.may(SessionAction::ExportAttendance).is_ok(),
        people: Page::of(people, request, counts.found)?,
        title: seen.title,
        head,
    })
}

/// Marks a member as present, or takes the mark back. What is so already stays so, with its first time and marker.
///
/// # Errors
/// As the policy for [`SessionAction::MarkAttendance`]; [`domain::Conflict::AttendanceTooEarly`];
/// [`domain::AppError::NotFound`] for somebody who is no active member.
pub async fn mark(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    user: Option<UserId>,
    is_present: bool,
) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let seen = seen_in(&mut tx, Some(person.user), slug, session).await?;
    seen.may(SessionAction::MarkAttendance)?;
    may_mark_now(seen.starts_at, now)?;
    let user = user.ok_or(ServiceError::NOT_FOUND)?;
    let (event, session, user) = (seen.event.get(), session.get(), user.get());
    let is_known = if is_present {
        queries::mark(&mut tx, event, session, user, person.user.get(), now).await?
    } else {
        queries::unmark(&mut tx, event, session, user).await?
    };
    if !is_known {
        return Err(ServiceError::NOT_FOUND);
    }
    tx.commit().await?;
    Ok(())
}

/// The whole list as CSV, for organizers: names, addresses, times in UTC.
///
/// # Errors
/// As the policy for [`SessionAction::ExportAttendance`]; [`domain::AppError::TooMany`] after ten exports an hour.
pub async fn attendance_csv(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<String> {
    let seen = seen(services, Some(person.user), slug, session).await?;
    seen.may(SessionAction::ExportAttendance)?;
    limits::take(services, &[Limit::new(EXPORTS, "exports", &[&person.user.to_string()])]).await?;
    let rows = queries::all_attendees(&services.db, seen.event.get(), session.get(), MAX_CSV_ROWS).await?;
    let mut sheet = Sheet::new(["Name", "Email address", "Signed up at", "Present since", "Marked by"])?;
    for row in rows {
        let signed_up = row.is_signed_up.then_some(row.signed_up_at).flatten();
        let name = domain::accounts::full_name(&row.first_name, &row.last_name);
        let (signed_up, present) = (in_utc(signed_up), in_utc(row.attended_at));
        sheet.row([name, row.email, signed_up, present, row.marker.unwrap_or_default()])?;
    }
    sheet.finish()
}

impl From<queries::AttendeeRow> for Attendee {
    fn from(row: queries::AttendeeRow) -> Self {
        Self {
            user: UserId::new(row.user_id),
            full_name: domain::accounts::full_name(&row.first_name, &row.last_name),
            avatar: row.avatar_file_id.map(FileId::new),
            is_signed_up: row.is_signed_up,
            attended: row.attended_at.map(|at| (Timestamp::from(at), row.marker.unwrap_or_default())),
        }
    }
}
