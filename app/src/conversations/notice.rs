use serde::{Deserialize, Serialize};

/// What was done to a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationNotice {
    MessageDeleted,
    Cleared,
    Muted,
    Unmuted,
}

impl ConversationNotice {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::MessageDeleted => "The message is deleted, for both of you.",
            Self::Cleared => "The conversation is cleared for you. It comes back with the next message.",
            Self::Muted => "You get no notices of this conversation any more.",
            Self::Unmuted => "You get notices of this conversation again.",
        }
    }
}
