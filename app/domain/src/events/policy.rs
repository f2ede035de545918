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
    /// Details, branding, content and settings.
    EditDetails,
    Publish,
    Unpublish,
    Cancel,
    Reinstate,
    Archive,
    /// Back from the archive.
    Reopen,
    /// Deletes it, and brings it back.
    Delete,
    /// As the source of a new event; whether one may be created is asked of the organization.
    Duplicate,
    SeeMemberPages,
    /// Agenda, session texts and speakers, as everybody sees them who sees the event's content.
    SeeAgenda,
    /// Sessions, venue rooms, tracks and speakers: create, edit, order, status, delete.
    EditAgenda,
    /// The organizers' overview, also of an archived event.
    SeeDashboard,
    /// The list with addresses, sending again, cancelling.
    ManageInvitations,
    Invite {
        role: EventRole,
    },
    /// Also in an event that takes nobody in any more.
    CancelInvitation {
        role: EventRole,
    },
    /// The table with addresses and bans, and its export; also of an archived event.
    SeePeople,
    /// Takes a role, or gives one; removes somebody who has it. The role is what they can do there: ADMIN for an owner of
    /// the organization.
    ChangeMember {
        role: EventRole,
    },
    /// Title and biography of another, as the event shows them.
    EditMemberTexts,
    /// Bans or mutes somebody with this role, and takes it back.
    Restrict {
        role: EventRole,
    },
    /// The queue of reports and the log of what moderators did; reports of an archived event are answered too.
    Moderate,
    /// Marks people as arrived.
    CheckIn,
    /// The own title, biography and place in the directory.
    SaveOwnTexts,
    /// Makes an owner's say in the event a membership of their own.
    JoinAsAdmin,
    /// The list of chat rooms with what moderators and organizers do to them; also of an archived event.
    SeeRoomBoard,
    /// Chat rooms of the event: create, edit, order, close all public ones.
    ManageRooms,
    /// A chat room of the event, with all that was said there.
    DeleteRoom,
}

/// Decides one action for somebody with this sight and standing.
///
/// # Errors
/// [`AppError::NotFound`] when the event is hidden, [`Denied`] when it is seen but forbidden,
/// [`Conflict::EventArchived`] for edits of archived events, [`Conflict::StatusTransition`] for invitations to a
/// cancelled one.
pub fn may(action: EventAction, visibility: EventVisibility, standing: &Standing) -> Result<(), AppError> {
    // Before what they see: a banned person knew of the event, and is told why it is closed to them.
    if standing.is_banned() && standing.event_status != EventStatus::Deleted {
        return Err(Denied::BannedFromEvent.into());
    }
    let seen = sight(visibility, standing);
    if seen == Sight::Hidden {
        return Err(AppError::NotFound);
    }
    match action {
        EventAction::EditDetails
        | EventAction::EditAgenda
        | EventAction::EditMemberTexts
        | EventAction::Publish => match seen {
            Sight::Member(role) if role.is_organizer() => not_archived(standing.event_status),
            Sight::Member(_) | Sight::NotOpenYet | Sight::PublicPage => Err(Denied::OrganizersOnly.into()),
            Sight::Hidden => Err(AppError::NotFound),
        },
        EventAction::SeeDashboard
        | EventAction::SeePeople
        | EventAction::ManageInvitations
        | EventAction::Unpublish
        | EventAction::Archive
        | EventAction::Reopen
        | EventAction::Duplicate => organizer(seen).map(drop),
        EventAction::Cancel | EventAction::Reinstate => not_above(EventRole::Admin, seen),
        EventAction::Delete if standing.is_owner() => Ok(()),
        EventAction::Delete => Err(Denied::OrganizationOwnersOnly.into()),
        EventAction::Invite { role } => {
            not_above(role, seen)?;
            takes_people(standing.event_status)
        }
        EventAction::CancelInvitation { role } => not_above(role, seen),
        EventAction::ChangeMember { role } => {
            not_above(role, seen)?;
            not_archived(standing.event_status)
        }
        EventAction::Restrict { .. }
        | EventAction::Moderate
        | EventAction::SeeRoomBoard
        | EventAction::ManageRooms
        | EventAction::DeleteRoom => may_moderate(action, seen, standing),
        EventAction::CheckIn => {
            moderator(seen)?;
            not_archived(standing.event_status)
        }
        EventAction::JoinAsAdmin if standing.is_owner() => not_archived(standing.event_status),
        EventAction::JoinAsAdmin => Err(Denied::OrganizationOwnersOnly.into()),
        EventAction::SeeAgenda => sees_agenda(seen),
        EventAction::SaveOwnTexts => {
            may(EventAction::SeeMemberPages, visibility, standing)?;
            not_archived(standing.event_status)
        }
        EventAction::SeeMemberPages => match seen {
            Sight::Member(_) => Ok(()),
            Sight::NotOpenYet | Sight::PublicPage | Sight::Hidden => Err(AppError::NotFound),
        },
    }
}

