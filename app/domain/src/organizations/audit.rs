/// What the audit log of an organization tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditAction {
    OrganizationCreated,
    SettingsChanged,
    SlugChanged,
    RoleChanged,
    /// By accepting an invitation.
    MemberJoined,
    MemberRemoved,
    MemberLeft,
    OwnershipTransferred,
    OrganizationDeleted,
    OrganizationRestored,
    InvitationSent,
    InvitationResent,
    InvitationCancelled,
    InvitationRoleChanged,
    InvitationAccepted,
    InvitationDeclined,
    /// Nobody answered it in time.
    InvitationExpired,
    EventCreated,
    EventPublished,
    EventUnpublished,
    EventCancelled,
    EventReinstated,
    EventArchived,
    EventReopened,
    EventDeleted,
    EventRestored,
    EventRoleChanged,
    EventMemberAdded,
    EventMemberRemoved,
    EventMemberBroughtBack,
    EventMemberBanned,
    EventMemberUnbanned,
    EventJoinedAsAdmin,
    EventTakenOver,
}

impl AuditAction {
    pub const ALL: [Self; 34] = [
        Self::OrganizationCreated,
        Self::SettingsChanged,
        Self::SlugChanged,
        Self::RoleChanged,
        Self::MemberJoined,
        Self::MemberRemoved,
        Self::MemberLeft,
        Self::OwnershipTransferred,
        Self::OrganizationDeleted,
        Self::OrganizationRestored,
        Self::InvitationSent,
        Self::InvitationResent,
        Self::InvitationCancelled,
        Self::InvitationRoleChanged,
        Self::InvitationAccepted,
        Self::InvitationDeclined,
        Self::InvitationExpired,
        Self::EventCreated,
        Self::EventPublished,
        Self::EventUnpublished,
        Self::EventCancelled,
        Self::EventReinstated,
        Self::EventArchived,
        Self::EventReopened,
        Self::EventDeleted,
        Self::EventRestored,
        Self::EventRoleChanged,
        Self::EventMemberAdded,
        Self::EventMemberRemoved,
        Self::EventMemberBroughtBack,
        Self::EventMemberBanned,
        Self::EventMemberUnbanned,
        Self::EventJoinedAsAdmin,
        Self::EventTakenOver,
    ];

