//! The wire format read without serde: derived readers of tagged enums and of JSON text would make up a third of the
//! WASM. The browser parses the JSON; this reads the values. A test holds it equal to serde's form.

use crate::accounts::PersonCard;
use crate::chat::{DeletedBy, MessageView, Quote, Reaction, RoomKind, RoomView};
use crate::error::{Gone, Incident, Unauthenticated};
use crate::paging::Slice;
use crate::realtime::client::{Pending, PendingState};
use crate::realtime::{ClientFrame, RefusalCode, ServerFrame, Topic};
use crate::time::Timestamp;
use crate::{AppError, Conflict, Denied, FieldErrors};

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

    /// A field that is true; missing ones are not.
    fn is(&self, key: &str) -> bool {
        self.get(key).and_then(|value| value.as_bool()).unwrap_or(false)
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
            is_edited: json.is("is_edited"),
            deleted_by: json.text("deleted_by").map(|by| match by.as_str() {
                "author" => DeletedBy::Author,
                _ => DeletedBy::Moderator,
            }),
            reply_to: json.read("reply_to"),
            reactions: json.read("reactions").unwrap_or_default(),
            mentions: json.read("mentions").unwrap_or_default(),
        })
    }
}

impl FromJson for Quote {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self {
            id: json.parsed("id")?,
            seq: json.number("seq")?,
            author: json.text("author")?,
            body: json.text("body"),
        })
    }
}

impl FromJson for Reaction {
    fn from_json(json: &impl Json) -> Option<Self> {
        let mine = json.get("mine").and_then(|mine| mine.as_bool());
        Some(Self { emoji: json.text("emoji")?, count: json.count("count")?, mine })
    }
}

impl FromJson for RoomView {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self {
            id: json.parsed("id")?,
            kind: RoomKind::from_stored(&json.text("kind")?)?,
            name: json.text("name")?,
            description: json.text("description"),
            is_enabled: json.is("is_enabled"),
            slow_mode_seconds: json.count("slow_mode_seconds")?.try_into().ok()?,
        })
    }
}

impl FromJson for Pending {
    fn from_json(json: &impl Json) -> Option<Self> {
        Some(Self {
            client_message_id: json.parsed("client_message_id")?,
            body: json.text("body")?,
            reply_to: json.parsed("reply_to"),
            state: match json.text("failed") {
                Some(reason) => PendingState::Failed(reason),
                None if json.is("held") => PendingState::Held,
                None => PendingState::Sending,
            },
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
        let kind = json.text("type")?;
        Some(match kind.as_str() {
            "hello" => Self::Hello { protocol: json.count("protocol")? },
            "subscribed" => Self::Subscribed {
                topic: topic?,
                cursor: json.number("cursor")?,
                presence: json.count("presence"),
            },
            "refused" => Self::Refused { topic: topic?, code: json.read("code")? },
            "unsubscribed" => Self::Unsubscribed { topic: topic? },
            kind @ ("message_posted" | "message_edited" | "message_deleted" | "message_restored"
            | "reactions_changed") => of_message(kind, topic?, json)?,
            "room_changed" => Self::RoomChanged { topic: topic?, room: json.read("room")? },
            "room_closed" => Self::RoomClosed { topic: topic?, room: json.read("room")? },
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

/// What happened to one message, read once for all of them.
fn of_message(kind: &str, topic: Topic, json: &impl Json) -> Option<ServerFrame> {
    let (rev, message) = (json.number("rev")?, json.read("message")?);
    Some(match kind {
        "message_posted" => ServerFrame::MessagePosted { topic, rev, message },
        "message_edited" => ServerFrame::MessageEdited { topic, rev, message },
        "message_deleted" => ServerFrame::MessageDeleted { topic, rev, message },
        "message_restored" => ServerFrame::MessageRestored { topic, rev, message },
        _ => ServerFrame::ReactionsChanged {
            topic,
            rev,
            message,
            by: json.parsed("by")?,
            emoji: json.text("emoji")?,
            added: json.is("added"),
        },
    })
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
                "edit_time_over" => Self::Denied(Denied::EditTimeOver),
                "moderators_only" => Self::Denied(Denied::ModeratorsOnly),
                _ => Self::NotFound,
            },
            "conflict" => match word()?.as_str() {
                "room_closed" => Self::Conflict(Conflict::RoomClosed),
                "event_archived" => Self::Conflict(Conflict::EventArchived),
                "message_id_reused" => Self::Conflict(Conflict::MessageIdReused),
                "held_for_review" => Self::Conflict(Conflict::HeldForReview),
                "message_deleted" => Self::Conflict(Conflict::MessageDeleted),
                "too_many_reactions" => {
                    Self::Conflict(Conflict::TooManyReactions { max: detail?.count("max")? })
                }
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
