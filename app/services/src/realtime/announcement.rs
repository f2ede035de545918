use bytes::Bytes;
use domain::ids::{LoginSessionId, UserId};
use domain::realtime::{ServerFrame, Topic};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// For whom a frame is, and what of it a node has to know without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Delivery {
    pub(super) topic: Topic,
    /// Not to this person's sockets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) except: Option<UserId>,
    /// The position the frame brings its topic to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rev: Option<i64>,
    /// The people count it announces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) presence: Option<u32>,
}

impl Delivery {
    pub(super) fn of(topic: Topic, frame: &ServerFrame, except: Option<UserId>) -> Self {
        let (rev, presence) = match frame {
            ServerFrame::MessagePosted { rev, .. }
            | ServerFrame::MessageEdited { rev, .. }
            | ServerFrame::MessageDeleted { rev, .. }
            | ServerFrame::MessageRestored { rev, .. }
            | ServerFrame::ReactionsChanged { rev, .. }
            | ServerFrame::Head { rev, .. } => (Some(*rev), None),
            ServerFrame::PresenceCount { count, .. } => (None, Some(*count)),
            ServerFrame::Hello { .. }
            | ServerFrame::Subscribed { .. }
            | ServerFrame::Refused { .. }
            | ServerFrame::Unsubscribed { .. }
            | ServerFrame::Typing { .. }
            | ServerFrame::Resync { .. }
            | ServerFrame::Kicked { .. }
            | ServerFrame::SessionStarted { .. }
            | ServerFrame::SessionEnded { .. }
            | ServerFrame::SessionChanged { .. }
            | ServerFrame::Notification { .. }
            | ServerFrame::RoomCreated { .. }
            | ServerFrame::RoomChanged { .. }
            | ServerFrame::RoomClosed { .. }
            | ServerFrame::RoomDeleted { .. }
            | ServerFrame::RoomsActive { .. }
            | ServerFrame::SpeakerJoined { .. }
            | ServerFrame::ConnectionRequested { .. }
            | ServerFrame::ConnectionAccepted { .. }
            | ServerFrame::ConnectionRemoved { .. }
            | ServerFrame::MembersChanged { .. }
            | ServerFrame::ReadReceipt { .. }
            | ServerFrame::DeliveryReceipt { .. }
            | ServerFrame::ConversationOpened { .. }
            | ServerFrame::DirectMessage { .. }
            | ServerFrame::UnreadChanged { .. }
            | ServerFrame::WaitingChanged { .. }
            | ServerFrame::OnlineChanged { .. }
            | ServerFrame::Error
            | ServerFrame::Pong
            | ServerFrame::Unknown => (None, None),
        };
        Self { topic, except, rev, presence }
    }
}

/// What one node tells the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Announcement {
    Frame(Delivery),
    EndLoginSession(LoginSessionId),
    EndLoginSessionsOf(UserId),
    Revoke {
        topic: Topic,
        user: UserId,
    },
    /// Rights may have changed: of one person, or of everybody.
    Recheck {
        user: Option<UserId>,
    },
}

/// The announcement on its way: one line of JSON, then the frame's bytes exactly as sockets get them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Envelope {
    /// The node it comes from, which has seen it already.
    pub(super) node: Uuid,
    pub(super) announcement: Announcement,
    pub(super) frame: Bytes,
}

#[derive(Serialize, Deserialize)]
struct Label {
    node: Uuid,
    announcement: Announcement,
}

impl Envelope {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let label = Label { node: self.node, announcement: self.announcement };
        let mut bytes = serde_json::to_vec(&label).expect("a label of plain fields serialises");
        bytes.push(b'\n');
        bytes.extend_from_slice(&self.frame);
        bytes
    }

    /// `None` for what no Atria of this version sent.
    pub(super) fn from_bytes(bytes: &Bytes) -> Option<Self> {
        let end_of_line = bytes.iter().position(|byte| *byte == b'\n')?;
        let label: Label = serde_json::from_slice(&bytes[..end_of_line]).ok()?;
        let frame = bytes.slice(end_of_line + 1..);
        // Sockets carry text: what is no UTF-8 must not reach them.
        std::str::from_utf8(&frame).ok()?;
        Some(Self { node: label.node, announcement: label.announcement, frame })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_arrives_as_it_was_sent() {
        let topic = Topic::User(UserId::new(Uuid::from_u128(7)));
        let frame = ServerFrame::PresenceCount { topic, count: 3 };
        let envelope = Envelope {
            node: Uuid::from_u128(1),
            announcement: Announcement::Frame(Delivery::of(topic, &frame, None)),
            frame: Bytes::from(serde_json::to_vec(&frame).unwrap()),
        };
        assert_eq!(Envelope::from_bytes(&envelope.to_bytes().into()), Some(envelope));
    }

    #[test]
    fn what_is_no_envelope_is_ignored() {
        for sent in ["", "hello", "{}\n{}", "{\"node\":1}\nx"] {
            assert_eq!(Envelope::from_bytes(&Bytes::from_static(sent.as_bytes())), None, "{sent:?}");
        }
    }
}
