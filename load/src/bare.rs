//! The limit program: what any server has to do at least. It holds sockets and writes the same bytes to each in a loop, one
//! system call a socket, with no queue, no tasks that wake, no database and no rights.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream as BlockingStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::accounts::PersonCard;
use domain::chat::MessageView;
use domain::ids::{ChatMessageId, ChatRoomId, ClientMessageId, UserId};
use domain::realtime::{ServerFrame, Topic};
use domain::time::Timestamp;
use futures_util::StreamExt as _;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use uuid::Uuid;

use crate::clock::now_ns;
use crate::note::Note;
use crate::problem::{self, Outcome, said};
use crate::reader::{Door, small_buffers};
use crate::report::say;

/// Where all ids of a frame come from.
const FRAMES: Uuid = Uuid::from_u128(u128::MAX / 3);

/// The room that frames are of.
#[must_use]
pub const fn topic() -> Topic {
    Topic::Room(ChatRoomId::new(FRAMES))
}

/// The frame of a message as Atria sends it, of the same length.
#[must_use]
pub fn frame(position: i64, note: Note, text_bytes: usize) -> String {
    let (id, topic) = (FRAMES, topic());
    let message = MessageView {
        id: ChatMessageId::new(id),
        client_message_id: ClientMessageId::new(id),
        seq: position,
        rev: position,
        author: PersonCard { id: UserId::new(id), full_name: full_name(note.sender) },
        body: Some(note.text(text_bytes)),
        sent_at: Timestamp::from_millis(1_795_000_000_000),
        is_edited: false,
        deleted_by: None,
        reply_to: None,
        reactions: Vec::new(),
        mentions: Vec::new(),
    };
    let frame = ServerFrame::MessagePosted { topic, rev: position, message };
    serde_json::to_string(&frame).expect("a frame of plain fields serialises")
}

/// What everybody of the crowd is called.
#[must_use]
pub fn full_name(place: u32) -> String {
    format!("Load Person{place:05}")
}

/// The bytes of a text on a WebSocket, server to client.
fn framed(text: &str) -> Vec<u8> {
    let mut bytes = vec![0x81];
    match u16::try_from(text.len()) {
        Ok(length @ 0..126) => bytes.push(u8::try_from(length).expect("below 126")),
        Ok(length) => {
            bytes.push(126);
            bytes.extend(length.to_be_bytes());
        }
        Err(_) => {
            bytes.push(127);
            bytes.extend((text.len() as u64).to_be_bytes());
        }
    }
    bytes.extend(text.as_bytes());
    bytes
}

/// The sockets, each by a second descriptor, so that the loop writes past everything else.
type Sockets = Arc<Mutex<Vec<BlockingStream>>>;

/// The process `load bare`: tells its address, then obeys lines `per_second count text_bytes` from standard input and
/// answers each with how many frames a socket did not take. Ends with its input.
///
/// # Errors
/// It can't listen.
pub async fn serve() -> Outcome<()> {
    let listener =
        TcpListener::bind("127.0.0.1:0").await.map_err(problem::io("listening for the bare loop"))?;
    let address = listener.local_addr().map_err(problem::io("reading the address"))?;
    let sockets = Sockets::default();
    tokio::spawn(accept(listener, Arc::clone(&sockets)));
    say(&address.to_string());
    let obeyed = tokio::task::spawn_blocking(move || obey(&sockets));
    obeyed.await.map_err(|_| said("the bare loop broke"))?
}

fn obey(sockets: &Sockets) -> Outcome<()> {
    let mut position = 0;
    for order in std::io::stdin().lines() {
        let order = order.map_err(problem::io("reading orders"))?;
        let numbers: Vec<u32> = order.split(' ').filter_map(|word| word.parse().ok()).collect();
        let [per_second, count, text_bytes] = numbers[..] else { return Err(said("three numbers")) };
        let refused = write_all(sockets, position, per_second, count, text_bytes as usize);
        position += i64::from(count);
        say(&refused.to_string());
    }
    Ok(())
}

