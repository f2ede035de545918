use std::str::FromStr;

use domain::accounts::PersonCard;
use domain::chat::MessageView;
use domain::ids::{ClientMessageId, EventId, UserId};
use domain::realtime::client::{FromJson, Json};
use serde::{Deserialize, Serialize};

use super::Place;

/// A room as the page opens it: what the server renders and the island starts from. Readable in the HTML, so it
/// holds nothing the reader may not see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomOpening {
    #[serde(flatten)]
    pub place: Place,
    /// Whose news the room hands on to its page; `None` for a conversation.
    pub event_id: Option<EventId>,
    pub name: String,
    /// Who is in it, or what it is about.
    pub audience: String,
    /// The other one of a conversation.
    pub partner: Option<Partner>,
    pub me: PersonCard,
    /// The newest messages in order.
    pub messages: Vec<MessageView>,
    pub has_older: bool,
    /// The revision after which the socket resumes.
    pub cursor: i64,
    /// The reader's pointer before this visit.
    pub last_read_seq: i64,
    /// Why the reader may not post; takes the composer's place.
    pub refusal: Option<String>,
    /// The reader deletes what others wrote.
    pub is_moderator: bool,
    /// Whom the reader blocked: what they say is folded.
    pub blocked: Vec<UserId>,
    /// A closed room is not closed to the reader.
    pub writes_when_closed: bool,
    /// What the reader wrote and a moderator looks at first.
    pub held: Vec<ClientMessageId>,
    /// For the plain form; made anew for each rendering, and repeated only after a refused post.
    pub client_message_id: ClientMessageId,
    /// What a refused plain post had typed.
    pub draft: String,
    /// The message it answered, or nothing.
    pub reply_to: String,
    /// Why it was refused.
    pub problem: Option<String>,
    /// People in the room now; `None` when unknown.
    pub presence: Option<u32>,
}

/// How far the other one of a conversation has got it, and whether they are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    pub id: UserId,
    pub is_online: bool,
    pub delivered_seq: i64,
    /// `None` while either of the two tells nothing.
    pub read_seq: Option<i64>,
}

impl Partner {
    /// What stands under the reader's own last message.
    pub(super) const fn state(self, seq: i64) -> &'static str {
        match self.read_seq {
            Some(read) if read >= seq => "Read",
            Some(_) | None if self.delivered_seq >= seq => "Delivered",
            Some(_) | None => "Sent",
        }
    }
}

impl FromJson for Partner {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self {
            id: json.parsed("id")?,
            is_online: json.get("is_online")?.as_bool()?,
            delivered_seq: json.number("delivered_seq")?,
            read_seq: json.number("read_seq"),
        })
    }
}

impl FromJson for RoomOpening {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self {
            place: Place::from_json(json)?,
            event_id: json.parsed("event_id"),
            name: json.text("name")?,
            audience: json.text("audience")?,
            partner: json.read("partner"),
            me: json.read("me")?,
            messages: json.read("messages")?,
            has_older: json.get("has_older")?.as_bool()?,
            cursor: json.number("cursor")?,
            last_read_seq: json.number("last_read_seq")?,
            refusal: json.text("refusal"),
            is_moderator: json.is("is_moderator"),
            blocked: ids(json, "blocked")?,
            writes_when_closed: json.is("writes_when_closed"),
            held: ids(json, "held")?,
            client_message_id: json.parsed("client_message_id")?,
            draft: json.text("draft")?,
            reply_to: json.text("reply_to")?,
            problem: json.text("problem"),
            presence: json.count("presence"),
        })
    }
}

fn ids<T: FromStr>(json: &impl Json, key: &str) -> Option<Vec<T>> {
    Some(json.get(key)?.items().iter().filter_map(|id| id.as_text()?.parse().ok()).collect())
}

impl RoomOpening {
    /// As the island's element carries it: JSON, which the browser's own parser reads.
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn pack(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn unpack(packed: &str) -> Option<Self> {
        crate::live::json::parse(packed)
    }
}
