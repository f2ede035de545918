use domain::attendees::EventRole;
use domain::events::{EventAction, EventStatus, Transition, may, transition};
use domain::organizations::OrganizationAction;
use domain::{SignedIn, organizations};

use super::page::head_with_standing;
use super::{EventHead, page};
use crate::{Outcome, Services};

/// The steps one organizer may take with their event as a whole.
#[derive(Debug, Clone)]
pub struct DangerPage {
    pub head: EventHead,
    pub role: EventRole,
    pub steps: Vec<Transition>,
    pub may_duplicate: bool,
}

/// What leads out of the event's status and is this person's to decide: one statement. Conditions are asked when it is
/// done.
///
/// # Errors
/// As the policy for [`EventAction::SeeDashboard`].
pub async fn danger(services: &Services, person: &SignedIn, slug: &str) -> Outcome<DangerPage> {
    let (head, standing) = head_with_standing(services, Some(person.user), slug).await?;
    let role = page::organizer_role(&head, &standing)?;
    let steps = EventStatus::ALL.iter().filter_map(|to| transition(head.status, *to));
    let allowed = |step: &Transition| may(step.action(), head.visibility, &standing).is_ok();
    let steps = steps.filter(|step| *step != Transition::Publish).filter(allowed).collect();
    let creates = organizations::may(OrganizationAction::CreateEvent, standing.organization_role).is_ok();
    let may_duplicate = creates && may(EventAction::Duplicate, head.visibility, &standing).is_ok();
    Ok(DangerPage { head, role, steps, may_duplicate })
}
