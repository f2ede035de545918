//! A killed server loses nothing it acknowledged.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use domain::chat::{MessageView, RoomKind};
use domain::paging::{PageSize, Window};
use http::StatusCode;
use secrecy::ExposeSecret as _;
use services::chat;
use tokio::task::JoinSet;

use crate::support::cast::PASSWORD;
use crate::support::{Client, Member, TestApp};

const CLIENTS: usize = 20;
/// Acknowledgements to wait for before each kill; sends are under way then.
const ACKED_PER_KILL: usize = 60;
const KILLS: usize = 3;
/// Between tries at a process that is down or starting; there is nothing of it to await.
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(25);

/// The program itself as a process, on the database of a [`TestApp`].
struct Server {
    process: Child,
    origin: String,
}

impl Server {
    async fn start(app: &TestApp, origin: &str, data: &Path) -> Self {
        let process = Command::new(env!("CARGO_BIN_EXE_atria"))
            .arg("serve")
            .env("ATRIA_ENV", "test")
            .env("ATRIA_BIND", origin.trim_start_matches("http://"))
            .env("ATRIA_PUBLIC_URL", origin)
            .env("ATRIA_DATA_DIR", data)
            .env("ATRIA_SMTP_URL", app.inbox.url())
            .env("ATRIA_LOG", "error")
            .env("DATABASE_URL", app.urls.runtime.expose_secret())
            .env("ATRIA_MIGRATION_DATABASE_URL", app.urls.owner.expose_secret())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        let server = Self { process, origin: origin.to_owned() };
        server.ready().await;
        server
    }

    /// Asks until it answers; a start takes as long as the machine needs.
    async fn ready(&self) {
        let probe = reqwest::Client::new();
        let deadline = tokio::time::Instant::now() + Duration::from_secs(60);
        while tokio::time::Instant::now() < deadline {
            let answer = probe.get(format!("{}/readyz", self.origin)).send().await;
            if answer.is_ok_and(|answer| answer.status() == StatusCode::OK) {
                return;
            }
            tokio::time::sleep(TRY_AGAIN_AFTER).await;
        }
        panic!("{} is not ready within a minute", self.origin);
    }

    /// SIGKILL: no goodbye.
    fn kill(mut self) {
        self.process.kill().expect("the process can be killed");
        self.process.wait().expect("the process ends");
    }
}

impl Drop for Server {
    /// A failed test leaves no process behind.
    fn drop(&mut self) {
        let _was_killed = self.process.kill();
        let _was_awaited = self.process.wait();
    }
}

/// A message as it was acknowledged, and the tries before that which no server answered.
struct Acknowledged {
    message: MessageView,
    unanswered: usize,
}

/// Sends one message until it is acknowledged, always under the same id, whatever is killed meanwhile.
async fn send_until_acknowledged(browser: &Client, event: &str, room: &str, id: uuid::Uuid) -> Acknowledged {
    let (id, body) = (id.to_string(), format!("message {id}"));
    let fields =
        [("event", event), ("room", room), ("client_message_id", id.as_str()), ("body", body.as_str())];
    let mut unanswered = 0;
    loop {
        let request = browser
            .request(http::Method::POST, "/api/chat/post_message")
            .header("accept", "application/json")
            .header("origin", &browser.origin)
            .form(&fields);
        match request.send().await {
            Ok(answer) if answer.status() == StatusCode::OK => {
                if let Ok(message) = answer.json().await {
                    return Acknowledged { message, unanswered };
                }
                unanswered += 1;
            }
            Ok(answer) if answer.status().is_client_error() => panic!("refused with {}", answer.status()),
            Ok(_) => {}
            Err(_) => unanswered += 1,
        }
        tokio::time::sleep(TRY_AGAIN_AFTER).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_message_survives_a_killed_server_once_and_in_order() {
    let mut app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let room = app.room(&olivia, &event, RoomKind::Global).await;
    // The single-node claim belongs to the process under test from here on.
    app.stop().await;
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let origin = format!("http://{}", free.local_addr().expect("a bound port"));
    drop(free);
    let data = tempfile::tempdir().expect("a data directory");
    let mut server = Server::start(&app, &origin, data.path()).await;
    let browser = Client::new(&origin);
    let fields = [("email", "olivia@example.org"), ("password", PASSWORD)];
    assert_eq!(browser.submit("/api/accounts/sign_in", &fields).await.location(), "/home");

    let mut acknowledged = Vec::new();
    for kill in 0..KILLS {
        let mut senders = JoinSet::new();
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        for client in 0..CLIENTS {
            let (browser, event, room, sender) =
                (browser.clone(), event.clone(), room.to_string(), sender.clone());
            senders.spawn(async move {
                for n in 0..2 * ACKED_PER_KILL / CLIENTS {
                    let number = (kill * 1000 + client) * 1000 + n;
                    let id = uuid::Uuid::from_u128(number as u128 + 1);
                    let sent = send_until_acknowledged(&browser, &event, &room, id).await;
                    sender.send(sent).expect("the test listens");
                }
            });
        }
        drop(sender);
        for _ in 0..ACKED_PER_KILL {
            acknowledged.push(receiver.recv().await.expect("senders go on"));
        }
        server.kill();
        server = Server::start(&app, &origin, data.path()).await;
        while let Some(sent) = receiver.recv().await {
            acknowledged.push(sent);
        }
        while let Some(sender) = senders.join_next().await {
            sender.expect("no sender gives up");
        }
    }
    server.kill();

    let unanswered: usize = acknowledged.iter().map(|sent| sent.unanswered).sum();
    assert!(unanswered > 0, "the kills hit sends under way");
    let mut acknowledged: Vec<MessageView> = acknowledged.into_iter().map(|sent| sent.message).collect();
    let stored = history(&app, &olivia, room).await;
    acknowledged.sort_by_key(|message| message.seq);
    assert_eq!(stored.len(), KILLS * 2 * ACKED_PER_KILL, "nothing lost, nothing doubled");
    assert_eq!(stored, acknowledged, "each once, as acknowledged, in order");
    assert!(stored.iter().zip(1..).all(|(message, seq)| message.seq == seq), "and without a gap");
}

async fn history(app: &TestApp, reader: &Member, room: domain::ids::ChatRoomId) -> Vec<MessageView> {
    let size = PageSize::parse(100).expect("a page");
    let mut all = Vec::new();
    loop {
        let after = Window::After(all.last().map_or(0, |message: &MessageView| message.seq));
        let page =
            chat::history(&app.services, &reader.signed_in, room, after, size).await.expect("a reader");
        let more = page.has_newer;
        all.extend(page.items);
        if !more {
            return all;
        }
    }
}
