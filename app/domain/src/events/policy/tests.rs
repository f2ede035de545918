use std::fmt::Write as _;

use super::*;
use crate::attendees::MembershipStatus;
use crate::organizations::OrganizationRole;

/// Every cell about invitations, as text; a change of the policy shows as a change of this file.
#[test]
fn the_matrix_of_invitations_is_the_one_on_file() {
    let mut actions = vec![EventAction::ManageInvitations];
    actions.extend(EventRole::ALL.map(|role| EventAction::Invite { role }));
    actions.extend(EventRole::ALL.map(|role| EventAction::CancelInvitation { role }));
    let matrix = matrix(&actions);
    let filed = include_str!("../invitation_matrix.txt").split_once("\n\n").expect("a head").1;
    assert_eq!(matrix, filed, "\n{matrix}");
}

/// Every cell about members.
#[test]
fn the_matrix_of_people_is_the_one_on_file() {
    let mut actions = vec![
        EventAction::SeePeople,
        EventAction::EditMemberTexts,
        EventAction::CheckIn,
        EventAction::JoinAsAdmin,
        EventAction::SaveOwnTexts,
        EventAction::Moderate,
    ];
    actions.extend(EventRole::ALL.map(|role| EventAction::ChangeMember { role }));
    actions.extend(EventRole::ALL.map(|role| EventAction::Restrict { role }));
    let filed = include_str!("../people_matrix.txt").split_once("\n\n").expect("a head").1;
    let matrix = matrix(&actions);
    assert_eq!(matrix, filed, "\n{matrix}");
}

fn matrix(actions: &[EventAction]) -> String {
    let mut matrix = String::new();
    for status in [EventStatus::Draft, EventStatus::Published, EventStatus::Cancelled, EventStatus::Archived]
    {
        for visibility in [EventVisibility::Public, EventVisibility::Private] {
            for action in actions {
                let cells: Vec<&str> =
                    principals(status).iter().map(|who| cell(may(*action, visibility, who))).collect();
                let (status, visibility) = (status.as_str(), visibility.as_str());
                writeln!(matrix, "{}  {status} {visibility} {action:?}", cells.join(" "))
                    .expect("a string takes it");
            }
        }
    }
    matrix
}

/// In the order of the file's columns.
fn principals(status: EventStatus) -> Vec<Standing> {
    let visitor = Standing::visitor(status);
    let member = |role, membership| Standing { membership: Some((role, membership)), ..visitor };
    let of_organization = |role| Standing { organization_role: Some(role), ..visitor };
    let mut principals = vec![visitor];
    principals.extend(EventRole::ALL.map(|role| member(role, MembershipStatus::Active)));
    principals.extend(
        [
            MembershipStatus::Waitlisted,
            MembershipStatus::Left,
            MembershipStatus::Removed,
            MembershipStatus::Banned,
        ]
        .map(|status| member(EventRole::Admin, status)),
    );
    principals.extend(
        [OrganizationRole::Member, OrganizationRole::Admin, OrganizationRole::Owner].map(of_organization),
    );
    principals
}

fn cell(answer: Result<(), AppError>) -> &'static str {
    match answer {
        Ok(()) => "yes",
        Err(error) => match error.status() {
            404 => "404",
            409 => "409",
            _ => "403",
        },
    }
}

#[test]
fn who_is_muted_moderates_nobody_and_keeps_the_rest() {
    let muted = |role, of_organization| Standing {
        membership: Some((role, MembershipStatus::Active)),
        organization_role: of_organization,
        muted: true,
        ..Standing::visitor(EventStatus::Published)
    };
    let may = |action, standing| may(action, EventVisibility::Public, &standing);
    let restrict = EventAction::Restrict { role: EventRole::Attendee };
    for role in [EventRole::Moderator, EventRole::Organizer, EventRole::Admin] {
        for action in [restrict, EventAction::Moderate] {
            assert_eq!(may(action, muted(role, None)), Err(Denied::Muted.into()), "{role:?} {action:?}");
            assert_eq!(may(action, Standing { muted: false, ..muted(role, None) }), Ok(()), "{role:?}");
        }
        assert_eq!(may(EventAction::CheckIn, muted(role, None)), Ok(()), "{role:?}");
    }
    assert_eq!(may(EventAction::EditDetails, muted(EventRole::Organizer, None)), Ok(()));
    let owner = muted(EventRole::Moderator, Some(OrganizationRole::Owner));
    assert_eq!(may(restrict, owner), Ok(()), "an owner can't be muted");
}

#[test]
fn an_organizer_invites_up_to_moderators_and_an_admin_everybody() {
    let as_role = |role| {
        let membership = Some((role, MembershipStatus::Active));
        let standing = Standing { membership, ..Standing::visitor(EventStatus::Published) };
        invitable(EventVisibility::Private, &standing)
    };
    use EventRole::{Admin, Attendee, Moderator, Organizer, Speaker};
    assert_eq!(as_role(Admin), [Admin, Organizer, Moderator, Speaker, Attendee]);
    assert_eq!(as_role(Organizer), [Moderator, Speaker, Attendee]);
    assert_eq!(as_role(Moderator), []);
}
