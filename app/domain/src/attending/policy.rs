//! Who may do what with one session (specification 4.3, 10.6).

use crate::attendees::{EventRole, Standing};
use crate::events::{EventStatus, EventVisibility, Sight, sight};
use crate::{AppError, Conflict, Denied};

/// What the decision needs of a session and of the person in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionFacts {
    /// Without times it lies in the tray, which only organizers see.
    pub is_scheduled: bool,
    /// The person is one of its speakers.
    pub is_speaker: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionAction {
    See,
    /// Also by visitors, who keep it in their browser.
    Star,
    SignUp,
    /// Also in an archived event: nobody is kept in.
    CancelSignUp,
    /// Who signed up and who came.
    SeeSignUps,
    MarkAttendance,
    ExportAttendance,
    /// Where and how it is streamed.
    EditStream,
}

/// Decides one action for somebody with this standing.
///
/// # Errors
/// [`Denied::BannedFromEvent`] first; [`AppError::NotFound`] when the session is hidden; [`Denied`] when it is seen but
/// forbidden; [`Conflict::EventArchived`] for changes in an archived event.
pub fn may(
    action: SessionAction,
    visibility: EventVisibility,
    standing: &Standing,
    session: SessionFacts,
) -> Result<(), AppError> {
    if standing.is_banned() && standing.event_status != EventStatus::Deleted {
        return Err(Denied::BannedFromEvent.into());
    }
    let role = match sight(visibility, standing) {
        Sight::Hidden | Sight::NotOpenYet => return Err(AppError::NotFound),
        Sight::PublicPage => None,
        Sight::Member(role) => Some(role),
    };
    let is_organizer = role.is_some_and(EventRole::is_organizer);
    if !session.is_scheduled && !is_organizer {
        return Err(AppError::NotFound);
    }
    let is_staff = role.is_some_and(|role| role >= EventRole::Moderator || session.is_speaker);
    let status = standing.event_status;
    match action {
        SessionAction::See => Ok(()),
        SessionAction::Star => not_archived(status),
        SessionAction::SignUp => {
            role.ok_or(Denied::EventMembersOnly)?;
            not_archived(status)
        }
        SessionAction::CancelSignUp => role.map(drop).ok_or(Denied::EventMembersOnly.into()),
        SessionAction::SeeSignUps => granted(is_staff, Denied::SessionStaffOnly),
        SessionAction::MarkAttendance => {
            granted(is_staff, Denied::SessionStaffOnly)?;
            not_archived(status)
        }
        SessionAction::ExportAttendance => granted(is_organizer, Denied::OrganizersOnly),
        SessionAction::EditStream => {
            granted(is_organizer, Denied::OrganizersOnly)?;
            not_archived(status)
        }
    }
}

fn granted(is_granted: bool, denied: Denied) -> Result<(), AppError> {
    if is_granted { Ok(()) } else { Err(denied.into()) }
}

fn not_archived(status: EventStatus) -> Result<(), AppError> {
    match status {
        EventStatus::Archived => Err(Conflict::EventArchived.into()),
        EventStatus::Draft | EventStatus::Published | EventStatus::Cancelled => Ok(()),
        EventStatus::Deleted => Err(AppError::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendees::MembershipStatus;

    const PLANNED: SessionFacts = SessionFacts { is_scheduled: true, is_speaker: false };

    fn member(role: EventRole, status: EventStatus) -> Standing {
        Standing { membership: Some((role, MembershipStatus::Active)), ..Standing::visitor(status) }
    }

    fn answer(action: SessionAction, who: &Standing, session: SessionFacts) -> u16 {
        may(action, EventVisibility::Public, who, session).map_or_else(|error| error.status(), |()| 200)
    }

    #[test]
    fn visitors_star_and_members_sign_up() {
        let visitor = Standing::visitor(EventStatus::Published);
        let ada = member(EventRole::Attendee, EventStatus::Published);
        assert_eq!(answer(SessionAction::Star, &visitor, PLANNED), 200);
        assert_eq!(answer(SessionAction::SignUp, &visitor, PLANNED), 403);
        assert_eq!(answer(SessionAction::SignUp, &ada, PLANNED), 200);
        let private = |who: &Standing| may(SessionAction::Star, EventVisibility::Private, who, PLANNED);
        assert_eq!(private(&visitor), Err(AppError::NotFound));
        assert_eq!(private(&ada), Ok(()));
    }

    #[test]
    fn attendance_is_marked_by_moderators_and_by_the_speakers_of_the_session() {
        let own = SessionFacts { is_speaker: true, ..PLANNED };
        for (role, session, marks, exports) in [
            (EventRole::Attendee, PLANNED, 403, 403),
            (EventRole::Speaker, PLANNED, 403, 403),
            (EventRole::Speaker, own, 200, 403),
            (EventRole::Moderator, PLANNED, 200, 403),
            (EventRole::Organizer, PLANNED, 200, 200),
            (EventRole::Admin, PLANNED, 200, 200),
        ] {
            let who = member(role, EventStatus::Published);
            assert_eq!(answer(SessionAction::MarkAttendance, &who, session), marks, "{role:?}");
            assert_eq!(answer(SessionAction::SeeSignUps, &who, session), marks, "{role:?}");
            assert_eq!(answer(SessionAction::ExportAttendance, &who, session), exports, "{role:?}");
        }
    }

    #[test]
    fn the_tray_is_hidden_drafts_are_closed_and_archives_take_no_changes() {
        let tray = SessionFacts { is_scheduled: false, is_speaker: true };
        let speaker = member(EventRole::Speaker, EventStatus::Published);
        assert_eq!(answer(SessionAction::See, &speaker, tray), 404);
        let organizer = member(EventRole::Organizer, EventStatus::Published);
        assert_eq!(answer(SessionAction::EditStream, &organizer, tray), 200);
        assert_eq!(
            answer(SessionAction::See, &member(EventRole::Attendee, EventStatus::Draft), PLANNED),
            404
        );
        let archived = member(EventRole::Admin, EventStatus::Archived);
        for action in [SessionAction::Star, SessionAction::SignUp, SessionAction::MarkAttendance] {
            assert_eq!(answer(action, &archived, PLANNED), 409, "{action:?}");
        }
        for action in [SessionAction::See, SessionAction::CancelSignUp, SessionAction::ExportAttendance] {
            assert_eq!(answer(action, &archived, PLANNED), 200, "{action:?}");
        }
    }

    #[test]
    fn a_ban_closes_everything() {
        let membership = Some((EventRole::Organizer, MembershipStatus::Banned));
        let bea = Standing { membership, ..Standing::visitor(EventStatus::Published) };
        for action in [SessionAction::See, SessionAction::Star, SessionAction::SignUp] {
            assert_eq!(answer(action, &bea, PLANNED), 403, "{action:?}");
        }
    }
}
