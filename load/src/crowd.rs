use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use domain::ids::{ChatRoomId, UserId};
use domain::realtime::Topic;
use http::header::{COOKIE, ORIGIN};
use http::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use crate::cli::Target;
use crate::problem::{self, Outcome, said};
use crate::reader::Door;

/// People who are signed in, and the room they meet in: what `prepare` made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Crowd {
    /// The event's address.
    pub event: String,
    pub room: ChatRoomId,
    pub people: Vec<Person>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Person {
    pub user: UserId,
    /// The login session's id, as the cookie has it.
    pub session: String,
}

/// The server, found, and its crowd.
#[derive(Debug, Clone)]
pub struct Venue {
    pub crowd: Crowd,
    pub address: SocketAddr,
    /// `http://host:port`, the only origin the server takes.
    pub origin: String,
}

impl Crowd {
    /// Writes the file; only its owner may read it, because the cookies open accounts.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write(&self, path: &Path) -> Outcome<()> {
        let doing = || format!("writing {}", path.display());
        let mut options = OpenOptions::new();
        let mut file = options
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(path)
            .map_err(problem::io(doing()))?;
        file.write_all(serde_json::to_string(self)?.as_bytes()).map_err(problem::io(doing()))
    }

    fn read(path: &Path) -> Outcome<Self> {
        let text = fs::read(path).map_err(problem::io(format!("reading {}", path.display())))?;
        Ok(serde_json::from_slice(&text)?)
    }
}

impl Person {
    /// What this person's browser sends with everything, and the address the trusted proxy would have seen: each person
    /// comes from one of their own.
    #[must_use]
    pub fn headers(&self, place: usize, origin: &str) -> Vec<(HeaderName, HeaderValue)> {
        let home = Ipv4Addr::from(FIRST_HOME + u32::try_from(place).unwrap_or(0));
        let value = |text: String| HeaderValue::try_from(text).expect("visible ASCII");
        vec![
            (COOKIE, value(format!("atria={}", self.session))),
            (ORIGIN, value(origin.to_owned())),
            (HeaderName::from_static("x-forwarded-for"), value(home.to_string())),
        ]
    }
}

/// 198.18.0.0/15 is set aside for measuring networks.
const FIRST_HOME: u32 = 0xc612_0001;

impl Venue {
    /// Reads the crowd and finds the server's address.
    ///
    /// # Errors
    /// No such file, no crowd in it, or an address that is no plain `http://host:port`.
    pub async fn find(target: &Target) -> Outcome<Self> {
        let crowd = Crowd::read(&target.crowd)?;
        let origin = target.url.trim_end_matches('/').to_owned();
        let host = origin
            .strip_prefix("http://")
            .ok_or_else(|| said("the address starts with http://: the generator stands before no proxy"))?;
        let with_port = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
        let mut found =
            tokio::net::lookup_host(&with_port).await.map_err(problem::io(format!("looking up {host}")))?;
        let address = found.next().ok_or_else(|| said(format!("{host} has no address")))?;
        Ok(Self { crowd, address, origin })
    }

    /// A door to the room for each of the first people.
    #[must_use]
    pub fn doors(&self, readers: usize) -> Vec<Door> {
        self.doors_of(readers, false)
    }

    /// The same for people who come back when their socket ends.
    #[must_use]
    pub fn revolving_doors(&self, readers: usize) -> Vec<Door> {
        self.doors_of(readers, true)
    }

    fn doors_of(&self, readers: usize, comes_back: bool) -> Vec<Door> {
        let url = format!("{}/ws", self.origin.replacen("http", "ws", 1));
        let topic = Some(Topic::Room(self.crowd.room));
        let people = self.crowd.people.iter().take(readers).enumerate();
        people
            .map(|(place, person)| Door {
                address: self.address,
                url: url.clone(),
                headers: person.headers(place, &self.origin),
                topic,
                comes_back,
                receive_buffer_bytes: None,
            })
            .collect()
    }
}
