//! The wire format read without serde: derived readers of tagged enums and of JSON text would make up a third of the
//! WASM. The browser parses the JSON; this reads the values. A test holds it equal to serde's form.

use crate::accounts::PersonCard;
use crate::chat::MessageView;
use crate::error::{FieldErrors, Gone, Incident, Unauthenticated};
use crate::paging::Slice;
use crate::realtime::client::{Pending, PendingState};
use crate::realtime::{ClientFrame, RefusalCode, ServerFrame, Topic};
use crate::time::Timestamp;
use crate::{AppError, Conflict, Denied};

/// A parsed JSON value, whoever parsed it.
pub trait Json: Sized {
    /// A field of an object; `None` when it is missing or null.
    fn get(&self, key: &str) -> Option<Self>;
    fn as_text(&self) -> Option<String>;
    fn as_number(&self) -> Option<i64>;
    fn as_bool(&self) -> Option<bool>;
    /// The elements of an array; empty for anything else.
    fn items(&self) -> Vec<Self>;
    /// The names of an object's fields; empty for anything else.
    fn keys(&self) -> Vec<String>;

    fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_text()
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.get(key)?.as_number()
    }

    fn count(&self, key: &str) -> Option<u32> {
        self.number(key)?.try_into().ok()
    }

    /// A field whose text is an id or a topic.
    fn parsed<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.text(key)?.parse().ok()
    }

    fn read<T: FromJson>(&self, key: &str) -> Option<T> {
        T::from_json(&self.get(key)?)
    }
}

/// What can be read from a [`Json`]; `None` when it has another shape.
pub trait FromJson: Sized {
    fn from_json(json: &impl Json) -> Option<Self>;
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &impl Json) -> Option<Self> {
        json.items().iter().map(T::from_json).collect()
    }
}

impl FromJson for PersonCard {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self { id: json.parsed("id")?, full_name: json.text("full_name")? })
    }
}

impl FromJson for MessageView {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self {
            id: json.parsed("id")?,
            client_message_id: json.parsed("client_message_id")?,
            seq: json.number("seq")?,
            rev: json.number("rev")?,
            author: json.read("author")?,
            body: json.text("body"),
            sent_at: Timestamp::from_millis(json.number("sent_at")?),
        })
    }
}

impl FromJson for Pending {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self {
            client_message_id: json.parsed("client_message_id")?,
            body: json.text("body")?,
            state: json.text("failed").map_or(PendingState::Sending, PendingState::Failed),
        })
    }
}

impl<T: FromJson> FromJson for Slice<T> {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self {
            items: json.read("items")?,
            has_older: json.get("has_older")?.as_bool()?,
            has_newer: json.get("has_newer")?.as_bool()?,
        })
    }
}

impl FromJson for RefusalCode {
    /// A newer server's code is one that a later try may mend.
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(match json.as_text()?.as_str() {
            "not_found" => Self::NotFound,
            "no_access" => Self::NoAccess,
            "too_many" => Self::TooMany,
            _ => Self::Unavailable,
        })
    }
}

