use serde::{Deserialize, Serialize};

use super::verdict::{MAX_BULK_ROWS, MAX_FILE_ROWS};
use crate::attendees::EventRole;
use crate::organizations::{OrganizationAction, OrganizationRole, may};

/// What one is invited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    Organization,
    Event,
}

impl TargetKind {
    /// The most rows of a file with addresses (specification 21.1): the people of an event are imported.
    #[must_use]
    pub const fn max_file_rows(self) -> usize {
        match self {
            Self::Organization => MAX_BULK_ROWS,
            Self::Event => MAX_FILE_ROWS,
        }
    }

    /// The most addresses of a list, pasted and from a file together.
    #[must_use]
    pub const fn max_list_rows(self) -> usize {
        match self {
            Self::Organization => MAX_BULK_ROWS,
            Self::Event => MAX_BULK_ROWS + MAX_FILE_ROWS,
        }
    }
}

/// What one is invited as. Nobody is invited as OWNER: that role is only given to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitedRole {
    Organization(OrganizationRole),
    Event(EventRole),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Choose one of the roles.")]
pub struct InvitedRoleError;

impl InvitedRole {
    /// Reads a stored or posted value of this kind of target.
    ///
    /// # Errors
    /// OWNER, and whatever is no role there.
    pub fn parse(kind: TargetKind, text: &str) -> Result<Self, InvitedRoleError> {
        match kind {
            TargetKind::Organization => OrganizationRole::from_stored(text)
                .filter(|role| *role != OrganizationRole::Owner)
                .map(Self::Organization),
            TargetKind::Event => EventRole::from_stored(text).map(Self::Event),
        }
        .ok_or(InvitedRoleError)
    }

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organization(role) => role.as_str(),
            Self::Event(role) => role.as_str(),
        }
    }

    /// The word shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Organization(role) => role.label(),
            Self::Event(role) => role.label(),
        }
    }
}

/// The roles somebody may invite to an organization with, highest first.
#[must_use]
pub fn grantable_in_organization(actor: Option<OrganizationRole>) -> Vec<OrganizationRole> {
    let invited = [OrganizationRole::Admin, OrganizationRole::Member];
    invited
        .into_iter()
        .filter(|role| may(OrganizationAction::Invite { role: *role }, actor).is_ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_invited_as_owner_or_as_something_unknown() {
        let organization = |text| InvitedRole::parse(TargetKind::Organization, text);
        assert_eq!(organization("ADMIN"), Ok(InvitedRole::Organization(OrganizationRole::Admin)));
        assert_eq!(organization("MEMBER"), Ok(InvitedRole::Organization(OrganizationRole::Member)));
        for refused in ["OWNER", "SPEAKER", "admin", "", "\0"] {
            assert_eq!(organization(refused), Err(InvitedRoleError), "{refused:?}");
        }
        let event = |text| InvitedRole::parse(TargetKind::Event, text);
        assert_eq!(event("SPEAKER"), Ok(InvitedRole::Event(EventRole::Speaker)));
        assert_eq!(event("OWNER"), Err(InvitedRoleError));
        assert_eq!(event("MEMBER"), Err(InvitedRoleError));
    }

    #[test]
    fn owners_and_admins_invite_admins_and_members() {
        use OrganizationRole::{Admin, Member, Owner};
        assert_eq!(grantable_in_organization(Some(Owner)), [Admin, Member]);
        assert_eq!(grantable_in_organization(Some(Admin)), [Admin, Member]);
        assert_eq!(grantable_in_organization(Some(Member)), []);
        assert_eq!(grantable_in_organization(None), []);
    }
}
