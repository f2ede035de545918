//! The one error that crosses the wire. Texts for people are made here, from closed types; nothing internal
//! fits into them.

use serde::{Deserialize, Serialize};

use crate::field_errors::FieldErrors;
use crate::uploads::UploadRefused;

/// Names one logged failure; the person sees it, the log line carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident(pub String);

/// What a use case answers instead of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", content = "detail", rename_all = "snake_case")]
pub enum AppError {
    /// 401: no valid login session, or wrong credentials.
    #[error("{0}")]
    Unauthenticated(Unauthenticated),
    /// 403: the person sees the thing but may not do this.
    #[error("{0}")]
    Denied(Denied),
    /// 404: missing, or hidden from this person; the two are indistinguishable.
    #[error("This page doesn't exist, or it isn't open to you.")]
    NotFound,
    /// 404: a page after the last of a list.
    #[error("There is no page {page}, the last one is {last}.")]
    NoSuchPage { page: i64, last: i64 },
    /// 409: the state forbids it.
    #[error("{0}")]
    Conflict(Conflict),
    /// 410: a link that was good once.
    #[error("{0}")]
    Gone(Gone),
    /// 422: one message per field.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// 408, 413, 415, 422, 507: a file that is not kept.
    #[error("{0}")]
    Upload(UploadRefused),
    /// 429, with the wait in seconds.
    #[error("That was a lot at once. Try again in {}.", crate::text::seconds_in_words(*.retry_after_seconds))]
    TooMany { retry_after_seconds: u32 },
    /// 503: a needed part is busy; nothing was done and a retry is safe.
    #[error("Atria is busy right now. Nothing was changed; try again in a moment.")]
    Busy,
    /// 500: a failure of ours, logged under this incident.
    #[error("Something went wrong on our side. If it goes on, name this to your host: {}", .0.0)]
    Internal(Incident),
}

impl AppError {
    /// The HTTP status that carries this error.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated(_) => 401,
            Self::Denied(_) => 403,
            Self::NotFound | Self::NoSuchPage { .. } => 404,
            Self::Conflict(_) => 409,
            Self::Gone(_) => 410,
            Self::Invalid(_) => 422,
            Self::Upload(refused) => refused.status(),
            Self::TooMany { .. } => 429,
            Self::Busy => 503,
            Self::Internal(_) => 500,
        }
    }

    /// The sentence for a place that shows no fields: of those that fields have, that of the first by its name.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Invalid(fields) => fields.iter().next().map(|(_, text)| text.to_owned()),
            _ => None,
        }
        .unwrap_or_else(|| self.to_string())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unauthenticated {
    #[error("Sign in to go on.")]
    SignInRequired,
    #[error("Email address and password don't match.")]
    WrongCredentials,
}

/// Seen but forbidden; `Display` is the sentence shown to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Denied {
    #[error("Confirm your address first: follow the link in the email we sent you.")]
    AddressUnconfirmed,
    /// The password was last confirmed too long ago for this; confirming it again is enough.
    #[error("Confirm your password to go on.")]
    SignInNotRecent,
    #[error("Only owners and admins of the organization may do this.")]
    OrganizationAdminsOnly,
    #[error("Only owners of the organization may do this.")]
    OrganizationOwnersOnly,
    #[error("Your own role is changed by somebody else; leaving is up to you.")]
    OwnRole,
    #[error("Only organizers of the event may do this.")]
    OrganizersOnly,
    #[error("Only members of the event may do this. Register first.")]
    EventMembersOnly,
    #[error("Only organizers, moderators and this session's speakers may do this.")]
    SessionStaffOnly,
    #[error("Only admins of the event may do this.")]
    EventAdminsOnly,
    #[error("Only moderators and organizers of the event may do this.")]
    ModeratorsOnly,
    #[error("You can't do this to yourself.")]
    Oneself,
    #[error("Owners of the organization can't be muted or banned in its events.")]
    OwnerOfOrganization,
    #[error("This invitation is for another address than yours.")]
    InvitationForAnother,
    #[error("You were banned from this event. The reason is among your notifications.")]
    BannedFromEvent,
    #[error("A moderator has muted you in this event.")]
    Muted,
    #[error("Only who wrote a message can change it.")]
    NotYourMessage,
    #[error("A message can be changed for 15 minutes after it was sent.")]
    EditTimeOver,
    #[error("Its author deleted this message. That is final.")]
    DeletedByAuthor,
    /// Blocked, not connected any more, banned, gone: always the same answer.
    #[error("This person is not available.")]
    PersonUnavailable,
    #[error("You can write to each other once you are connected.")]
    NotConnected,
    #[error("This account is deactivated.")]
    Deactivated,
    #[error("This account is about to be erased.")]
    DeletionPending,
    #[error("This request came from another site and was refused.")]
    CrossSite,
    #[error("This person is not open to requests.")]
    NotOpenToRequests,
}

