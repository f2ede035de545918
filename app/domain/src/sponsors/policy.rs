//! The rows about sponsors of the event matrix (specification 4.3).

use crate::AppError;
use crate::attendees::Standing;
use crate::events::{self, EventAction, EventVisibility, Sight, sight};

/// What people do with the sponsors of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SponsorAction {
    /// The active ones by tier, without contacts.
    See,
    /// All of them, with contacts; also of an archived event.
    SeeBoard,
    /// Sponsors and tiers: create, edit, order, delete.
    Change,
}

/// Decides one action for somebody with this standing.
///
/// # Errors
/// [`AppError::NotFound`] when the event or its content is hidden, [`crate::Denied`] when it is seen but forbidden,
/// [`crate::Conflict::EventArchived`] for changes of an archived event.
pub fn may(action: SponsorAction, visibility: EventVisibility, standing: &Standing) -> Result<(), AppError> {
    match action {
        SponsorAction::See => match sight(visibility, standing) {
            Sight::PublicPage | Sight::Member(_) => Ok(()),
            Sight::NotOpenYet | Sight::Hidden => Err(AppError::NotFound),
        },
        SponsorAction::SeeBoard => events::may(EventAction::SeeDashboard, visibility, standing),
        SponsorAction::Change => events::may(EventAction::EditDetails, visibility, standing),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::attendees::{EventRole, MembershipStatus};
    use crate::events::EventStatus;
    use crate::organizations::OrganizationRole;

    /// Every cell, as text; a change of the policy shows as a change of this file.
    #[test]
    fn the_matrix_is_the_one_on_file() {
        let mut matrix = String::new();
        for status in EventStatus::ALL {
            for visibility in [EventVisibility::Public, EventVisibility::Private] {
                for action in [SponsorAction::See, SponsorAction::SeeBoard, SponsorAction::Change] {
                    let cells: Vec<&str> =
                        principals(*status).iter().map(|who| cell(may(action, visibility, who))).collect();
                    let (status, visibility) = (status.as_str(), visibility.as_str());
                    writeln!(matrix, "{}  {status} {visibility} {action:?}", cells.join(" "))
                        .expect("a string takes it");
                }
            }
        }
        let filed = include_str!("policy_matrix.txt").split_once("\n\n").expect("a head").1;
        assert_eq!(matrix, filed, "\n{matrix}");
    }

    /// In the order of the file's columns.
    fn principals(status: EventStatus) -> Vec<Standing> {
        let visitor = Standing::visitor(status);
        let member = |role, membership| Standing { membership: Some((role, membership)), ..visitor };
        let mut principals = vec![visitor];
        principals.extend(EventRole::ALL.map(|role| member(role, MembershipStatus::Active)));
        principals.push(member(EventRole::Attendee, MembershipStatus::Waitlisted));
        principals.push(member(EventRole::Admin, MembershipStatus::Left));
        principals.push(member(EventRole::Admin, MembershipStatus::Removed));
        principals.push(member(EventRole::Admin, MembershipStatus::Banned));
        principals.extend(
            [OrganizationRole::Member, OrganizationRole::Admin, OrganizationRole::Owner]
                .map(|role| Standing { organization_role: Some(role), ..visitor }),
        );
        principals
    }

    fn cell(answer: Result<(), AppError>) -> &'static str {
        match answer.map_err(|error| error.status()) {
            Ok(()) => "yes",
            Err(404) => "404",
            Err(409) => "409",
            Err(_) => "403",
        }
    }
}
