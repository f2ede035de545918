use crate::attendees::{MembershipStatus, Standing};
use crate::events::{EventStatus, EventVisibility, Sight, sight};
use crate::{AppError, Denied};

/// What leaving means for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// A membership or a place on the waitlist ends.
    Ends,
    /// There is nothing left to end.
    Nothing,
}

/// Decides whether somebody may leave an event, archived and hidden ones too: who waits for a private event gives
/// the place up without seeing it.
///
/// # Errors
/// [`Denied::BannedFromEvent`]; [`AppError::NotFound`] when there is no such event for them.
pub fn leaving(visibility: EventVisibility, standing: &Standing) -> Result<Leaving, AppError> {
    if standing.event_status == EventStatus::Deleted {
        return Err(AppError::NotFound);
    }
    match standing.membership {
        Some((_, MembershipStatus::Active | MembershipStatus::Waitlisted)) => Ok(Leaving::Ends),
        Some((_, MembershipStatus::Banned)) => Err(Denied::BannedFromEvent.into()),
        Some((_, MembershipStatus::Left | MembershipStatus::Removed)) | None => {
            match sight(visibility, standing) {
                Sight::Hidden => Err(AppError::NotFound),
                Sight::NotOpenYet | Sight::PublicPage | Sight::Member(_) => Ok(Leaving::Nothing),
            }
        }
    }
}