/// The state forbids it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Conflict {
    #[error("This room is closed.")]
    RoomClosed,
    #[error("This event is archived and can't be changed.")]
    EventArchived,
    #[error("This message was deleted.")]
    MessageDeleted,
    #[error("A message takes at most {max} different reactions.")]
    TooManyReactions { max: u32 },
    #[error("An event has at most {max} rooms of its own.")]
    TooManyRooms { max: u32 },
    #[error("This message was already sent with another text.")]
    MessageIdReused,
    #[error("This can't be done while the event is {from}.")]
    StatusTransition { from: String },
    #[error("{by} saved a newer version in the meantime. Yours is still here; saving again replaces theirs.")]
    StaleEdit { by: String },
    #[error("Registration is closed.")]
    RegistrationClosed,
    #[error("The event is full.")]
    EventFull,
    #[error("{by} is on this report.")]
    ReportTaken { by: String },
    #[error("This report is answered already.")]
    ReportClosed,
    #[error("Nobody here can be told of this. You can block the person.")]
    NobodyAnswers,
    #[error("They are not muted.")]
    NotMuted,
    /// Not lost: kept for a moderator, who posts it or refuses it.
    #[error("A moderator looks at this message before the others see it.")]
    HeldForReview,
    #[error("Somebody has decided about this message already.")]
    ReviewedAlready,
    /// Told to the moderator who would let a held message through.
    #[error("Who wrote this message may not write there at the moment. Refuse it, or let it through later.")]
    AuthorMayNotWrite,
    #[error("An event needs an admin. Make somebody else an admin first.")]
    LastEventAdmin,
    #[error("An organization needs an owner. Make somebody else an owner first.")]
    LastOwner,
    #[error("This address belongs to somebody who is there already.")]
    AlreadyMember,
    #[error("This address has an open invitation already. You can send it again.")]
    AlreadyInvited,
    #[error("This person is banned here and can't be invited.")]
    PersonBanned,
    #[error("This person is banned already.")]
    BannedAlready,
    #[error("This person is not banned.")]
    NotBanned,
    #[error("This person doesn't take part in the event at the moment.")]
    NotTakingPart,
    #[error("Only who was removed can be brought back. Invite them instead.")]
    NotRemoved,
    #[error("This invitation is no longer valid: who invited you may not do so any more. Ask for a new one.")]
    InvitationVoid,
    #[error("This invitation is not open any more.")]
    InvitationClosed,
    #[error(
        "You are the last owner of {}. Make somebody else an owner there first, or leave the account as it is.",
        .organizations.join(", ")
    )]
    LastOwnerOf { organizations: Vec<String> },
    #[error("Another account uses this address by now.")]
    AddressTaken,
    #[error("Their role was changed in the meantime. Look again before you decide.")]
    RoleChangedMeanwhile,
    #[error("You already own {max} organizations, the most one person may own.")]
    TooManyOrganizations { max: u32 },
    #[error("{tier} is full: it shows {max} at most. Raise its limit, or hide another sponsor first.")]
    TierFull { tier: String, max: u32 },
    #[error("An event has at most {max} sponsor tiers.")]
    TooManyTiers { max: u32 },
    #[error("An event has at most {max} sponsors.")]
    TooManySponsors { max: u32 },
    #[error("This session is full.")]
    SessionFull,
    #[error("This session takes no sign-ups: everybody may come.")]
    NoSignUpNeeded,
    #[error("This session is over or cancelled.")]
    SessionOver,
    #[error("Attendance is marked from 15 minutes before the session starts.")]
    AttendanceTooEarly,
    #[error("Somebody else changed the order in the meantime. This is how it is now.")]
    OrderChanged,
    #[error("This event has begun. Cancel it, or archive it once it is over.")]
    EventStarted,
    #[error("People have registered already. Cancel the event instead, so that they are told.")]
    PeopleRegistered,
    #[error("This event is over.")]
    EventOver,
    #[error("This event is not over yet. It can be archived from the day after its last.")]
    EventNotOver,
    #[error("An event has at most {max} {of}.")]
    AgendaFull { of: String, max: u32 },
    #[error("A session has at most {max} speakers.")]
    TooManySpeakers { max: u32 },
    #[error("This person has a role in this session already. Change it there.")]
    SpeaksAlready,
    #[error("A session that is {from} can't do this.")]
    SessionStatus { from: String },
    #[error("You are connected already.")]
    ConnectedAlready,
    #[error("You have asked already.")]
    RequestedAlready,
    #[error("They have asked you already. Answer their request.")]
    RequestWaits,
    #[error("You withdrew your request. You can ask again in {hours} {}.", if *hours == 1 { "hour" } else { "hours" })]
    AskAgainIn { hours: u32 },
    #[error("You have {max} requests open, the most there can be. Withdraw one, or wait for answers.")]
    TooManyOpenRequests { max: u32 },
    #[error("This request isn't waiting for your answer.")]
    RequestNotOpen,
    #[error("There is no open request of yours to withdraw.")]
    NoRequest,
    #[error("You are not connected.")]
    NotConnected,
    #[error("You keep {max} views of this table, the most there can be. Delete one first.")]
    TooManyViews { max: u32 },
    #[error(
        "A file holds at most {max} people, and these are {found}. Choose a view or a role, and download each."
    )]
    TooManyRows { max: i64, found: i64 },
}

/// A link that was good once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Gone {
    #[error("This link doesn't work: it was used, replaced, has expired, or is incomplete.")]
    Link,
    #[error("This invitation was answered already.")]
    InvitationAnswered,
    #[error("This invitation has expired.")]
    InvitationExpired,
    #[error("This invitation was cancelled.")]
    InvitationCancelled,
    #[error("A newer link was sent to this address. This one doesn't work any more.")]
    InvitationReplaced,
    #[error("The ten minutes to undo this are over.")]
    UndoOver,
    #[error("A deleted message can be restored for 24 hours.")]
    RestoreOver,
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<UploadRefused> for AppError {
    fn from(refused: UploadRefused) -> Self {
        Self::Upload(refused)
    }
}

impl From<Denied> for AppError {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Conflict> for AppError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}
