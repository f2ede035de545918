use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::ids::{ChatRoomId, ConversationId, EventId, UserId};

/// What a socket listens to. On the wire `room:<uuid>`, `event:<uuid>` and so on, made here and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Messages, typing and presence of one chat room.
    Room(ChatRoomId),
    /// What everybody in one event learns: its sessions that start, end and change.
    Event(EventId),
    /// What concerns one person alone; every socket of theirs is on it.
    User(UserId),
    /// Messages, receipts and typing of two people.
    Conversation(ConversationId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such topic")]
pub struct UnknownTopic;

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room(id) => write!(f, "room:{id}"),
            Self::Event(id) => write!(f, "event:{id}"),
            Self::User(id) => write!(f, "user:{id}"),
            Self::Conversation(id) => write!(f, "conversation:{id}"),
        }
    }
}

impl FromStr for Topic {
    type Err = UnknownTopic;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some(("room", id)) => id.parse().map(Self::Room).map_err(|_| UnknownTopic),
            Some(("event", id)) => id.parse().map(Self::Event).map_err(|_| UnknownTopic),
            Some(("user", id)) => id.parse().map(Self::User).map_err(|_| UnknownTopic),
            Some(("conversation", id)) => id.parse().map(Self::Conversation).map_err(|_| UnknownTopic),
            _ => Err(UnknownTopic),
        }
    }
}

impl Serialize for Topic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Topic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
