//! Messages by POST, at a fixed rate whatever the server does.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::chat::MessageView;
use domain::realtime::Topic;
use http::header::{ACCEPT, CONTENT_TYPE, HOST};
use http::{Method, Request, StatusCode};
use http_body_util::Full;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::Instant;
use uuid::{Builder, Uuid};

use crate::clock::now_ns;
use crate::crowd::Venue;
use crate::latency::Latency;
use crate::note::Note;
use crate::plain_http::ask;
use crate::tally::Seen;

/// What the senders of a run have posted.
#[derive(Debug, Default)]
pub struct Posted {
    /// What the server acknowledged, in no order.
    pub acknowledged: Vec<Seen>,
    /// From when a message was due until its sender knew.
    pub latency: Latency,
    /// What the server answered instead.
    pub refusals: Vec<String>,
}

/// People who take turns.
#[derive(Debug, Clone)]
pub struct Senders {
    venue: Arc<Venue>,
    /// How many messages each has sent; held while one is under way, so that nobody overtakes themselves.
    counters: Arc<Vec<Mutex<u32>>>,
    text_bytes: usize,
    persistence: Persistence,
}

/// What a sender does when nobody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persistence {
    Once,
    /// Tries again under the same id, as the room's island does.
    UntilAcknowledged,
}

/// Between two tries, and until a sender gives up.
const TRIES_AGAIN_AFTER: Duration = Duration::from_millis(250);
const GIVES_UP_AFTER: Duration = Duration::from_secs(90);

impl Senders {
    /// The first people of the crowd.
    #[must_use]
    pub fn of(venue: Arc<Venue>, senders: usize, text_bytes: usize, persistence: Persistence) -> Self {
        let senders = senders.clamp(1, venue.crowd.people.len().max(1));
        let counters = (0..senders).map(|_| Mutex::new(0)).collect();
        Self { venue, counters: Arc::new(counters), text_bytes, persistence }
    }

    /// Posts so many messages a second, `count` in all, starting with the sender whose turn it is after `sent` messages.
    pub async fn post(&self, per_second: u32, count: u32, sent: u32, posted: &mut Posted) {
        let gap = Duration::from_secs(1) / per_second.max(1);
        let (start, start_ns) = (Instant::now(), now_ns());
        let mut under_way = JoinSet::new();
        for turn in 0..count {
            tokio::time::sleep_until(start + gap * turn).await;
            let due_ns = start_ns + u64::try_from((gap * turn).as_nanos()).unwrap_or(0);
            let place = (sent + turn) as usize % self.counters.len();
            under_way.spawn(self.clone().post_one(place, due_ns));
        }
        while let Some(ended) = under_way.join_next().await {
            match ended {
                Ok(Ok((seen, at_ns))) => {
                    posted.latency.note(seen.note.due_ns, at_ns);
                    posted.acknowledged.push(seen);
                }
                Ok(Err(refusal)) => posted.refusals.push(refusal),
                Err(broken) => posted.refusals.push(broken.to_string()),
            }
        }
    }

    async fn post_one(self, place: usize, due_ns: u64) -> Result<(Seen, u64), String> {
        let mut counter = self.counters[place].lock().await;
        let sender = u32::try_from(place).unwrap_or(u32::MAX);
        let note = Note { sender, counter: *counter, due_ns };
        *counter += 1;
        let (id, began) = (random_id(), Instant::now());
        let body = loop {
            let refusal = match ask(self.venue.address, self.request(place, note, id)).await {
                Ok((StatusCode::OK, body)) => break body,
                Ok((status, body)) => {
                    format!("a post was answered with {status}: {}", String::from_utf8_lossy(&body))
                }
                Err(silence) => silence,
            };
            if self.persistence == Persistence::Once || began.elapsed() > GIVES_UP_AFTER {
                return Err(refusal);
            }
            tokio::time::sleep(TRIES_AGAIN_AFTER).await;
        };
        let message: MessageView = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
        let topic = Topic::Room(self.venue.crowd.room);
        Ok((Seen { topic, rev: message.rev, seq: message.seq, note }, now_ns()))
    }

    fn request(&self, place: usize, note: Note, id: Uuid) -> Request<Full<Bytes>> {
        post_request(&self.venue, self.venue.crowd.room.get(), place, &note.text(self.text_bytes), id)
    }
}

/// One message of the person at this place of the crowd, as the room's island posts it.
#[must_use]
pub fn post_request(venue: &Venue, room: Uuid, place: usize, text: &str, id: Uuid) -> Request<Full<Bytes>> {
    let Venue { crowd, origin, .. } = venue;
    let form = format!(
        "event={}&room={room}&body={}&client_message_id={id}",
        crowd.event,
        utf8_percent_encode(text, NON_ALPHANUMERIC),
    );
    let mut request = Request::builder()
        .method(Method::POST)
        .uri("/api/chat/post_message")
        .header(HOST, origin.trim_start_matches("http://"))
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Full::from(form))
        .expect("a request of fixed parts");
    request.headers_mut().extend(crowd.people[place].headers(place, origin));
    request
}

/// A fresh id, from the operating system.
#[must_use]
pub fn random_id() -> Uuid {
    Builder::from_random_bytes(random_bytes()).into_uuid()
}

/// # Panics
/// When the operating system hands out no randomness.
#[must_use]
pub fn random_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    let got = rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty());
    assert_eq!(got, Ok(16), "the operating system hands out randomness");
    bytes
}