    /// As stored and serialized.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrganizationCreated => "ORGANIZATION_CREATED",
            Self::SettingsChanged => "SETTINGS_CHANGED",
            Self::SlugChanged => "SLUG_CHANGED",
            Self::RoleChanged => "ROLE_CHANGED",
            Self::MemberJoined => "MEMBER_JOINED",
            Self::MemberRemoved => "MEMBER_REMOVED",
            Self::MemberLeft => "MEMBER_LEFT",
            Self::OwnershipTransferred => "OWNERSHIP_TRANSFERRED",
            Self::OrganizationDeleted => "ORGANIZATION_DELETED",
            Self::OrganizationRestored => "ORGANIZATION_RESTORED",
            Self::InvitationSent => "INVITATION_SENT",
            Self::InvitationResent => "INVITATION_RESENT",
            Self::InvitationCancelled => "INVITATION_CANCELLED",
            Self::InvitationRoleChanged => "INVITATION_ROLE_CHANGED",
            Self::InvitationAccepted => "INVITATION_ACCEPTED",
            Self::InvitationDeclined => "INVITATION_DECLINED",
            Self::InvitationExpired => "INVITATION_EXPIRED",
            Self::EventCreated => "EVENT_CREATED",
            Self::EventPublished => "EVENT_PUBLISHED",
            Self::EventUnpublished => "EVENT_UNPUBLISHED",
            Self::EventCancelled => "EVENT_CANCELLED",
            Self::EventReinstated => "EVENT_REINSTATED",
            Self::EventArchived => "EVENT_ARCHIVED",
            Self::EventReopened => "EVENT_REOPENED",
            Self::EventDeleted => "EVENT_DELETED",
            Self::EventRestored => "EVENT_RESTORED",
            Self::EventRoleChanged => "EVENT_ROLE_CHANGED",
            Self::EventMemberAdded => "EVENT_MEMBER_ADDED",
            Self::EventMemberRemoved => "EVENT_MEMBER_REMOVED",
            Self::EventMemberBroughtBack => "EVENT_MEMBER_BROUGHT_BACK",
            Self::EventMemberBanned => "EVENT_MEMBER_BANNED",
            Self::EventMemberUnbanned => "EVENT_MEMBER_UNBANNED",
            Self::EventJoinedAsAdmin => "EVENT_JOINED_AS_ADMIN",
            Self::EventTakenOver => "EVENT_TAKEN_OVER",
        }
    }

    #[must_use]
    pub fn from_stored(stored: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == stored)
    }

    /// What the actor did, to go on behind their name; the subject follows.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::OrganizationCreated => "created the organization",
            Self::SettingsChanged => "changed the settings",
            Self::SlugChanged => "changed the address",
            Self::RoleChanged => "changed the role of",
            Self::MemberJoined => "joined",
            Self::MemberRemoved => "removed",
            Self::MemberLeft => "left",
            Self::OwnershipTransferred => "transferred ownership to",
            Self::OrganizationDeleted => "deleted the organization",
            Self::OrganizationRestored => "brought back the organization",
            Self::InvitationSent => "invited",
            Self::InvitationResent => "sent a new invitation to",
            Self::InvitationCancelled => "cancelled the invitation of",
            Self::InvitationRoleChanged => "changed the role in the invitation of",
            Self::InvitationAccepted => "accepted the invitation of",
            Self::InvitationDeclined => "declined the invitation of",
            Self::InvitationExpired => "closed the expired invitation of",
            Self::EventCreated => "created the event",
            Self::EventPublished => "published the event",
            Self::EventUnpublished => "took back to a draft the event",
            Self::EventCancelled => "cancelled the event",
            Self::EventReinstated => "reinstated the event",
            Self::EventArchived => "archived the event",
            Self::EventReopened => "reopened the event",
            Self::EventDeleted => "deleted the event",
            Self::EventRestored => "brought back the event",
            Self::EventRoleChanged => "changed the role of",
            Self::EventMemberAdded => "added",
            Self::EventMemberRemoved => "removed",
            Self::EventMemberBroughtBack => "brought back",
            Self::EventMemberBanned => "banned",
            Self::EventMemberUnbanned => "lifted the ban of",
            Self::EventJoinedAsAdmin => "joined as an admin",
            Self::EventTakenOver => "became an admin in place of",
        }
    }

    /// The word before the event, where it is not the subject itself.
    #[must_use]
    pub const fn before_event(self) -> &'static str {
        match self {
            Self::InvitationSent
            | Self::InvitationResent
            | Self::InvitationCancelled
            | Self::InvitationRoleChanged
            | Self::InvitationAccepted
            | Self::InvitationDeclined
            | Self::InvitationExpired
            | Self::EventMemberAdded => "to",
            Self::EventMemberRemoved | Self::EventMemberBanned => "from",
            Self::EventJoinedAsAdmin => "of",
            Self::OrganizationCreated
            | Self::SettingsChanged
            | Self::SlugChanged
            | Self::RoleChanged
            | Self::MemberJoined
            | Self::MemberRemoved
            | Self::MemberLeft
            | Self::OwnershipTransferred
            | Self::OrganizationDeleted
            | Self::OrganizationRestored
            | Self::EventRoleChanged
            | Self::EventMemberBroughtBack
            | Self::EventMemberUnbanned
            | Self::EventTakenOver
            | Self::EventCreated
            | Self::EventPublished
            | Self::EventUnpublished
            | Self::EventCancelled
            | Self::EventReinstated
            | Self::EventArchived
            | Self::EventReopened
            | Self::EventDeleted
            | Self::EventRestored => "in",
        }
    }
}
