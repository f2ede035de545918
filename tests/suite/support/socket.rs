//! A browser's socket to a [`TestApp`].

use std::time::Duration;

use domain::realtime::{ClientFrame, PROTOCOL_VERSION, ServerFrame, Topic};
use futures_util::{SinkExt as _, StreamExt as _};
use http::header::{COOKIE, ORIGIN};
use http::{HeaderValue, StatusCode};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::{Client, TestApp};

/// Nothing on loopback takes longer.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct LiveSocket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl TestApp {
    /// The upgrade with this browser's cookies; the refusal's status otherwise.
    pub async fn try_socket(&self, browser: &Client) -> Result<LiveSocket, StatusCode> {
        let mut request = format!("ws://{}/ws", self.address).into_client_request().expect("an address");
        let header = |text: &str| HeaderValue::from_str(text).expect("a header value");
        request.headers_mut().insert(ORIGIN, header(&self.origin));
        if let Some(cookies) = browser.cookies() {
            request.headers_mut().insert(COOKIE, header(&cookies));
        }
        match connect_async(request).await {
            Ok((stream, _)) => Ok(LiveSocket { stream }),
            Err(Error::Http(response)) => Err(response.status()),
            Err(error) => panic!("neither a socket nor an answer: {error}"),
        }
    }

    /// A socket that has said hello and listens to a topic.
    pub async fn listening(&self, browser: &Client, topic: Topic) -> LiveSocket {
        let mut socket = self.try_socket(browser).await.expect("this browser may open a socket");
        assert_eq!(socket.next().await, ServerFrame::Hello { protocol: PROTOCOL_VERSION });
        socket.send(&ClientFrame::Subscribe { topic, cursor: None }).await;
        let answer = socket.next().await;
        assert!(matches!(answer, ServerFrame::Subscribed { .. }), "{answer:?}");
        socket
    }
}

impl LiveSocket {
    pub async fn send(&mut self, frame: &ClientFrame) {
        let text = serde_json::to_string(frame).expect("a frame");
        self.stream.send(Message::text(text)).await.expect("the socket is open");
    }

    /// The next frame that is about more than who is here.
    pub async fn next(&mut self) -> ServerFrame {
        loop {
            let frame =
                tokio::time::timeout(PATIENCE, self.stream.next()).await.expect("a frame within 10 s");
            match frame.expect("the socket is open").expect("a readable frame") {
                Message::Text(text) => match serde_json::from_str(&text).expect("a frame of ours") {
                    ServerFrame::PresenceCount { .. } => {}
                    frame => return frame,
                },
                Message::Close(frame) => panic!("the server closed: {frame:?}"),
                _ => {}
            }
        }
    }
}