/// What moderators do about people, reports and rooms; who is muted does none of it meanwhile, but may look.
fn may_moderate(action: EventAction, seen: Sight, standing: &Standing) -> Result<(), AppError> {
    match action {
        EventAction::SeeRoomBoard => return moderator(seen).map(drop),
        EventAction::Moderate => {
            moderator(seen)?;
            return not_muted(standing);
        }
        EventAction::Restrict { role } => may_restrict(role, seen)?,
        EventAction::DeleteRoom => not_above(EventRole::Admin, seen)?,
        _ => organizer(seen).map(drop)?,
    }
    not_muted(standing)?;
    not_archived(standing.event_status)
}

/// The roles somebody may invite with now, highest first; none in an event that takes nobody in any more.
#[must_use]
pub fn invitable(visibility: EventVisibility, standing: &Standing) -> Vec<EventRole> {
    let may_invite =
        |role: &EventRole| may(EventAction::Invite { role: *role }, visibility, standing).is_ok();
    EventRole::ALL.into_iter().rev().filter(may_invite).collect()
}

fn organizer(seen: Sight) -> Result<EventRole, AppError> {
    match seen {
        Sight::Member(role) if role.is_organizer() => Ok(role),
        Sight::Member(_) | Sight::NotOpenYet | Sight::PublicPage => Err(Denied::OrganizersOnly.into()),
        Sight::Hidden => Err(AppError::NotFound),
    }
}

fn sees_agenda(seen: Sight) -> Result<(), AppError> {
    match seen {
        Sight::PublicPage | Sight::Member(_) => Ok(()),
        Sight::NotOpenYet | Sight::Hidden => Err(AppError::NotFound),
    }
}

/// Nobody gives, or takes back, a role above what they grant.
fn not_above(role: EventRole, seen: Sight) -> Result<(), AppError> {
    let actor = organizer(seen)?;
    if role >= EventRole::Organizer && actor < EventRole::Admin {
        return Err(Denied::EventAdminsOnly.into());
    }
    Ok(())
}

fn moderator(seen: Sight) -> Result<EventRole, AppError> {
    match seen {
        Sight::Member(role) if role >= EventRole::Moderator => Ok(role),
        Sight::Member(_) | Sight::NotOpenYet | Sight::PublicPage => Err(Denied::ModeratorsOnly.into()),
        Sight::Hidden => Err(AppError::NotFound),
    }
}

/// Moderators reach attendees and speakers, organizers moderators too, admins everybody.
fn may_restrict(role: EventRole, seen: Sight) -> Result<(), AppError> {
    match moderator(seen)? {
        EventRole::Admin => Ok(()),
        actor if role < actor && role <= EventRole::Moderator => Ok(()),
        _ if role <= EventRole::Moderator => Err(Denied::OrganizersOnly.into()),
        _ => Err(Denied::EventAdminsOnly.into()),
    }
}

/// Who is muted moderates nobody meanwhile; owners can't be muted.
fn not_muted(standing: &Standing) -> Result<(), AppError> {
    if standing.muted && !standing.is_owner() { Err(Denied::Muted.into()) } else { Ok(()) }
}

/// The roles somebody may give to a member of this role, highest first; none when they may not touch them.
#[must_use]
pub fn assignable(of: EventRole, visibility: EventVisibility, standing: &Standing) -> Vec<EventRole> {
    let may_change = |role: EventRole| may(EventAction::ChangeMember { role }, visibility, standing).is_ok();
    if !may_change(of) {
        return Vec::new();
    }
    EventRole::ALL.into_iter().rev().filter(|role| may_change(*role)).collect()
}

fn takes_people(status: EventStatus) -> Result<(), AppError> {
    match status {
        EventStatus::Draft | EventStatus::Published => Ok(()),
        EventStatus::Cancelled => {
            Err(Conflict::StatusTransition { from: status.label().to_lowercase() }.into())
        }
        EventStatus::Archived | EventStatus::Deleted => not_archived(status),
    }
}

fn not_archived(status: EventStatus) -> Result<(), AppError> {
    match status {
        EventStatus::Archived => Err(Conflict::EventArchived.into()),
        EventStatus::Draft | EventStatus::Published | EventStatus::Cancelled => Ok(()),
        EventStatus::Deleted => Err(AppError::NotFound),
    }
}

#[cfg(test)]
mod tests;
