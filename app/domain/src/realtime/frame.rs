use serde::{Deserialize, Serialize};

use crate::accounts::PersonCard;
use crate::agenda::SessionStatus;
use crate::chat::{MessageView, RoomView};
use crate::ids::{AgendaSessionId, ChatRoomId, ConnectionId, ConversationId, UserId};
use crate::notifications::NotificationView;
use crate::realtime::Topic;
use crate::time::Timestamp;

/// Raised when a frame changes its meaning; the server names it in `hello`.
pub const PROTOCOL_VERSION: u32 = 1;

/// Browser → server, at most 16 KiB of JSON. Messages are not sent here but by POST.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientFrame {
    /// Listen to a topic. With a cursor (the last `rev` seen), everything after it follows.
    Subscribe {
        topic: Topic,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cursor: Option<i64>,
    },
    Unsubscribe {
        topic: Topic,
    },
    /// "I am typing here", at most every 3 s.
    Typing {
        topic: Topic,
    },
    /// Moves the own read pointer forward to `seq`.
    Read {
        topic: Topic,
        seq: i64,
    },
    /// "I have it": messages of a conversation up to `seq` are at this person's client.
    Delivered {
        topic: Topic,
        seq: i64,
    },
    Ping,
    /// A newer client's frame: ignored and counted.
    #[serde(other)]
    Unknown,
}

/// Server → browser. A frame holds only what *every* subscriber of its topic may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// First frame of every socket.
    Hello {
        protocol: u32,
    },
    /// Answers `subscribe`; `cursor` is the room's last `rev` at that moment, missed revisions follow.
    Subscribed {
        topic: Topic,
        cursor: i64,
        /// People here now; `None` when unknown.
        presence: Option<u32>,
    },
    /// Hidden and missing topics are refused alike.
    Refused {
        topic: Topic,
        code: RefusalCode,
    },
    Unsubscribed {
        topic: Topic,
    },
    /// A post, also when it arrives late while resuming.
    ///
    /// Each change of a room's messages takes the room's next `rev`, which becomes the message's. Live frames have
    /// consecutive `rev`s; resumed ones skip those that a later change of the same message replaced.
    MessagePosted {
        topic: Topic,
        rev: i64,
        message: MessageView,
    },
    Typing {
        topic: Topic,
        person: PersonCard,
    },
    PresenceCount {
        topic: Topic,
        count: u32,
    },
    /// The room's last `rev` as the database has it; who is behind subscribes again with a cursor.
    Head {
        topic: Topic,
        rev: i64,
    },
    /// The cursor can't be served (unknown, in the future, or too far back): load the page anew. Of a person: what they
    /// may do in rooms changed, as the page was served.
    Resync {
        topic: Topic,
    },
    /// Access to the topic ended.
    Kicked {
        topic: Topic,
        code: RefusalCode,
    },
    /// A session began, by hand or by the clock: once.
    SessionStarted {
        topic: Topic,
        session: AgendaSessionId,
        status: SessionStatus,
        starts_at: Option<Timestamp>,
        ends_at: Option<Timestamp>,
    },
    /// A session ended, by hand or by the clock: once.
    SessionEnded {
        topic: Topic,
        session: AgendaSessionId,
        status: SessionStatus,
        starts_at: Option<Timestamp>,
        ends_at: Option<Timestamp>,
    },
    /// What pages show of a session is stale. Without times it is not in the agenda any more.
    SessionChanged {
        topic: Topic,
        session: AgendaSessionId,
        status: SessionStatus,
        starts_at: Option<Timestamp>,
        ends_at: Option<Timestamp>,
    },
    /// Something this person is told, or told again.
    Notification {
        topic: Topic,
        item: NotificationView,
        /// The sentence that any open page says over itself, for news that can't wait.
        #[serde(skip_serializing_if = "Option::is_none")]
        said: Option<String>,
    },
    /// Somebody asks the person to connect.
    ConnectionRequested {
        topic: Topic,
        connection: ConnectionId,
        person: PersonCard,
        icebreaker: String,
    },
    /// Somebody the person asked is connected with them now. A decline is told nobody.
    ConnectionAccepted {
        topic: Topic,
        connection: ConnectionId,
        person: PersonCard,
        icebreaker: String,
    },
    /// A connection, or a request to the person, is over.
    ConnectionRemoved {
        topic: Topic,
        connection: ConnectionId,
        person: PersonCard,
    },
    /// Who takes part in the event is not as lists show it; they load anew under the viewer's own rights.
    MembersChanged {
        topic: Topic,
        people: i64,
    },
    /// New words of its author; as resumed, a message that was changed since it was posted.
    MessageEdited {
        topic: Topic,
        rev: i64,
        message: MessageView,
    },
    /// A tombstone, without text.
    MessageDeleted {
        topic: Topic,
        rev: i64,
        message: MessageView,
    },
    /// A moderator took a deletion back.
    MessageRestored {
        topic: Topic,
        rev: i64,
        message: MessageView,
    },
    /// Somebody reacted, or took it back. `mine` of the reactions is left to the reader: only the one who did it learns
    /// anything about their own, from `by`.
    ReactionsChanged {
        topic: Topic,
        rev: i64,
        message: MessageView,
        by: UserId,
        emoji: String,
        added: bool,
    },
    RoomCreated {
        topic: Topic,
        room: RoomView,
    },
    /// Name, description, slow mode, or open again.
    RoomChanged {
        topic: Topic,
        room: RoomView,
    },
    /// Organizers alone write there now.
    RoomClosed {
        topic: Topic,
        room: RoomView,
    },
    RoomDeleted {
        topic: Topic,
        room: ChatRoomId,
    },
    /// Somebody wrote in these rooms, which everybody at the event may read, in the last seconds: marks of what is new
    /// are stale.
    RoomsActive {
        topic: Topic,
        rooms: Vec<ChatRoomId>,
    },
    /// A speaker of a session opened its page or backstage: once per arrival.
    SpeakerJoined {
        topic: Topic,
        session: AgendaSessionId,
        speaker: PersonCard,
    },
    /// How far somebody has read a conversation; only while both of them tell each other.
    ReadReceipt {
        topic: Topic,
        person: UserId,
        seq: i64,
    },
    /// How far a conversation has come to somebody's client.
    DeliveryReceipt {
        topic: Topic,
        person: UserId,
        seq: i64,
    },
    /// A conversation is there for this person.
    ConversationOpened {
        topic: Topic,
        conversation: ConversationId,
        person: PersonCard,
        /// The title of the event it belongs to.
        event: Option<String>,
    },
    /// Somebody wrote to this person.
    DirectMessage {
        topic: Topic,
        conversation: ConversationId,
        seq: i64,
        person: PersonCard,
        snippet: String,
        /// They want no notice of this conversation.
        is_muted: bool,
    },
    /// What is unread of another topic, on all devices of this person.
    UnreadChanged {
        topic: Topic,
        of: Topic,
        count: u32,
    },
    /// A connection or conversation partner came online or left.
    OnlineChanged {
        topic: Topic,
        person: UserId,
        is_online: bool,
    },
    /// What the heads of this person's pages count is not as they show it: they ask anew.
    WaitingChanged {
        topic: Topic,
    },
    /// The frame could not be read.
    Error,
    Pong,
    /// A newer server's frame: ignored and counted.
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    NotFound,
    NoAccess,
    TooMany,
    /// A part the answer needs is down; try again.
    Unavailable,
}

