use serde::{Deserialize, Serialize};

/// What a form about invitations leaves for the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationNotice {
    Sent,
    Resent,
    Cancelled,
    RoleChanged,
    Accepted,
    Lowered,
    Kept,
    Declined,
    ImportUndone,
}

impl InvitationNotice {
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Sent => "The invitation is on its way.",
            Self::Resent => "A new link is on its way. The old one works no more.",
            Self::Cancelled => "The invitation is cancelled. Its link is dead.",
            Self::RoleChanged => "The role in the invitation is changed.",
            Self::Accepted => "You accepted the invitation. Welcome.",
            Self::Lowered => {
                "You're in, with a smaller role: who invited you may not give the other one any more."
            }
            Self::Kept => "You accepted. You keep the role you have.",
            Self::Declined => "You declined the invitation.",
            Self::ImportUndone => "The list is taken back: what was still open is cancelled.",
        }
    }
}
