use domain::accounts::full_name;
use domain::attendees::{EventRole, MembershipStatus};
use domain::events::{EventAction, may};
use domain::ids::{FileId, UserId};
use domain::paging::{Page, PageRequest};
use domain::search::SearchText;
use domain::time::Timestamp;
use domain::{AppError, Conflict, SignedIn};

use super::held::{hold, stored_role};
use super::queries;
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services, db};

/// Who has arrived, for those at the door.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckInPage {
    pub head: EventHead,
    pub role: EventRole,
    pub checked_in: i64,
    pub taking_part: i64,
    /// Marks are taken: the event is not archived.
    pub is_open: bool,
    pub people: Page<Arrival>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
    pub role: EventRole,
    /// When, and by whom where that is known.
    pub checked_in: Option<(Timestamp, Option<String>)>,
}

/// Those who take part, with `search` in their name: three statements.
///
/// # Errors
/// As the policy for [`EventAction::CheckIn`], but an archived event can be read; [`AppError::NoSuchPage`].
pub async fn arrivals(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    search: &SearchText,
    request: PageRequest,
) -> Outcome<CheckInPage> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    let is_open = match may(EventAction::CheckIn, head.visibility, &standing) {
        Ok(()) => true,
        Err(AppError::Conflict(Conflict::EventArchived)) => false,
        Err(other) => return Err(other.into()),
    };
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let (db, event) = (&services.db, head.id.get());
    let counts = queries::count_arrivals(db, event, search.as_str()).await?;
    let rows = queries::arrivals(db, event, search.as_str(), request.limit(), request.offset()).await?;
    let people = rows.into_iter().map(arrival).collect::<Outcome<Vec<_>>>()?;
    Ok(CheckInPage {
        people: Page::of(people, request, counts.found)?,
        checked_in: counts.checked_in,
        taking_part: counts.taking_part,
        is_open,
        role,
        head,
    })
}

fn arrival(row: queries::ArrivalRow) -> Outcome<Arrival> {
    Ok(Arrival {
        user: UserId::new(row.user_id),
        full_name: full_name(&row.first_name, &row.last_name),
        avatar: row.avatar_file_id.map(FileId::new),
        role: stored_role(&row.role)?,
        checked_in: row.checked_in_at.map(|at| (Timestamp::from(at), row.checked_in_by)),
    })
}

/// What checking somebody in came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckedIn {
    Now,
    /// The first time and whoever marked it stay.
    Before,
}

/// Marks somebody who takes part as arrived.
///
/// # Errors
/// As the policy for [`EventAction::CheckIn`]; [`AppError::NotFound`]; [`Conflict::NotTakingPart`].
pub async fn check_in(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
) -> Outcome<CheckedIn> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, user, EventAction::CheckIn).await?;
    if held.status != MembershipStatus::Active {
        return Err(Conflict::NotTakingPart.into());
    }
    let (event, now) = (held.event.id, services.clock.now());
    let is_new = queries::check_in(&mut tx, event, held.user.get(), person.user.get(), now).await?;
    tx.commit().await?;
    Ok(if is_new { CheckedIn::Now } else { CheckedIn::Before })
}

/// Takes the mark back; without one there is nothing to do.
///
/// # Errors
/// As [`check_in`].
pub async fn undo_check_in(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug, user, EventAction::CheckIn).await?;
    queries::undo_check_in(&mut tx, held.event.id, held.user.get()).await?;
    Ok(tx.commit().await?)
}