impl ServerFrame {
    /// The position this frame has in its topic, for gap detection.
    #[must_use]
    pub const fn rev(&self) -> Option<(Topic, i64)> {
        match self {
            Self::MessagePosted { topic, rev, .. }
            | Self::MessageEdited { topic, rev, .. }
            | Self::MessageDeleted { topic, rev, .. }
            | Self::MessageRestored { topic, rev, .. }
            | Self::ReactionsChanged { topic, rev, .. } => Some((*topic, *rev)),
            Self::Hello { .. }
            | Self::Subscribed { .. }
            | Self::Refused { .. }
            | Self::Unsubscribed { .. }
            | Self::Typing { .. }
            | Self::PresenceCount { .. }
            | Self::Head { .. }
            | Self::Resync { .. }
            | Self::Kicked { .. }
            | Self::SessionStarted { .. }
            | Self::SessionEnded { .. }
            | Self::SessionChanged { .. }
            | Self::Notification { .. }
            | Self::RoomCreated { .. }
            | Self::RoomChanged { .. }
            | Self::RoomClosed { .. }
            | Self::RoomDeleted { .. }
            | Self::RoomsActive { .. }
            | Self::SpeakerJoined { .. }
            | Self::ConnectionRequested { .. }
            | Self::ConnectionAccepted { .. }
            | Self::ConnectionRemoved { .. }
            | Self::MembersChanged { .. }
            | Self::ReadReceipt { .. }
            | Self::DeliveryReceipt { .. }
            | Self::ConversationOpened { .. }
            | Self::DirectMessage { .. }
            | Self::UnreadChanged { .. }
            | Self::OnlineChanged { .. }
            | Self::WaitingChanged { .. }
            | Self::Error
            | Self::Pong
            | Self::Unknown => None,
        }
    }
}
