use domain::ids::{ChatMessageId, ChatRoomId, ConversationId, UserId};
use domain::realtime::Topic;
use domain::realtime::client::{FromJson, Json};
use serde::{Deserialize, Serialize};

/// Where the messages of a live page are: its topic, its addresses, and what its calls are named and told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Place {
    Room {
        /// The event's address.
        event: String,
        room: ChatRoomId,
    },
    Conversation {
        conversation: ConversationId,
    },
}

impl FromJson for Place {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(match json.parsed("conversation") {
            Some(conversation) => Self::Conversation { conversation },
            None => Self::Room { event: json.text("event")?, room: json.parsed("room")? },
        })
    }
}

impl Place {
    /// Half a page of history: a message that was looked for stands in its middle.
    const AROUND: i64 = 25;

    /// The page itself.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Room { event, room } => format!("/events/{event}/rooms/{room}"),
            Self::Conversation { conversation } => format!("/inbox/{conversation}"),
        }
    }

    /// The page with what was said around a message.
    pub(crate) fn around(&self, message: ChatMessageId, seq: i64) -> String {
        let path = self.path();
        match self {
            Self::Room { .. } => format!("{path}?message={message}#message-{seq}"),
            Self::Conversation { .. } => format!("{path}?before={}#message-{seq}", seq + Self::AROUND),
        }
    }

    /// The page where a message of another is reported.
    pub(crate) fn report_path(&self, message: ChatMessageId) -> String {
        match self {
            Self::Room { event, .. } => format!("/report?kind=MESSAGE&target={message}&event={event}"),
            Self::Conversation { .. } => format!("/report?kind=DIRECT_MESSAGE&target={message}"),
        }
    }

    /// The page of somebody who writes there.
    pub(crate) fn person_path(&self, person: UserId) -> String {
        match self {
            Self::Room { event, .. } => format!("/events/{event}/people/{person}"),
            Self::Conversation { .. } => format!("/people/{person}"),
        }
    }

    /// The list it stands in.
    pub(crate) fn list_path(&self) -> String {
        match self {
            Self::Room { event, .. } => format!("/events/{event}/rooms"),
            Self::Conversation { .. } => "/inbox".to_owned(),
        }
    }

    /// The words for the way to that list.
    pub(crate) const fn list_label(&self) -> &'static str {
        match self {
            Self::Room { .. } => "All rooms",
            Self::Conversation { .. } => "All conversations",
        }
    }

    /// A server function about it: rooms and conversations have the same ones.
    pub(crate) fn call(&self, function: &str) -> String {
        match self {
            Self::Room { .. } => format!("/api/chat/{function}"),
            Self::Conversation { .. } => format!("/api/conversations/{function}"),
        }
    }

    /// The server function that moves the reader's pointer.
    pub(crate) fn mark_read_call(&self) -> String {
        self.call(match self {
            Self::Room { .. } => "mark_room_read",
            Self::Conversation { .. } => "mark_read",
        })
    }

    /// The fields that name it in every call.
    pub(crate) fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Room { event, room } => vec![("event", event.clone()), ("room", room.to_string())],
            Self::Conversation { conversation } => vec![("conversation", conversation.to_string())],
        }
    }

    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "only the live room in the browser subscribes to it")
    )]
    pub(crate) const fn topic(&self) -> Topic {
        match self {
            Self::Room { room, .. } => Topic::Room(*room),
            Self::Conversation { conversation } => Topic::Conversation(*conversation),
        }
    }
}
