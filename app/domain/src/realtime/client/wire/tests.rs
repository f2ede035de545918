use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{FromJson, Json};
use crate::accounts::PersonCard;
use crate::chat::MessageView;
use crate::error::{Gone, Incident, Unauthenticated};
use crate::ids::{ChatMessageId, ChatRoomId, ClientMessageId, UserId};
use crate::paging::Slice;
use crate::realtime::client::{Pending, PendingState};
use crate::realtime::{ClientFrame, RefusalCode, ServerFrame, Topic};
use crate::time::Timestamp;
use crate::{AppError, Conflict, Denied, FieldErrors};

impl Json for Value {
    fn get(&self, key: &str) -> Option<Self> {
        self.as_object()?.get(key).filter(|value| !value.is_null()).cloned()
    }

    fn as_text(&self) -> Option<String> {
        self.as_str().map(ToOwned::to_owned)
    }

    fn as_number(&self) -> Option<i64> {
        self.as_i64()
    }

    fn as_bool(&self) -> Option<bool> {
        self.as_bool()
    }

    fn items(&self) -> Vec<Self> {
        self.as_array().cloned().unwrap_or_default()
    }

    fn keys(&self) -> Vec<String> {
        self.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
    }
}

fn read_back<T: Serialize + FromJson>(value: &T) -> Option<T> {
    T::from_json(&serde_json::to_value(value).unwrap())
}

fn topic() -> Topic {
    Topic::Room(ChatRoomId::new(Uuid::from_u128(7)))
}

fn person() -> PersonCard {
    PersonCard { id: UserId::new(Uuid::from_u128(8)), full_name: "Ada \"the first\" 🜁".into() }
}

fn message(body: Option<&str>) -> MessageView {
    MessageView {
        id: ChatMessageId::new(Uuid::from_u128(1)),
        client_message_id: ClientMessageId::new(Uuid::from_u128(2)),
        seq: 3,
        rev: 4,
        author: person(),
        body: body.map(ToOwned::to_owned),
        sent_at: Timestamp::from_millis(1_790_289_307_123),
    }
}

#[test]
fn every_frame_of_the_server_is_read_as_serde_wrote_it() {
    let topic = topic();
    let mut frames = vec![
        ServerFrame::Hello { protocol: 1 },
        ServerFrame::Subscribed { topic, cursor: 9, presence: Some(3) },
        ServerFrame::Subscribed { topic, cursor: 9, presence: None },
        ServerFrame::Unsubscribed { topic },
        ServerFrame::MessagePosted { topic, rev: 4, message: message(Some("Hello\n\"there\"")) },
        ServerFrame::MessagePosted { topic, rev: 4, message: message(None) },
        ServerFrame::MessageEdited { topic, rev: 5, message: message(Some("Hello")) },
        ServerFrame::MessageDeleted { topic, rev: 6, message: message(None) },
        ServerFrame::ReadReceipt { topic, person: person().id, seq: 3 },
        ServerFrame::DeliveryReceipt { topic, person: person().id, seq: 3 },
        ServerFrame::OnlineChanged { topic, person: person().id, is_online: true },
        ServerFrame::Typing { topic, person: person() },
        ServerFrame::PresenceCount { topic, count: 12 },
        ServerFrame::Head { topic, rev: 5 },
        ServerFrame::Resync { topic },
        ServerFrame::Error,
        ServerFrame::Pong,
    ];
    for code in [RefusalCode::NotFound, RefusalCode::NoAccess, RefusalCode::TooMany, RefusalCode::Unavailable]
    {
        frames.push(ServerFrame::Refused { topic, code });
        frames.push(ServerFrame::Kicked { topic, code });
    }
    for frame in frames {
        assert_eq!(read_back(&frame).as_ref(), Some(&frame));
    }
}

#[test]
fn a_frame_of_a_newer_server_is_unknown_and_a_broken_one_nothing() {
    let read = |text: &str| ServerFrame::from_json(&serde_json::from_str::<Value>(text).unwrap());
    assert_eq!(read(r#"{"type":"reaction","topic":"room:x"}"#), Some(ServerFrame::Unknown));
    assert_eq!(read(r#"{"type":"head","topic":"room:x","rev":1}"#), None);
    assert_eq!(read(r#"{"topic":"room:x"}"#), None);
    assert_eq!(read("[]"), None);
}

#[test]
fn every_frame_of_the_client_is_written_as_serde_would() {
    let topic = topic();
    let frames = [
        ClientFrame::Subscribe { topic, cursor: Some(4) },
        ClientFrame::Subscribe { topic, cursor: None },
        ClientFrame::Unsubscribe { topic },
        ClientFrame::Typing { topic },
        ClientFrame::Read { topic, seq: 5 },
        ClientFrame::Delivered { topic, seq: 5 },
        ClientFrame::Ping,
    ];
    for frame in frames {
        assert_eq!(frame.to_json(), serde_json::to_string(&frame).unwrap());
    }
}

#[test]
fn answers_to_calls_are_read_as_serde_wrote_them() {
    let page = Slice { items: vec![message(Some("Hi")), message(None)], has_older: true, has_newer: false };
    assert_eq!(read_back(&page), Some(page));
    let errors = [
        AppError::Unauthenticated(Unauthenticated::SignInRequired),
        Denied::BannedFromEvent.into(),
        Denied::Muted.into(),
        Denied::Deactivated.into(),
        Denied::PersonUnavailable.into(),
        Denied::CrossSite.into(),
        AppError::NotFound,
        Conflict::RoomClosed.into(),
        Conflict::EventArchived.into(),
        Conflict::MessageIdReused.into(),
        AppError::Gone(Gone::Link),
        FieldErrors::one("body", "Write a message first.").into(),
        AppError::TooMany { retry_after_seconds: 7 },
        AppError::Busy,
        AppError::Internal(Incident("abc".into())),
    ];
    for error in errors {
        assert_eq!(read_back(&error).as_ref(), Some(&error));
    }
}

#[test]
fn what_a_tab_kept_is_read_with_its_refusal_and_from_older_pages() {
    let id = Uuid::from_u128(2);
    let state = |rest: &str| {
        let text = format!(r#"{{"client_message_id":"{id}","body":"Hi"{rest}}}"#);
        Pending::from_json(&serde_json::from_str::<Value>(&text).unwrap()).unwrap().state
    };
    assert_eq!(state(""), PendingState::Sending);
    assert_eq!(state(r#","failed":null"#), PendingState::Sending);
    assert_eq!(state(r#","failed":"Closed.""#), PendingState::Failed("Closed.".into()));
}
