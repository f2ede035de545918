//! What a form post leaves for the next page: a notice, or the errors and everything that was typed.

use std::collections::BTreeMap;

use domain::ids::UserId;
use domain::{AppError, Conflict, FieldErrors};
use serde::{Deserialize, Serialize};

use crate::agenda::AgendaNotice;
use crate::attendees::PeopleNotice;
use crate::attending::AttendingNotice;
use crate::connections::ConnectionNotice;
use crate::conversations::ConversationNotice;
use crate::events::LifeNotice;
use crate::invitations::InvitationNotice;
use crate::moderation::ModerationNotice;

/// Shown once, on the page it was meant for. Kept in the server-side session, so no URL can forge it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Flash {
    /// [`crate::ssr::place`] of the page that takes it.
    pub place: String,
    pub notice: Option<Notice>,
    pub problem: Option<AppError>,
    /// What takes the noticed action back, while the notice is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<Undo>,
    /// What was typed, by field name; never a password.
    pub values: BTreeMap<String, String>,
    /// Whom it waits for; whoever comes where that is nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed_by: Option<UserId>,
}

/// A form without anything to fill in: where it is sent, and its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// Texts for people are chosen from this list, never carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    SignedOutMeanwhile,
    NotSentYet,
    LinkSent,
    SignUpWithdrawn,
    AddressConfirmed,
    ResetLinkSent,
    PasswordReset,
    PasswordChanged,
    PasswordConfirmed,
    Saved,
    PictureSaved,
    OtherPicturesSaved,
    PictureRemoved,
    MailsStopped,
    EventPrivacySaved,
    EventPrivacyRemoved,
    AddressLinkSent,
    AddressChangeCancelled,
    AddressChanged,
    AddressRestored,
    Deactivated,
    DeletionBegan,
    CameBack,
    ExportAsked,
    DeviceEnded,
    OthersEnded,
    OrganizationCreated,
    OrganizationLeft,
    SettingsSaved,
    OwnershipTransferred,
    OrganizationDeleted,
    OrganizationRestored,
    RoleChanged,
    MemberRemoved,
    EventSaved,
    EventLife(LifeNotice),
    Registered,
    OnWaitlist,
    EventLeft,
    Invitation(InvitationNotice),
    SponsorAdded,
    TierAdded,
    OrderSaved,
    EntryRemoved,
    DeletedForNow,
    BroughtBack,
    Agenda(AgendaNotice),
    Attending(AttendingNotice),
    People(PeopleNotice),
    Moderation(ModerationNotice),
    MessageDeleted,
    MarkedUnread,
    RoomAdded,
    RoomsClosed,
    RoomsOpened,
    Connection(ConnectionNotice),
    Conversations(ConversationNotice),
}

