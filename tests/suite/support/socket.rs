//! A browser's socket.

use std::time::Duration;

use domain::ids::{ChatRoomId, UserId};
use domain::realtime::{ClientFrame, CloseReason, PROTOCOL_VERSION, ServerFrame, Topic};
use futures_util::{SinkExt as _, StreamExt as _};
use http::header::{COOKIE, HeaderName, ORIGIN};
use http::{HeaderValue, StatusCode};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::Client;

/// Longer than anything takes, the longest pause before a node tries Redis again (7.5 s) included.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// One upgrade as it goes over the wire: a browser's own, unless a test changes it.
#[derive(Clone)]
pub struct Handshake {
    pub url: String,
    pub cookie: Option<String>,
    pub origin: Option<String>,
    pub query: &'static str,
}

impl Client {
    pub fn handshake(&self) -> Handshake {
        Handshake {
            url: format!("{}/ws", self.origin.replacen("http", "ws", 1)),
            cookie: self.cookies(),
            origin: Some(self.origin.clone()),
            query: "",
        }
    }

    /// A socket that has said hello.
    pub async fn socket(&self) -> Socket {
        let mut socket = self.handshake().open().await.expect("this browser may open a socket");
        assert_eq!(socket.next().await, ServerFrame::Hello { protocol: PROTOCOL_VERSION });
        socket
    }

    /// A socket that listens to a topic from its end on.
    pub async fn listening(&self, topic: Topic) -> Socket {
        let mut socket = self.socket().await;
        let answer = socket.subscribe(topic, None).await;
        assert!(matches!(answer, ServerFrame::Subscribed { .. }), "{answer:?}");
        socket
    }
}

impl Handshake {
    /// The socket, or the status of the refusal.
    pub async fn open(self) -> Result<Socket, StatusCode> {
        let mut request = format!("{}{}", self.url, self.query).into_client_request().expect("an address");
        let mut header = |name: HeaderName, value: &str| {
            request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header value"));
        };
        if let Some(cookie) = &self.cookie {
            header(COOKIE, cookie);
        }
        if let Some(origin) = &self.origin {
            header(ORIGIN, origin);
        }
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Socket { stream }),
            Err(Error::Http(response)) => Err(response.status()),
            Err(error) => panic!("neither a socket nor an answer: {error}"),
        }
    }
}

impl Socket {
    pub async fn send(&mut self, frame: &ClientFrame) {
        self.send_text(&serde_json::to_string(frame).expect("a frame serialises")).await;
    }

    pub async fn send_text(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.expect("the socket is open");
    }

    pub async fn subscribe(&mut self, topic: Topic, cursor: Option<i64>) -> ServerFrame {
        self.send(&ClientFrame::Subscribe { topic, cursor }).await;
        self.next().await
    }

    /// The next frame that doesn't come by the second, in between: no presence count, nobody's coming, no rooms in which
    /// there is something new.
    pub async fn next(&mut self) -> ServerFrame {
        loop {
            match self.next_of_any_kind().await {
                Ok(
                    ServerFrame::PresenceCount { .. }
                    | ServerFrame::OnlineChanged { .. }
                    | ServerFrame::RoomsActive { .. },
                ) => {}
                Ok(frame) => return frame,
                Err(closed) => panic!("closed with {closed:?} instead of a frame"),
            }
        }
    }

    /// Waits for the rooms in which there is something new; nothing else may come before.
    pub async fn next_active(&mut self) -> Vec<ChatRoomId> {
        match self.next_of_any_kind().await {
            Ok(ServerFrame::RoomsActive { rooms, .. }) => rooms,
            other => panic!("{other:?} instead of rooms"),
        }
    }

    /// Waits for the news that somebody came online or left; presence counts apart, nothing else may come before.
    pub async fn next_arrival(&mut self) -> (UserId, bool) {
        loop {
            match self.next_of_any_kind().await {
                Ok(ServerFrame::OnlineChanged { person, is_online, .. }) => return (person, is_online),
                Ok(ServerFrame::PresenceCount { .. }) => {}
                other => panic!("{other:?} instead of somebody's coming or going"),
            }
        }
    }

    /// Waits until the listeners were told this count.
    pub async fn presence_becomes(&mut self, expected: u32) {
        loop {
            match self.next_of_any_kind().await {
                Ok(ServerFrame::PresenceCount { count, .. }) if count == expected => return,
                Ok(ServerFrame::PresenceCount { .. } | ServerFrame::OnlineChanged { .. }) => {}
                other => panic!("{other:?} instead of the count {expected}"),
            }
        }
    }

    /// Takes whatever has come until now: the server has answered all that was sent before.
    pub async fn settles(&mut self) {
        self.send(&ClientFrame::Ping).await;
        while self.next().await != ServerFrame::Pong {}
    }

    /// Asserts that nothing has come: what was sent before this ping would arrive before its pong.
    pub async fn is_quiet(&mut self) {
        self.send(&ClientFrame::Ping).await;
        assert_eq!(self.next().await, ServerFrame::Pong, "nothing was expected");
    }

    /// As [`Self::is_quiet`], with nobody's coming or going either.
    pub async fn is_really_quiet(&mut self) {
        self.send(&ClientFrame::Ping).await;
        let next = self.next_of_any_kind().await;
        assert_eq!(next, Ok(ServerFrame::Pong), "nothing was expected");
    }

    /// Reads on to the end and tells its reason.
    pub async fn closes(&mut self) -> Option<CloseReason> {
        loop {
            if let Err(code) = self.next_of_any_kind().await {
                return code.and_then(CloseReason::from_code);
            }
        }
    }

    /// `Err` is the close code, `None` for a connection that just ended.
    async fn next_of_any_kind(&mut self) -> Result<ServerFrame, Option<u16>> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.stream.next()).await.expect("a frame in time");
            match message {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).expect("a frame")),
                Some(Ok(Message::Close(close))) => return Err(close.map(|close| close.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }
}
