//! Specification 15: who may ask, answer, withdraw and remove. A third person learns of nothing.

use time::OffsetDateTime;

use super::{Connection, Tie};
use crate::accounts::ConnectionRequestPermission;
use crate::attendees::EventRole;
use crate::events::EventStatus;
use crate::ids::UserId;
use crate::{AppError, Conflict, Denied};

/// A request about to be made, between two different people who both take part in the event and don't block each other.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    pub requester: UserId,
    /// What the requester can do in the event.
    pub role: EventRole,
    pub event: EventStatus,
    /// Of the recipient, in force in the event.
    pub permission: ConnectionRequestPermission,
    /// What there is between the two.
    pub connection: Option<&'a Connection>,
}

/// Whether the request may be made now.
///
/// # Errors
/// [`Conflict`] where the two are connected, one of them has asked, or it is too early to ask again, and in drafts;
/// [`Denied::NotOpenToRequests`]; [`AppError::NotFound`] in a deleted event.
pub fn may_request(asking: &Asking<'_>, now: OffsetDateTime) -> Result<(), AppError> {
    match asking.event {
        EventStatus::Published | EventStatus::Cancelled | EventStatus::Archived => {}
        EventStatus::Draft => {
            return Err(Conflict::StatusTransition { from: asking.event.label().to_lowercase() }.into());
        }
        EventStatus::Deleted => return Err(AppError::NotFound),
    }
    match asking.connection.map_or(Tie::None, |connection| connection.tie_of(asking.requester, now)) {
        Tie::None => {}
        Tie::Requested => return Err(Conflict::RequestedAlready.into()),
        Tie::Asked => return Err(Conflict::RequestWaits.into()),
        Tie::Connected => return Err(Conflict::ConnectedAlready.into()),
    }
    if !is_open_to(asking.permission, asking.role) {
        return Err(Denied::NotOpenToRequests.into());
    }
    let wait = asking.connection.and_then(|connection| connection.wait_of(asking.requester, now));
    match wait {
        None => Ok(()),
        Some(wait) => {
            let hours = u32::try_from(wait.whole_minutes().max(1).unsigned_abs().div_ceil(60));
            Err(Conflict::AskAgainIn { hours: hours.unwrap_or(u32::MAX) }.into())
        }
    }
}

/// Whether somebody with this role in an event may ask a person with this setting there.
const fn is_open_to(permission: ConnectionRequestPermission, role: EventRole) -> bool {
    match (permission, role) {
        (ConnectionRequestPermission::EventAttendees, _)
        | (
            ConnectionRequestPermission::SpeakersOrganizers,
            EventRole::Speaker | EventRole::Moderator | EventRole::Organizer | EventRole::Admin,
        ) => true,
        (ConnectionRequestPermission::SpeakersOrganizers, EventRole::Attendee)
        | (ConnectionRequestPermission::None, _) => false,
    }
}

/// Whether `person` may accept or decline.
///
/// # Errors
/// [`AppError::NotFound`] for anybody but the two; [`Conflict::RequestNotOpen`] unless it is theirs to answer.
pub fn may_answer(connection: &Connection, person: UserId, now: OffsetDateTime) -> Result<(), AppError> {
    of_pair(connection, person)?;
    match connection.tie_of(person, now) {
        Tie::Asked => Ok(()),
        Tie::None | Tie::Requested | Tie::Connected => Err(Conflict::RequestNotOpen.into()),
    }
}

/// Whether `person` may take their request back. One that was declined answers as an open one does.
///
/// # Errors
/// As [`may_answer`], with [`Conflict::NoRequest`].
pub fn may_withdraw(connection: &Connection, person: UserId, now: OffsetDateTime) -> Result<(), AppError> {
    of_pair(connection, person)?;
    match connection.tie_of(person, now) {
        Tie::Requested => Ok(()),
        Tie::None | Tie::Asked | Tie::Connected => Err(Conflict::NoRequest.into()),
    }
}

/// Whether `person` may end the connection.
///
/// # Errors
/// As [`may_answer`], with [`Conflict::NotConnected`].
pub fn may_remove(connection: &Connection, person: UserId, now: OffsetDateTime) -> Result<(), AppError> {
    of_pair(connection, person)?;
    match connection.tie_of(person, now) {
        Tie::Connected => Ok(()),
        Tie::None | Tie::Requested | Tie::Asked => Err(Conflict::NotConnected.into()),
    }
}

fn of_pair(connection: &Connection, person: UserId) -> Result<(), AppError> {
    if connection.other_than(person).is_none() { Err(AppError::NotFound) } else { Ok(()) }
}

/// The one button of a person, whose label is the state (UX NW-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactAction {
    Oneself,
    Connect,
    Requested,
    Respond,
    Message,
    NotOpen,
}

/// What a viewer with this role in the event can do about one of its people.
#[must_use]
pub const fn contact_action(
    is_self: bool,
    tie: Tie,
    permission: ConnectionRequestPermission,
    role: EventRole,
) -> ContactAction {
    match tie {
        _ if is_self => ContactAction::Oneself,
        Tie::Requested => ContactAction::Requested,
        Tie::Asked => ContactAction::Respond,
        Tie::Connected => ContactAction::Message,
        Tie::None if is_open_to(permission, role) => ContactAction::Connect,
        Tie::None => ContactAction::NotOpen,
    }
}

impl ContactAction {
    /// The words on the button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Oneself => "This is you",
            Self::Connect => "Connect",
            Self::Requested => "Requested",
            Self::Respond => "Respond",
            Self::Message => "Message",
            Self::NotOpen => "Not open to requests",
        }
    }
}
