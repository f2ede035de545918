use serde::{Deserialize, Serialize};

use crate::accounts::PersonCard;
use crate::ids::{ChatMessageId, ClientMessageId};
use crate::text::{self, Lines, TextError};
use crate::time::Timestamp;

/// What a member typed into a room, ready to store.
///
/// Trimmed; 1 to [`Self::MAX_CHARS`] Unicode scalar values; repeated in `chat_messages_body_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageBody(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageBodyError {
    #[error("Write a message first.")]
    Empty,
    #[error("Messages hold up to {} characters; this one has {length}.", MessageBody::MAX_CHARS)]
    TooLong { length: usize },
    #[error("This contains a character that can't be sent.")]
    ControlCharacter,
}

impl MessageBody {
    pub const MAX_CHARS: usize = 2000;

    /// # Errors
    /// Empty after trimming, too long, or a control character other than newline and tab.
    pub fn parse(input: &str) -> Result<Self, MessageBodyError> {
        text::clean(input, Lines::Many, 1, Self::MAX_CHARS).map(Self).map_err(|error| match error {
            TextError::TooLong { length, .. } => MessageBodyError::TooLong { length },
            TextError::ControlCharacter | TextError::LineBreak => MessageBodyError::ControlCharacter,
            TextError::Missing | TextError::TooShort { .. } => MessageBodyError::Empty,
        })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A message as every reader of its room may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    pub id: ChatMessageId,
    /// Lets the author's own tabs match the message they are still showing as "sending".
    pub client_message_id: ClientMessageId,
    pub seq: i64,
    pub rev: i64,
    pub author: PersonCard,
    /// `None` is a tombstone: deleted, without text.
    pub body: Option<String>,
    pub sent_at: Timestamp,
}
