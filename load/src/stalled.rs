//! Readers who stop reading: their sockets stay open, and nothing is taken from them any more.

use tokio_tungstenite::WebSocketStream;

use tokio::net::TcpStream;

use crate::problem::{Outcome, said};
use crate::reader::Door;

/// Held until the run is over.
#[derive(Debug)]
pub struct Stalled(
    #[expect(dead_code, reason = "open is all they have to be")] Vec<WebSocketStream<TcpStream>>,
);

impl Stalled {
    /// One at each door, subscribed.
    ///
    /// # Errors
    /// One of them doesn't get in.
    pub async fn enter(doors: &[Door]) -> Outcome<Self> {
        let mut sockets = Vec::with_capacity(doors.len());
        for door in doors {
            sockets.push(door.enter(None).await.map_err(said)?.0);
        }
        Ok(Self(sockets))
    }
}
