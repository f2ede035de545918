//! The steps from one status to another (specification 8.2), and what each asks for. Who may is in the policy.

use crate::events::{EventAction, EventStatus, Missing};
use crate::{AppError, Conflict, FieldErrors};

use EventStatus::{Archived, Cancelled, Deleted, Draft, Published};

/// One step; nothing else changes a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    Publish,
    Unpublish,
    Cancel,
    Reinstate,
    Archive,
    /// Back from the archive.
    Reopen,
    Delete,
    Restore,
}

/// What the conditions look at.
#[derive(Debug, Clone, Copy)]
pub struct TransitionFacts<'a> {
    /// The first day has begun, in the event's zone.
    pub has_started: bool,
    /// The last day is over, in the event's zone.
    pub is_past: bool,
    /// Somebody came in by registering.
    pub has_registrations: bool,
    /// What publishing needs.
    pub missing: &'a [Missing],
}

/// The step between two statuses, if there is one.
#[must_use]
pub const fn transition(from: EventStatus, to: EventStatus) -> Option<Transition> {
    match (from, to) {
        (Draft, Published) => Some(Transition::Publish),
        (Published, Draft) => Some(Transition::Unpublish),
        (Published, Cancelled) => Some(Transition::Cancel),
        (Cancelled, Published) => Some(Transition::Reinstate),
        (Published | Cancelled, Archived) => Some(Transition::Archive),
        (Archived, Published) => Some(Transition::Reopen),
        (Draft | Published | Archived | Cancelled, Deleted) => Some(Transition::Delete),
        (Deleted, Draft | Published | Archived | Cancelled) => Some(Transition::Restore),
        (Draft, Draft | Archived | Cancelled)
        | (Published, Published)
        | (Archived, Draft | Archived | Cancelled)
        | (Cancelled, Draft | Cancelled)
        | (Deleted, Deleted) => None,
    }
}

impl Transition {
    /// What the policy is asked.
    #[must_use]
    pub const fn action(self) -> EventAction {
        match self {
            Self::Publish => EventAction::Publish,
            Self::Unpublish => EventAction::Unpublish,
            Self::Cancel => EventAction::Cancel,
            Self::Reinstate => EventAction::Reinstate,
            Self::Archive => EventAction::Archive,
            Self::Reopen => EventAction::Reopen,
            Self::Delete | Self::Restore => EventAction::Delete,
        }
    }

    /// The status it leads to; [`Self::Restore`] leads to the one before the deletion.
    #[must_use]
    pub const fn target(self) -> EventStatus {
        match self {
            Self::Publish | Self::Reinstate | Self::Reopen | Self::Restore => Published,
            Self::Unpublish => Draft,
            Self::Cancel => Cancelled,
            Self::Archive => Archived,
            Self::Delete => Deleted,
        }
    }

    /// Whether the facts allow it from this status.
    ///
    /// # Errors
    /// [`Conflict::StatusTransition`] from a status it does not start from; [`FieldErrors`] naming all that is missing;
    /// [`Conflict::EventStarted`], [`Conflict::PeopleRegistered`], [`Conflict::EventOver`], [`Conflict::EventNotOver`].
    pub fn check(self, from: EventStatus, facts: &TransitionFacts<'_>) -> Result<(), AppError> {
        if transition(from, self.target()) != Some(self) {
            return Err(Conflict::StatusTransition { from: from.label().to_lowercase() }.into());
        }
        match self {
            Self::Publish => nothing_missing(facts.missing),
            Self::Unpublish if facts.has_started => Err(Conflict::EventStarted.into()),
            Self::Unpublish if facts.has_registrations => Err(Conflict::PeopleRegistered.into()),
            Self::Reinstate if facts.is_past => Err(Conflict::EventOver.into()),
            Self::Reinstate => nothing_missing(facts.missing),
            Self::Archive if from == Published && !facts.is_past => Err(Conflict::EventNotOver.into()),
            Self::Unpublish | Self::Cancel | Self::Archive | Self::Reopen | Self::Delete | Self::Restore => {
                Ok(())
            }
        }
    }
}

fn nothing_missing(missing: &[Missing]) -> Result<(), AppError> {
    let mut errors = FieldErrors::default();
    for item in missing {
        errors.add(item.field(), item.label());
    }
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}
