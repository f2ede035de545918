use std::ops::Not;

use serde::{Deserialize, Serialize};

use crate::accounts::{PersonCard, full_name};
use crate::ids::{ChatMessageId, ClientMessageId};
use crate::text::{self, Lines, TextError};
use crate::time::Timestamp;

/// Different emoji on one message, and people named in one (specification 21.1).
pub const MAX_REACTIONS: usize = 20;
pub const MAX_MENTIONS: usize = 20;

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

/// Why a moderator deleted a message: up to 500 characters, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeleteReason(Option<String>);

impl DeleteReason {
    pub const MAX_CHARS: usize = 500;

    /// # Errors
    /// As [`text::clean`].
    pub fn parse(input: &str) -> Result<Self, TextError> {
        text::clean_optional(input, Lines::Many, Self::MAX_CHARS).map(Self)
    }

    #[must_use]
    pub fn get(&self) -> Option<&str> {
        self.0.as_deref()
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
    #[serde(default, skip_serializing_if = "Not::not")]
    pub is_edited: bool,
    /// On a tombstone only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_by: Option<DeletedBy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Quote>,
    /// In the order in which they came first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
    /// The people whose names stand behind an `@` in the text, by their present names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<PersonCard>,
}

/// Who took a message back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeletedBy {
    Author,
    Moderator,
}

/// The beginning of the message that another one answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub id: ChatMessageId,
    pub seq: i64,
    /// Its author's name.
    pub author: String,
    /// `None` when it is deleted.
    pub body: Option<String>,
}

/// How many reacted with one emoji.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    pub emoji: String,
    pub count: u32,
    /// Whether the reader is among them; `None` in what everybody gets alike: the reader knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<bool>,
}

impl Quote {
    /// Characters of the answered message that stand above the answer.
    pub const MAX_CHARS: usize = 140;

    /// As it is stored beside the answer; `None` for what answers nothing.
    #[must_use]
    pub fn stored(
        id: Option<ChatMessageId>,
        seq: Option<i64>,
        (first_name, last_name): (Option<&str>, Option<&str>),
        body: Option<&str>,
    ) -> Option<Self> {
        let author = full_name(first_name?, last_name?);
        Some(Self { id: id?, seq: seq?, author, body: body.map(Self::excerpt) })
    }

    /// What of a text is quoted.
    #[must_use]
    pub fn excerpt(text: &str) -> String {
        match text.char_indices().nth(Self::MAX_CHARS) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        }
    }
}

impl Reaction {
    /// As they are counted, for a reader who reacted with `own`: one for each emoji, in order.
    #[must_use]
    pub fn counted(emojis: Vec<String>, counts: Vec<i64>, own: &[String]) -> Vec<Self> {
        let reaction = |(emoji, count): (String, i64)| Self {
            mine: Some(own.contains(&emoji)),
            count: u32::try_from(count).unwrap_or(u32::MAX),
            emoji,
        };
        emojis.into_iter().zip(counts).map(reaction).collect()
    }
}

impl MessageView {
    /// Without what only one reader knows, for all of them.
    #[must_use]
    pub fn for_everybody(mut self) -> Self {
        for reaction in &mut self.reactions {
            reaction.mine = None;
        }
        self
    }
}
