//! People who post without a pause, on a connection that stays open.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::clock::now_ns;
use crate::crowd::Venue;
use crate::note::Note;
use crate::problem::{Outcome, said};
use crate::sender::{post_request, random_id};

/// One who posts in one room under the names of many in turn, so that nobody meets the limit of messages per person.
#[derive(Debug)]
pub struct Poster {
    venue: Arc<Venue>,
    room: Uuid,
    /// Places in the crowd.
    people: Vec<usize>,
    sent: u32,
    text_bytes: usize,
    line: Option<SendRequest<Full<Bytes>>>,
}

/// What became of a block of posts.
#[derive(Debug, Default)]
pub struct Answered {
    pub acknowledged: u64,
    pub refusals: Vec<String>,
}

impl Poster {
    /// So many, spread over the rooms; the crowd is shared out among them.
    ///
    /// # Errors
    /// There are fewer people than posters.
    pub fn many(venue: &Arc<Venue>, rooms: &[Uuid], posters: usize, text_bytes: usize) -> Outcome<Vec<Self>> {
        let crowd = venue.crowd.people.len();
        if crowd < posters || rooms.is_empty() {
            return Err(said(format!("{posters} posters need as many people, and there are {crowd}")));
        }
        let poster = |own: usize| Self {
            venue: Arc::clone(venue),
            room: rooms[own % rooms.len()],
            people: (own..crowd).step_by(posters).collect(),
            sent: 0,
            text_bytes,
            line: None,
        };
        Ok((0..posters).map(poster).collect())
    }

    /// One message after the other until then.
    pub async fn post_until(&mut self, until: Instant) -> Answered {
        let mut answered = Answered::default();
        while Instant::now() < until {
            match self.post().await {
                Ok(()) => answered.acknowledged += 1,
                Err(refusal) => {
                    self.line = None;
                    answered.refusals.push(refusal);
                    // A server that refuses everything is not asked a thousand times a second.
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
            }
        }
        answered
    }

    async fn post(&mut self) -> Result<(), String> {
        let place = self.people[self.sent as usize % self.people.len()];
        let note =
            Note { sender: u32::try_from(place).unwrap_or(u32::MAX), counter: self.sent, due_ns: now_ns() };
        self.sent += 1;
        let text = note.text(self.text_bytes);
        let request = post_request(&self.venue, self.room, place, &text, random_id());
        let (status, body) = self.ask(request).await?;
        if status == StatusCode::OK {
            return Ok(());
        }
        Err(format!("a post was answered with {status}: {}", String::from_utf8_lossy(&body)))
    }

    async fn ask(&mut self, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes), String> {
        let mut line = match self.line.take() {
            Some(line) if !line.is_closed() => line,
            Some(_) | None => self.connect().await?,
        };
        line.ready().await.map_err(|error| error.to_string())?;
        let response = line.send_request(request).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let body = response.into_body().collect().await.map_err(|error| error.to_string())?.to_bytes();
        self.line = Some(line);
        Ok((status, body))
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, String> {
        let stream = TcpStream::connect(self.venue.address).await.map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let (line, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        // What ends the connection early reaches the request as well.
        tokio::spawn(async move { connection.await.unwrap_or_default() });
        Ok(line)
    }
}
