//! Who may read and post in a room (specification 4.4). HTTP and socket both ask here.

use crate::attendees::{EventRole, Standing};
use crate::chat::RoomKind;
use crate::events::EventStatus;
use crate::{AppError, Conflict, Denied};

/// What posting depends on besides reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostStanding {
    pub kind: RoomKind,
    pub is_enabled: bool,
    /// Speaks in the session the room belongs to; false for rooms of the event.
    pub speaks_here: bool,
    pub standing: Standing,
}

impl PostStanding {
    /// MODERATOR or higher; slow mode is not for them.
    #[must_use]
    pub fn is_moderator(&self) -> bool {
        self.standing.effective_role().is_some_and(|role| role >= EventRole::Moderator)
    }
}

/// A room a person may not read does not exist for them; a banned person is told so.
///
/// # Errors
/// [`Denied::BannedFromEvent`], else [`AppError::NotFound`].
pub fn may_read(kind: RoomKind, speaks_here: bool, standing: &Standing) -> Result<(), AppError> {
    if standing.is_banned() {
        return Err(Denied::BannedFromEvent.into());
    }
    let role = standing.effective_role().ok_or(AppError::NotFound)?;
    if standing.event_status == EventStatus::Draft && role < EventRole::Speaker {
        return Err(AppError::NotFound);
    }
    let admitted = match kind {
        RoomKind::Global | RoomKind::Public => true,
        RoomKind::Backstage => speaks_here || role.is_organizer(),
        RoomKind::GreenRoom => role == EventRole::Speaker || role.is_organizer(),
        RoomKind::Admin => role.is_organizer(),
    };
    if admitted { Ok(()) } else { Err(AppError::NotFound) }
}

/// The order of refusals is the specification's (14.1): ban, hidden, archived or closed, mute.
///
/// # Errors
/// As [`may_read`]; [`Conflict::EventArchived`]; [`Conflict::RoomClosed`] for all but organizers;
/// [`Denied::Muted`].
pub fn may_post(post: &PostStanding) -> Result<(), AppError> {
    may_read(post.kind, post.speaks_here, &post.standing)?;
    not_archived(post)?;
    let organizer = post.standing.effective_role().is_some_and(EventRole::is_organizer);
    if !post.is_enabled && !organizer {
        return Err(Conflict::RoomClosed.into());
    }
    if post.standing.muted && !post.standing.is_owner() {
        return Err(Denied::Muted.into());
    }
    Ok(())
}

/// Moderators act in the rooms they may read, unless they are muted themselves (specification 4.3).
///
/// # Errors
/// As [`may_read`]; [`Denied::ModeratorsOnly`]; [`Conflict::EventArchived`]; [`Denied::Muted`].
pub fn may_moderate(post: &PostStanding) -> Result<(), AppError> {
    may_read(post.kind, post.speaks_here, &post.standing)?;
    if !post.is_moderator() {
        return Err(Denied::ModeratorsOnly.into());
    }
    not_archived(post)?;
    if post.standing.muted && !post.standing.is_owner() {
        return Err(Denied::Muted.into());
    }
    Ok(())
}

pub(super) fn not_archived(post: &PostStanding) -> Result<(), AppError> {
    match post.standing.event_status {
        EventStatus::Archived => Err(Conflict::EventArchived.into()),
        EventStatus::Draft | EventStatus::Published | EventStatus::Cancelled | EventStatus::Deleted => Ok(()),
    }
}

/// The kinds of event-level rooms a person lists, for one scoped query instead of a check per row.
#[must_use]
pub fn visible_kinds(standing: &Standing) -> Vec<RoomKind> {
    RoomKind::ALL.into_iter().filter(|kind| may_read(*kind, false, standing).is_ok()).collect()
}

/// Whether moderators of an event read rooms of this kind, and so what is reported and done there.
#[must_use]
pub const fn is_of_moderators(kind: RoomKind) -> bool {
    match kind {
        RoomKind::Global | RoomKind::Public => true,
        RoomKind::Backstage | RoomKind::GreenRoom | RoomKind::Admin => false,
    }
}