impl Notice {
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::SignedOutMeanwhile => {
                "You were signed out. What you typed is kept: sign in and it is there again."
            }
            Self::NotSentYet => "What you typed is here again. It is not sent yet.",
            Self::LinkSent => "If this address waits for confirmation, a new link is on its way.",
            Self::AddressConfirmed => "Your address is confirmed. Welcome to Atria.",
            Self::SignUpWithdrawn => "That sign-up is removed. Nobody can use it.",
            Self::ResetLinkSent => "If an account uses this address, a link is on its way.",
            Self::PasswordReset => "Your new password is set. Sign in with it.",
            Self::PasswordChanged => "Your password is changed. All other devices are signed out.",
            Self::PasswordConfirmed => "Thank you. For the next ten minutes we won't ask again.",
            Self::Saved | Self::SettingsSaved | Self::EventSaved => "Saved.",
            Self::OtherPicturesSaved => "The other pictures are saved.",
            Self::PictureSaved => "Saved. Your pictures are in place.",
            Self::PictureRemoved => "The picture is removed.",
            Self::MailsStopped => "You get no more mails like this.",
            Self::EventPrivacySaved => "Saved. It counts in this event alone.",
            Self::EventPrivacyRemoved => "Your privacy settings count here again.",
            Self::AddressLinkSent => "We sent a link to the new address. Open it within 24 hours.",
            Self::AddressChangeCancelled => "The change is cancelled. Your address stays as it is.",
            Self::AddressChanged => "The account has its new address. All other devices are signed out.",
            Self::AddressRestored => "The account has its old address. Set a new password now.",
            Self::Deactivated => "Your account is deactivated. Sign in whenever you want to come back.",
            Self::DeletionBegan => "Your account is deleted. Sign in within 30 days if you change your mind.",
            Self::CameBack => "Welcome back. All is as it was.",
            Self::ExportAsked => "We prepare a copy of your data. It takes a few seconds.",
            Self::DeviceEnded => "That device is signed out.",
            Self::OthersEnded => "All other devices are signed out.",
            Self::OrganizationCreated => "Your organization is ready. Create its first event.",
            Self::OrganizationLeft => "You left the organization.",
            Self::OwnershipTransferred => "Ownership is transferred. You are an admin now.",
            Self::OrganizationDeleted => "The organization is deleted. You can bring it back for 30 days.",
            Self::OrganizationRestored => "The organization is back, with its events and open invitations.",
            Self::RoleChanged => "The role is changed. It counts from now on.",
            Self::MemberRemoved => "Removed. They are not a member any more.",
            Self::EventLife(step) => step.text(),
            Self::Registered => "You're in. We sent you a confirmation.",
            Self::Invitation(notice) => notice.text(),
            Self::SponsorAdded => "The sponsor is added at the end of its tier.",
            Self::TierAdded => "The tier is added below the others.",
            Self::OrderSaved => "The new order is saved.",
            Self::EntryRemoved => "It is removed.",
            Self::DeletedForNow => "Deleted. You can bring it back for ten minutes.",
            Self::BroughtBack => "It is back where it was.",
            Self::Agenda(notice) => notice.text(),
            Self::Attending(notice) => notice.text(),
            Self::People(notice) => notice.text(),
            Self::Moderation(notice) => notice.text(),
            Self::MessageDeleted => "The message is deleted.",
            Self::MarkedUnread => "It waits for you as unread.",
            Self::RoomAdded => "The room is open. It stands behind the others of its kind.",
            Self::RoomsClosed => "All public rooms are closed. Organizers can still write there.",
            Self::RoomsOpened => "The rooms that were closed together are open again.",
            Self::Connection(notice) => notice.text(),
            Self::Conversations(notice) => notice.text(),
            Self::EventLeft => "You left. Nothing of this event is on your list any more.",
            Self::OnWaitlist => "You're on the waitlist. We'll write when a seat is free.",
        }
    }
}

impl Undo {
    #[must_use]
    pub fn new(action: &str, fields: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self { action: action.to_owned(), fields: fields.iter().map(owned).collect() }
    }
}

impl Flash {
    /// Something that was refused or typed is on the page again.
    #[must_use]
    pub fn brings_back(&self) -> bool {
        self.problem.is_some() || !self.values.is_empty()
    }

    /// What was typed into a field, or nothing.
    #[must_use]
    pub fn value(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    /// What was typed, or the stored value where nothing was posted.
    #[must_use]
    pub fn value_or(&self, field: &str, stored: &str) -> String {
        self.values.get(field).map_or_else(|| stored.to_owned(), Clone::clone)
    }

    /// The message of one field.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<String> {
        self.errors().and_then(|errors| errors.get(field)).map(ToOwned::to_owned)
    }

    /// All field messages, if the form was refused for them.
    #[must_use]
    pub fn errors(&self) -> Option<&FieldErrors> {
        match &self.problem {
            Some(AppError::Invalid(errors)) => Some(errors),
            _ => None,
        }
    }

    /// Whether the form was refused because somebody saved a newer version meanwhile.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        matches!(self.problem, Some(AppError::Conflict(Conflict::StaleEdit { .. })))
    }

    /// The sentence above the form: why it was refused as a whole.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        self.problem.as_ref().map(ToString::to_string)
    }
}
