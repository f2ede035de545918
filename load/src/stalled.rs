//! Readers who stop reading: their sockets stay open, and nothing is taken from them any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::join_all;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;

use crate::problem::{Outcome, said};
use crate::process;
use crate::reader::Door;

/// The kernel rounds it up to its least: what it takes for a reader who takes nothing is not the server's.
const RECEIVE_BUFFER_BYTES: u32 = 4096;
/// The server's memory is read this often.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// What is left of a socket that was given up is read within this time.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Held until the run is over.
#[derive(Debug)]
pub struct Stalled {
    sockets: Vec<WebSocketStream<TcpStream>>,
    before_kib: u64,
    most_kib: Arc<AtomicU64>,
    watch: JoinHandle<()>,
}

/// What became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GivenUp {
    pub sockets: usize,
    /// Ended by the server. Its reason doesn't reach one who takes nothing.
    pub ended: usize,
    /// The most the server's memory grew by since the first message, for all of its sockets.
    pub grown_kib: u64,
}

impl Stalled {
    /// One at each door, subscribed. From here on the memory of process `pid` is watched.
    ///
    /// # Errors
    /// One of them doesn't get in, or there is no such process.
    pub async fn enter(doors: &[Door], pid: u32) -> Outcome<Self> {
        let mut sockets = Vec::with_capacity(doors.len());
        for door in doors {
            let door = Door { receive_buffer_bytes: Some(RECEIVE_BUFFER_BYTES), ..door.clone() };
            sockets.push(door.enter(None).await.map_err(said)?.0);
        }
        let before_kib = process::resident_kib(pid)?;
        let most_kib = Arc::new(AtomicU64::new(before_kib));
        let most = Arc::clone(&most_kib);
        let watch = tokio::spawn(async move {
            while let Ok(now) = process::resident_kib(pid) {
                most.fetch_max(now, Ordering::Relaxed);
                tokio::time::sleep(LOOK_EVERY).await;
            }
        });
        Ok(Self { sockets, before_kib, most_kib, watch })
    }

    /// Reads on to the end of each, after the last message.
    pub async fn end(self) -> GivenUp {
        self.watch.abort();
        let grown_kib = self.most_kib.load(Ordering::Relaxed) - self.before_kib;
        let ends = self.sockets.into_iter().map(|mut socket| async move {
            timeout(LAST_WORDS, async { while let Some(Ok(_)) = socket.next().await {} }).await.is_ok()
        });
        let ends: Vec<bool> = join_all(ends).await;
        let ended = ends.iter().filter(|is_ended| **is_ended).count();
        GivenUp { sockets: ends.len(), ended, grown_kib }
    }
}
