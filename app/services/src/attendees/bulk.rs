use std::collections::HashSet;

use domain::attendees::{BulkLine, BulkOutcome, EventRole, MOST_AT_ONCE};
use domain::events::{EventAction, assignable, may};
use domain::ids::{EventId, UserId};
use domain::{FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::held::{Held, load};
use super::queries;
use super::removal::remove_held;
use super::roles::{GATE, SeenMember, change_held};
use super::table::{PersonInTable, line};
use super::{free_seats, members_changed};
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services, db, notifications};

/// Several people somebody ticked in the table, before it is said what becomes of them.
#[derive(Debug, Clone, PartialEq)]
pub struct SeveralPage {
    pub head: EventHead,
    pub role: EventRole,
    /// By name.
    pub people: Vec<PersonInTable>,
    /// The roles the viewer gives, highest first; none when memberships don't change any more.
    pub grantable: Vec<EventRole>,
}

/// What becomes of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkChange {
    Role(EventRole),
    Remove,
}

/// Opens those of these people who have a row in the event: two statements.
///
/// # Errors
/// As the policy for [`EventAction::SeePeople`]; [`FieldErrors`] on `member` for more than [`MOST_AT_ONCE`].
pub async fn several(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    users: &[UserId],
) -> Outcome<SeveralPage> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeePeople, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let ids = bounded(users)?;
    let rows = queries::people_by_id(&services.db, head.id.get(), &ids, services.clock.now()).await?;
    let people = rows.into_iter().map(line).collect::<Outcome<Vec<_>>>()?;
    let grantable = assignable(EventRole::Attendee, head.visibility, &standing);
    Ok(SeveralPage { head, role, people, grantable })
}

/// Changes each of them as far as it may be, in the order they are named, and says what became of each. Good ones are not
/// held up by others.
///
/// # Errors
/// As the policy for whoever may change nobody; [`FieldErrors`] on `members` for nobody, or more than [`MOST_AT_ONCE`].
pub async fn change_several(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    users: &[UserId],
    change: BulkChange,
) -> Outcome<Vec<BulkLine>> {
    let mut tx = db::begin(&services.db).await?;
    let event = events::hold(services, &mut tx, person.user, slug).await?;
    event.may(GATE)?;
    if let BulkChange::Role(role) = change {
        event.may(EventAction::ChangeMember { role })?;
    }
    let mut lines = Vec::new();
    for id in bounded(users)? {
        let user = UserId::new(id);
        // Who has no row is nobody here; what isn't there can't be changed.
        let Some(held) = load(&mut tx, &event, user).await? else { continue };
        let outcome = one(services, &mut tx, person, &held, change).await?;
        lines.push(BulkLine { user, full_name: held.full_name, outcome });
    }
    if lines.is_empty() {
        return Err(FieldErrors::one("members", "Choose people of this event.").into());
    }
    // Once for all: nobody moves up who is removed a line later.
    let moved_up = free_seats(services, &mut tx, &[event.id]).await?;
    tx.commit().await?;
    services.outbox.wake();
    moved_up.announce(services);
    for line in lines.iter().filter(|line| line.outcome == BulkOutcome::Done) {
        services.bus.recheck(line.user);
        notifications::waiting_changed(services, line.user);
    }
    members_changed(services, EventId::new(event.id)).await;
    Ok(lines)
}

/// A refusal comes before anything is written, so what was done for the others stands.
async fn one(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    change: BulkChange,
) -> Outcome<BulkOutcome> {
    let seen = SeenMember { user: Some(held.user), role: None };
    let done = match change {
        BulkChange::Role(to) => change_held(services, tx, person, held, seen, to).await,
        BulkChange::Remove => remove_held(services, tx, person, held, seen).await,
    };
    match done {
        Ok(true) => Ok(BulkOutcome::Done),
        Ok(false) => Ok(BulkOutcome::Unchanged),
        Err(ServiceError::Refused(refusal)) => Ok(BulkOutcome::Refused(refusal)),
        Err(failure @ (ServiceError::Db(_) | ServiceError::Broken(_))) => Err(failure),
    }
}

/// Each once, in their order.
fn bounded(users: &[UserId]) -> Result<Vec<Uuid>, FieldErrors> {
    let mut seen = HashSet::new();
    let ids: Vec<Uuid> = users.iter().map(|user| user.get()).filter(|id| seen.insert(*id)).collect();
    if ids.len() > MOST_AT_ONCE {
        let message = format_args!("Choose at most {MOST_AT_ONCE} people at once.");
        return Err(FieldErrors::one("members", message));
    }
    Ok(ids)
}
