use domain::attendees::EventRole;
use domain::events::{EventAction, EventStatus, Transition, may, transition};
use domain::organizations::OrganizationAction;
use domain::{AppError, SignedIn, organizations};

use super::page::head_with_standing;
use super::transition::Conditions;
use super::{EventHead, page};
use crate::{Outcome, Services};

/// The steps one organizer may take with their event as a whole.
#[derive(Debug, Clone)]
pub struct DangerPage {
    pub head: EventHead,
    pub role: EventRole,
    pub steps: Vec<Step>,
    pub may_duplicate: bool,
}

/// A step this person may decide on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub what: Transition,
    /// Why the event can't take it now.
    pub refusal: Option<String>,
}

/// What leads out of the event's status and is this person's to decide: three statements. Conditions are asked again
/// when it is done.
///
/// # Errors
/// As the policy for [`EventAction::SeeDashboard`].
pub async fn danger(services: &Services, person: &SignedIn, slug: &str) -> Outcome<DangerPage> {
    let (head, standing) = head_with_standing(services, Some(person.user), slug).await?;
    let role = page::organizer_role(&head, &standing)?;
    let steps = EventStatus::ALL.iter().filter_map(|to| transition(head.status, *to));
    let allowed = |step: &Transition| may(step.action(), head.visibility, &standing).is_ok();
    let steps: Vec<_> = steps.filter(|step| *step != Transition::Publish).filter(allowed).collect();
    let mut connection = services.db.acquire().await?;
    let conditions = Conditions::load(services, &mut connection, head.id.get()).await?;
    let step = |what: Transition| {
        let refusal = match conditions.check(head.status, what) {
            Err(AppError::Conflict(why)) => Some(why.to_string()),
            // What is missing is said at its fields.
            Ok(()) | Err(_) => None,
        };
        Step { what, refusal }
    };
    let steps = steps.into_iter().map(step).collect();
    let creates = organizations::may(OrganizationAction::CreateEvent, standing.organization_role).is_ok();
    let may_duplicate = creates && may(EventAction::Duplicate, head.visibility, &standing).is_ok();
    Ok(DangerPage { head, role, steps, may_duplicate })
}