async fn accept(listener: TcpListener, sockets: Sockets) {
    while let Ok((stream, _)) = listener.accept().await {
        let sockets = Arc::clone(&sockets);
        tokio::spawn(async move {
            if let Ok((stream, second)) = twice(stream)
                && let Ok(mut socket) =
                    tokio_tungstenite::accept_async_with_config(stream, Some(small_buffers())).await
            {
                sockets.lock().unwrap_or_else(PoisonError::into_inner).push(second);
                while let Some(Ok(_)) = socket.next().await {}
            }
        });
    }
}

fn twice(stream: TcpStream) -> std::io::Result<(TcpStream, BlockingStream)> {
    stream.set_nodelay(true)?;
    let first = stream.into_std()?;
    let second = first.try_clone()?;
    Ok((TcpStream::from_std(first)?, second))
}

/// Writes `count` frames to each socket, so many a second; answers how many were not taken whole.
fn write_all(sockets: &Sockets, first: i64, per_second: u32, count: u32, text_bytes: usize) -> u64 {
    let sockets = sockets.lock().unwrap_or_else(PoisonError::into_inner);
    let gap = Duration::from_secs(1) / per_second.max(1);
    let (start, start_ns) = (std::time::Instant::now(), now_ns());
    let mut refused = 0;
    for turn in 0..count {
        std::thread::sleep((start + gap * turn).saturating_duration_since(std::time::Instant::now()));
        let due_ns = start_ns + u64::try_from((gap * turn).as_nanos()).unwrap_or(0);
        let position = first + i64::from(turn) + 1;
        let note = Note { sender: turn % 200, counter: turn, due_ns };
        let bytes = framed(&frame(position, note, text_bytes));
        for mut socket in sockets.iter() {
            match socket.write(&bytes) {
                Ok(written) if written == bytes.len() => {}
                Ok(_) | Err(_) => refused += 1,
            }
        }
    }
    refused
}

/// A running `load bare`; it ends with this value.
#[derive(Debug)]
pub struct Bare {
    process: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    address: SocketAddr,
}

impl Bare {
    /// Starts the process.
    ///
    /// # Errors
    /// It doesn't start, or says nothing.
    pub async fn start() -> Outcome<Self> {
        let program = std::env::current_exe().map_err(problem::io("finding this program"))?;
        let mut process = Command::new(program)
            .arg("bare")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(problem::io("starting the bare loop"))?;
        let orders = process.stdin.take().ok_or_else(|| said("the bare loop has no input"))?;
        let output = process.stdout.take().ok_or_else(|| said("the bare loop has no output"))?;
        let mut answers = BufReader::new(output).lines();
        let address = next(&mut answers).await?.parse().map_err(|_| said("the bare loop has no address"))?;
        Ok(Self { process, orders, answers, address })
    }

    /// Its process.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.process.id()
    }

    /// As many doors.
    #[must_use]
    pub fn doors(&self, readers: usize) -> Vec<Door> {
        let url = format!("ws://{}/", self.address);
        let door = Door {
            address: self.address,
            url,
            headers: Vec::new(),
            topic: None,
            comes_back: false,
            receive_buffer_bytes: None,
        };
        vec![door; readers]
    }

    /// Lets it write `count` frames to each socket, so many a second; answers how many a socket did not take.
    ///
    /// # Errors
    /// It is gone.
    pub async fn write(&mut self, per_second: u32, count: u32, text_bytes: usize) -> Outcome<u64> {
        let order = format!("{per_second} {count} {text_bytes}\n");
        self.orders.write_all(order.as_bytes()).await.map_err(problem::io("ordering the bare loop"))?;
        next(&mut self.answers).await?.parse().map_err(|_| said("the bare loop answered no number"))
    }
}

async fn next(answers: &mut Lines<BufReader<ChildStdout>>) -> Outcome<String> {
    let line = answers.next_line().await.map_err(problem::io("hearing the bare loop"))?;
    line.ok_or_else(|| said("the bare loop ended"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_frame_stands_in_front_of_it() {
        assert_eq!(framed("hi"), [0x81, 2, b'h', b'i']);
        assert_eq!(framed(&"x".repeat(125))[..2], [0x81, 125]);
        assert_eq!(framed(&"x".repeat(126))[..4], [0x81, 126, 0, 126]);
        assert_eq!(framed(&"x".repeat(70_000))[..10], [0x81, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70]);
    }
}
