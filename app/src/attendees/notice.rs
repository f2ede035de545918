use domain::moderation::AlsoDelete;
use serde::{Deserialize, Serialize};

/// What a form about an event's people leaves for the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleNotice {
    RoleChanged,
    Removed,
    BroughtBack,
    BroughtBackToWaitlist,
    Added,
    AddedToWaitlist,
    JoinedAsAdmin,
    Banned,
    BannedAndDeleted,
    /// There is more than goes with one ban.
    BannedAndDeletedNewest,
    Unbanned,
    CheckedIn,
    CheckedInBefore,
    CheckInUndone,
    OwnTextsSaved,
    TextsSaved,
    ViewKept,
    ViewForgotten,
}

impl PeopleNotice {
    /// After a ban with which so many messages went.
    #[must_use]
    pub const fn banned(deleted: usize) -> Self {
        match deleted {
            0 => Self::Banned,
            deleted if deleted < AlsoDelete::MOST as usize => Self::BannedAndDeleted,
            _ => Self::BannedAndDeletedNewest,
        }
    }

    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::RoleChanged => "The role is changed. It counts from now on, and they get a mail.",
            Self::Removed => "Removed. Their sign-ups and talks here have ended. You can bring them back.",
            Self::BroughtBack => "They are back, with the role they had.",
            Self::BroughtBackToWaitlist => "All seats are taken, so they are back on the waitlist.",
            Self::Added => "Added. They get a mail and may leave whenever they want.",
            Self::AddedToWaitlist => "All seats are taken, so they are on the waitlist. They get a mail.",
            Self::JoinedAsAdmin => "You are a member of this event now, as an admin.",
            Self::Banned => {
                "Banned. The event is closed to them from now on, and they get a mail with your reason."
            }
            Self::BannedAndDeleted => {
                "Banned. They get a mail with your reason. What you chose of their messages is deleted; each can be restored for 24 hours."
            }
            Self::BannedAndDeletedNewest => {
                "Banned. They get a mail with your reason. Their newest 500 messages are deleted. What is older you can delete in the rooms."
            }
            Self::Unbanned => "The ban is lifted. They have the role they had.",
            Self::CheckedIn => "Checked in.",
            Self::CheckedInBefore => "They were checked in already. The first time stays.",
            Self::CheckInUndone => "The check-in is taken back.",
            Self::OwnTextsSaved => "Saved. It counts in this event alone.",
            Self::TextsSaved => "Saved. It counts in this event alone.",
            Self::ViewKept => "Kept. You find the view above the table.",
            Self::ViewForgotten => "The view is forgotten. Nobody of the table is.",
        }
    }
}
