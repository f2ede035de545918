//! One socket: the upgrade as a browser does it, a subscription, then frames until the thread ends.

use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::realtime::{ClientFrame, ServerFrame, Topic};
use futures_util::{SinkExt as _, StreamExt as _};
use http::{HeaderName, HeaderValue};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use crate::clock::now_ns;
use crate::listening::Counters;
use crate::sequence::Sequence;
use crate::tally::{Kind, Tally};

/// Where one reader goes in.
#[derive(Debug, Clone)]
pub struct Door {
    pub address: SocketAddr,
    /// `ws://host/path`.
    pub url: String,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Asked for after the server's hello; without one, frames come by themselves.
    pub topic: Option<Topic>,
    /// Whether a reader whose socket ends opens another, as a browser does; otherwise the end is a fault.
    pub comes_back: bool,
    /// Instead of what the kernel gives, which grows.
    pub receive_buffer_bytes: Option<u32>,
}

/// What the readers of one thread share.
#[derive(Debug, Default)]
pub struct Hearing {
    pub tally: RefCell<Tally>,
    /// One for each reader who got in.
    pub sequences: RefCell<Vec<Sequence>>,
    pub counters: Counters,
}

type Socket = WebSocketStream<TcpStream>;

/// The default of 128 KiB for each socket would cost the generator more than the server.
#[must_use]
pub fn small_buffers() -> WebSocketConfig {
    WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(1024).max_write_buffer_size(64 * 1024)
}

impl Door {
    async fn connect(&self) -> io::Result<TcpStream> {
        let socket = if self.address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        if let Some(bytes) = self.receive_buffer_bytes {
            socket.set_recv_buffer_size(bytes)?;
        }
        socket.connect(self.address).await
    }

    /// Opens the socket and subscribes, from a cursor or from now on; answers with it and the room's position.
    ///
    /// # Errors
    /// In words: what the server answered instead.
    pub async fn enter(&self, cursor: Option<i64>) -> Result<(Socket, i64), String> {
        let mut request = self.url.as_str().into_client_request().map_err(|error| error.to_string())?;
        request.headers_mut().extend(self.headers.iter().cloned());
        let stream = self.connect().await.map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let opened = client_async_with_config(request, stream, Some(small_buffers())).await;
        let (mut socket, _) = opened.map_err(|error| match error {
            Error::Http(response) => format!("the upgrade was answered with {}", response.status()),
            other => other.to_string(),
        })?;
        match self.topic {
            None => Ok((socket, 0)),
            Some(topic) => {
                let position = subscribe(&mut socket, topic, cursor).await?;
                Ok((socket, position))
            }
        }
    }
}

async fn subscribe(socket: &mut Socket, topic: Topic, cursor: Option<i64>) -> Result<i64, String> {
    let frame = ClientFrame::Subscribe { topic, cursor };
    let frame = serde_json::to_string(&frame).expect("a frame of plain fields serialises");
    socket.send(Message::text(frame)).await.map_err(|error| error.to_string())?;
    loop {
        let text = match socket.next().await {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Close(close))) => {
                return Err(format!("closed instead of subscribed: {close:?}"));
            }
            Some(Ok(_)) => continue,
            Some(Err(error)) => return Err(error.to_string()),
            None => return Err("the connection ended before the subscription".to_owned()),
        };
        match serde_json::from_str(&text) {
            Ok(ServerFrame::Subscribed { cursor, .. }) => return Ok(cursor),
            Ok(ServerFrame::Refused { code, .. }) => return Err(format!("the room was refused: {code:?}")),
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
}

/// Reads until the thread ends. That the socket ends before is a fault, unless this reader comes back.
pub async fn listen(door: Door, mut socket: Socket, position: i64, hearing: Rc<Hearing>) {
    let place = {
        let mut sequences = hearing.sequences.borrow_mut();
        sequences.push(Sequence::after(position));
        sequences.len() - 1
    };
    hearing.counters.inside.fetch_add(1, Ordering::Relaxed);
    loop {
        hear(&mut socket, place, &hearing).await;
        hearing.counters.inside.fetch_sub(1, Ordering::Relaxed);
        if !door.comes_back {
            hearing.tally.borrow_mut().faults.sockets += 1;
            return;
        }
        hearing.sequences.borrow_mut()[place].resume();
        socket = come_back(&door, place, &hearing).await;
        hearing.counters.inside.fetch_add(1, Ordering::Relaxed);
    }
}

async fn hear(socket: &mut Socket, place: usize, hearing: &Hearing) {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let reader = &mut hearing.sequences.borrow_mut()[place];
        match hearing.tally.borrow_mut().take(&text, reader, now_ns()) {
            Kind::Delivery => _ = hearing.counters.deliveries.fetch_add(1, Ordering::Relaxed),
            Kind::Presence => _ = hearing.counters.presence.fetch_add(1, Ordering::Relaxed),
            // The socket ends here, and the next one asks for the same again.
            Kind::Resync => return,
            Kind::Other => {}
        }
    }
}

/// As the browser does: each wait is somewhere under a ceiling that doubles.
async fn come_back(door: &Door, place: usize, hearing: &Hearing) -> Socket {
    let mut ceiling = FIRST_CEILING;
    loop {
        // Spread over the readers; the order of who comes when doesn't matter.
        let part = u32::try_from(place * 7919 % 1000).unwrap_or(0);
        tokio::time::sleep(ceiling * part / 1000).await;
        let cursor = hearing.sequences.borrow()[place].cursor();
        if let Ok((socket, _)) = door.enter(Some(cursor)).await {
            return socket;
        }
        ceiling = LAST_CEILING.min(ceiling * 2);
    }
}

const FIRST_CEILING: Duration = Duration::from_millis(500);
const LAST_CEILING: Duration = Duration::from_secs(30);
