//! The event matrix (specification 4.3), as far as it is built: first what a person sees, then what they may do.

use crate::attendees::{EventRole, Standing};
use crate::events::{EventStatus, EventVisibility};
use crate::{AppError, Conflict, Denied};

/// How much of an event a person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// It does not exist for them: 404.
    Hidden,
    /// Title and dates of a draft they were added to, and "not open yet".
    NotOpenYet,
    /// The public page, as anybody sees it.
    PublicPage,
    /// Everything their role shows.
    Member(EventRole),
}

/// Decides what one person sees of an event.
#[must_use]
pub fn sight(visibility: EventVisibility, standing: &Standing) -> Sight {
    if let Some(role) = standing.effective_role() {
        return match standing.event_status {
            EventStatus::Draft if role == EventRole::Attendee => Sight::NotOpenYet,
            EventStatus::Draft | EventStatus::Published | EventStatus::Archived | EventStatus::Cancelled => {
                Sight::Member(role)
            }
            EventStatus::Deleted => Sight::Hidden,
        };
    }
    match (visibility, standing.event_status) {
        (
            EventVisibility::Public,
            EventStatus::Published | EventStatus::Archived | EventStatus::Cancelled,
        ) => Sight::PublicPage,
        (EventVisibility::Public, EventStatus::Draft | EventStatus::Deleted)
        | (EventVisibility::Private, _) => Sight::Hidden,
    }
}

/// What people do to an event as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventAction {
    EditDetails,
    Publish,
    SeeMemberPages,
}

/// Decides one action for somebody with this sight and standing.
///
/// # Errors
/// [`AppError::NotFound`] when the event is hidden, [`Denied`] when it is seen but forbidden,
/// [`Conflict::EventArchived`] for edits of archived events.
pub fn may(action: EventAction, visibility: EventVisibility, standing: &Standing) -> Result<(), AppError> {
    let seen = sight(visibility, standing);
    if seen == Sight::Hidden {
        return Err(AppError::NotFound);
    }
    if standing.is_banned() {
        return Err(Denied::BannedFromEvent.into());
    }
    match action {
        EventAction::EditDetails | EventAction::Publish => match seen {
            Sight::Member(role) if role.is_organizer() => not_archived(standing.event_status),
            Sight::Member(_) | Sight::NotOpenYet | Sight::PublicPage => Err(Denied::OrganizersOnly.into()),
            Sight::Hidden => Err(AppError::NotFound),
        },
        EventAction::SeeMemberPages => match seen {
            Sight::Member(_) => Ok(()),
            Sight::NotOpenYet | Sight::PublicPage | Sight::Hidden => Err(AppError::NotFound),
        },
    }
}

fn not_archived(status: EventStatus) -> Result<(), AppError> {
    match status {
        EventStatus::Archived => Err(Conflict::EventArchived.into()),
        EventStatus::Draft | EventStatus::Published | EventStatus::Cancelled => Ok(()),
        EventStatus::Deleted => Err(AppError::NotFound),
    }
}
