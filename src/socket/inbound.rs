use axum::extract::ws::Message;
use domain::realtime::ClientFrame;

/// Clients' frames are tiny; messages go by POST.
const MAX_TEXT_BYTES: usize = 16 * 1024;

/// What one WebSocket message means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inbound {
    Frame(ClientFrame),
    /// A newer client's frame.
    Unknown,
    Malformed,
    /// A sign of life without content.
    Heartbeat,
    Goodbye,
}

impl Inbound {
    pub(super) fn read(message: &Message) -> Self {
        match message {
            Message::Text(text) if text.len() > MAX_TEXT_BYTES => Self::Malformed,
            Message::Text(text) => match serde_json::from_str(text) {
                Ok(ClientFrame::Unknown) => Self::Unknown,
                Ok(frame) => Self::Frame(frame),
                Err(_) => Self::Malformed,
            },
            Message::Binary(_) => Self::Malformed,
            Message::Ping(_) | Message::Pong(_) => Self::Heartbeat,
            Message::Close(_) => Self::Goodbye,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Inbound {
        Inbound::read(&Message::text(text))
    }

    #[test]
    fn a_frame_of_the_contract_is_read() {
        assert_eq!(read(r#"{"type":"ping"}"#), Inbound::Frame(ClientFrame::Ping));
    }

    #[test]
    fn a_type_of_a_newer_client_is_unknown_not_malformed() {
        assert_eq!(read(r#"{"type":"wave","topic":"room:x","n":1}"#), Inbound::Unknown);
    }

    #[test]
    fn what_is_no_frame_is_malformed() {
        for text in
            ["", "hello", "{}", "[]", r#"{"type":"typing"}"#, r#"{"type":"subscribe","topic":"room:1"}"#]
        {
            assert_eq!(read(text), Inbound::Malformed, "{text:?}");
        }
        assert_eq!(Inbound::read(&Message::binary(b"{\"type\":\"ping\"}".to_vec())), Inbound::Malformed);
    }

    #[test]
    fn a_frame_over_16_kib_is_not_even_read() {
        let padded = |size: usize| format!("{{\"type\":\"ping\"{}}}", " ".repeat(size - 15));
        assert_eq!(read(&padded(MAX_TEXT_BYTES)), Inbound::Frame(ClientFrame::Ping));
        assert_eq!(read(&padded(MAX_TEXT_BYTES + 1)), Inbound::Malformed);
    }
}