impl FromJson for ServerFrame {
    fn from_json(json: &impl Json) -> Option<Self> {
        let topic = json.parsed::<Topic>("topic");
        Some(match json.text("type")?.as_str() {
            "hello" => Self::Hello { protocol: json.count("protocol")? },
            "subscribed" => Self::Subscribed {
                topic: topic?,
                cursor: json.number("cursor")?,
                presence: json.count("presence"),
            },
            "refused" => Self::Refused { topic: topic?, code: json.read("code")? },
            "unsubscribed" => Self::Unsubscribed { topic: topic? },
            "message_posted" => Self::MessagePosted {
                topic: topic?,
                rev: json.number("rev")?,
                message: json.read("message")?,
            },
            "message_edited" => Self::MessageEdited {
                topic: topic?,
                rev: json.number("rev")?,
                message: json.read("message")?,
            },
            "message_deleted" => Self::MessageDeleted {
                topic: topic?,
                rev: json.number("rev")?,
                message: json.read("message")?,
            },
            "read_receipt" => {
                Self::ReadReceipt { topic: topic?, person: json.parsed("person")?, seq: json.number("seq")? }
            }
            "delivery_receipt" => Self::DeliveryReceipt {
                topic: topic?,
                person: json.parsed("person")?,
                seq: json.number("seq")?,
            },
            "online_changed" => Self::OnlineChanged {
                topic: topic?,
                person: json.parsed("person")?,
                is_online: json.get("is_online")?.as_bool()?,
            },
            "typing" => Self::Typing { topic: topic?, person: json.read("person")? },
            "presence_count" => Self::PresenceCount { topic: topic?, count: json.count("count")? },
            "head" => Self::Head { topic: topic?, rev: json.number("rev")? },
            "resync" => Self::Resync { topic: topic? },
            "kicked" => Self::Kicked { topic: topic?, code: json.read("code")? },
            "error" => Self::Error,
            "pong" => Self::Pong,
            _ => Self::Unknown,
        })
    }
}

impl FromJson for AppError {
    /// The refusals a chat room can give. Another one means that this page is older than the server: for the
    /// person it is as good as gone.
    fn from_json(json: &impl Json) -> Option<Self> {
        let detail = json.get("detail");
        let word = || detail.as_ref().and_then(|detail| detail.as_text().or_else(|| detail.text("kind")));
        Some(match json.text("code")?.as_str() {
            "unauthenticated" => Self::Unauthenticated(Unauthenticated::SignInRequired),
            "denied" => match word()?.as_str() {
                "banned_from_event" => Self::Denied(Denied::BannedFromEvent),
                "muted" => Self::Denied(Denied::Muted),
                "deactivated" => Self::Denied(Denied::Deactivated),
                "person_unavailable" => Self::Denied(Denied::PersonUnavailable),
                "cross_site" => Self::Denied(Denied::CrossSite),
                _ => Self::NotFound,
            },
            "conflict" => match word()?.as_str() {
                "room_closed" => Self::Conflict(Conflict::RoomClosed),
                "event_archived" => Self::Conflict(Conflict::EventArchived),
                "message_id_reused" => Self::Conflict(Conflict::MessageIdReused),
                _ => Self::NotFound,
            },
            "gone" => Self::Gone(Gone::Link),
            "invalid" => Self::Invalid(fields(&detail?)),
            "too_many" => Self::TooMany { retry_after_seconds: detail?.count("retry_after_seconds")? },
            "busy" => Self::Busy,
            "internal" => Self::Internal(Incident(word()?)),
            _ => Self::NotFound,
        })
    }
}

fn fields(json: &impl Json) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for field in json.keys() {
        if let Some(text) = json.text(&field) {
            errors.add(&field, text);
        }
    }
    errors
}

impl ClientFrame {
    /// The frame as JSON text. Topics and numbers need no escaping.
    #[must_use]
    pub fn to_json(&self) -> String {
        match self {
            Self::Subscribe { topic, cursor: Some(cursor) } => {
                format!(r#"{{"type":"subscribe","topic":"{topic}","cursor":{cursor}}}"#)
            }
            Self::Subscribe { topic, cursor: None } => format!(r#"{{"type":"subscribe","topic":"{topic}"}}"#),
            Self::Unsubscribe { topic } => format!(r#"{{"type":"unsubscribe","topic":"{topic}"}}"#),
            Self::Typing { topic } => format!(r#"{{"type":"typing","topic":"{topic}"}}"#),
            Self::Read { topic, seq } => format!(r#"{{"type":"read","topic":"{topic}","seq":{seq}}}"#),
            Self::Delivered { topic, seq } => {
                format!(r#"{{"type":"delivered","topic":"{topic}","seq":{seq}}}"#)
            }
            Self::Ping => r#"{"type":"ping"}"#.to_owned(),
            Self::Unknown => r#"{"type":"unknown"}"#.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
