//! The organization matrix (specification 4.2): who may do what, from one role alone.

use crate::organizations::OrganizationRole;
use crate::{AppError, Denied};

use OrganizationRole::{Admin, Member, Owner};

/// What somebody wants to do in an organization. Roles in an action are of the person it is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganizationAction {
    /// Its page, its members' names and roles.
    See,
    SeeAddresses,
    /// Also drafts and private events.
    ListAllEvents,
    ChangeSettings,
    Invite {
        role: OrganizationRole,
    },
    SeeInvitations,
    ChangeRole {
        from: OrganizationRole,
        to: OrganizationRole,
    },
    Remove {
        role: OrganizationRole,
    },
    TransferOwnership,
    Leave,
    CreateEvent,
    ReadAuditLog,
    ReadStatistics,
    DeleteEvent,
    Delete,
    Export,
}

/// Decides by the actor's role; `None` is everybody who is no member. The last owner is protected by the use case,
/// which sees the others.
///
/// # Errors
/// [`AppError::NotFound`] for outsiders: the organization is hidden from them. [`Denied::OrganizationAdminsOnly`] or
/// [`Denied::OrganizationOwnersOnly`] for members, whichever would be enough.
pub fn may(action: OrganizationAction, actor: Option<OrganizationRole>) -> Result<(), AppError> {
    let actor = actor.ok_or(AppError::NotFound)?;
    match least_role(action) {
        Some(least) if actor >= least => Ok(()),
        Some(Owner) | None => Err(Denied::OrganizationOwnersOnly.into()),
        Some(Admin | Member) => Err(Denied::OrganizationAdminsOnly.into()),
    }
}

/// The lowest role that may; `None` where nobody may.
const fn least_role(action: OrganizationAction) -> Option<OrganizationRole> {
    Some(match action {
        // Ownership is given to somebody who is there: by a change of role or a transfer.
        OrganizationAction::Invite { role: Owner } => return None,
        OrganizationAction::See | OrganizationAction::Leave => Member,
        OrganizationAction::SeeAddresses
        | OrganizationAction::ListAllEvents
        | OrganizationAction::ChangeSettings
        | OrganizationAction::SeeInvitations
        | OrganizationAction::CreateEvent
        | OrganizationAction::ReadAuditLog
        | OrganizationAction::ReadStatistics => Admin,
        OrganizationAction::Invite { role } | OrganizationAction::Remove { role } => over(role),
        OrganizationAction::ChangeRole { from, to } => match (over(from), over(to)) {
            (Owner, _) | (_, Owner) => Owner,
            _ => Admin,
        },
        OrganizationAction::TransferOwnership
        | OrganizationAction::DeleteEvent
        | OrganizationAction::Delete
        | OrganizationAction::Export => Owner,
    })
}

/// Who may give and take a role: nobody above their own, and members none.
const fn over(role: OrganizationRole) -> OrganizationRole {
    match role {
        Owner => Owner,
        Admin | Member => Admin,
    }
}

/// The roles somebody may give to a member, highest first.
#[must_use]
pub fn grantable(actor: OrganizationRole) -> Vec<OrganizationRole> {
    let mut roles = OrganizationRole::ALL.to_vec();
    roles.retain(|to| may(OrganizationAction::ChangeRole { from: Member, to: *to }, Some(actor)).is_ok());
    roles.reverse();
    roles
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Every cell, as text; a change of the policy shows as a change of this file.
    #[test]
    fn the_matrix_is_the_one_on_file() {
        let roles = [Owner, Admin, Member];
        let mut actions = vec![
            OrganizationAction::See,
            OrganizationAction::SeeAddresses,
            OrganizationAction::ListAllEvents,
            OrganizationAction::ChangeSettings,
            OrganizationAction::SeeInvitations,
            OrganizationAction::TransferOwnership,
            OrganizationAction::Leave,
            OrganizationAction::CreateEvent,
            OrganizationAction::ReadAuditLog,
            OrganizationAction::ReadStatistics,
            OrganizationAction::DeleteEvent,
            OrganizationAction::Delete,
            OrganizationAction::Export,
        ];
        actions.extend(roles.map(|role| OrganizationAction::Invite { role }));
        actions.extend(roles.map(|role| OrganizationAction::Remove { role }));
        for from in roles {
            actions.extend(roles.map(|to| OrganizationAction::ChangeRole { from, to }));
        }
        let mut matrix = String::new();
        for action in actions {
            let cell = |actor| match may(action, actor) {
                Ok(()) => "yes",
                Err(AppError::NotFound) => "404",
                Err(_) => "403",
            };
            let cells = [None, Some(Member), Some(Admin), Some(Owner)].map(cell).join(" ");
            writeln!(matrix, "{cells}  {action:?}").expect("a string takes it");
        }
        assert_eq!(matrix, include_str!("policy_matrix.txt").split_once("\n\n").expect("a head").1);
    }

    #[test]
    fn nobody_gives_a_role_above_their_own() {
        assert_eq!(grantable(Owner), [Owner, Admin, Member]);
        assert_eq!(grantable(Admin), [Admin, Member]);
        assert_eq!(grantable(Member), []);
    }
}
