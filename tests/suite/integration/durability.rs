//! A killed server loses nothing it acknowledged.

use domain::chat::{MessageView, RoomKind};
use domain::paging::{PageSize, Window};
use http::StatusCode;
use services::chat;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::support::cast::PASSWORD;
use crate::support::server::Server;
use crate::support::{Client, Member, TestApp};

const CLIENTS: usize = 20;
/// Acknowledgements to wait for before each kill; sends are under way then.
const ACKED_PER_KILL: usize = 60;
const KILLS: usize = 3;

/// A message as it was acknowledged, and the tries before that which no server answered.
struct Acknowledged {
    message: MessageView,
    unanswered: usize,
}

/// Sends one message until it is acknowledged, always under the same id, whatever is killed meanwhile.
async fn send_until_acknowledged(sender: &mut Sender, id: uuid::Uuid) -> Acknowledged {
    let (id, body) = (id.to_string(), format!("message {id}"));
    let fields = [
        ("event", sender.event.as_str()),
        ("room", &sender.room),
        ("client_message_id", &id),
        ("body", &body),
    ];
    let mut unanswered = 0;
    loop {
        let request = sender
            .browser
            .request(http::Method::POST, "/api/chat/post_message")
            .header("accept", "application/json")
            .header("origin", &sender.browser.origin)
            .form(&fields);
        match request.send().await {
            Ok(answer) if answer.status() == StatusCode::OK => {
                if let Ok(message) = answer.json().await {
                    return Acknowledged { message, unanswered };
                }
                unanswered += 1;
            }
            Ok(answer) if answer.status() == StatusCode::SERVICE_UNAVAILABLE => {}
            Ok(answer) => panic!("refused with {}", answer.status()),
            // Nobody was there: this one was not under way.
            Err(error) if error.is_connect() => {}
            Err(_) => unanswered += 1,
        }
        sender.is_up.wait_for(|is_up| *is_up).await.expect("the test goes on");
    }
}

/// One of the clients that send at the same time.
#[derive(Clone)]
struct Sender {
    browser: Client,
    event: String,
    room: String,
    /// Whether there is a server to send to.
    is_up: watch::Receiver<bool>,
    acknowledged: mpsc::UnboundedSender<Acknowledged>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_message_survives_a_killed_server_once_and_in_order() {
    let mut app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let room = app.room(&olivia, &event, RoomKind::Global).await;
    // The single-node claim belongs to the process under test from here on.
    app.stop().await;
    let mut server = Server::start(&app, &[]).await;
    let browser = server.browser();
    browser.sign_in(&olivia.email, PASSWORD).await;
    let (up, is_up) = watch::channel(true);

    let mut acknowledged = Vec::new();
    for kill in 0..KILLS {
        let mut senders = JoinSet::new();
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let sender = Sender {
            browser: browser.clone(),
            event: event.clone(),
            room: room.to_string(),
            is_up: is_up.clone(),
            acknowledged: sender,
        };
        for client in 0..CLIENTS {
            let mut sender = sender.clone();
            senders.spawn(async move {
                for n in 0..2 * ACKED_PER_KILL / CLIENTS {
                    let number = (kill * 1000 + client) * 1000 + n;
                    let id = uuid::Uuid::from_u128(number as u128 + 1);
                    let sent = send_until_acknowledged(&mut sender, id).await;
                    sender.acknowledged.send(sent).expect("the test listens");
                }
            });
        }
        drop(sender);
        for _ in 0..ACKED_PER_KILL {
            acknowledged.push(receiver.recv().await.expect("senders go on"));
        }
        up.send_replace(false);
        server.crash().await;
        server.restart().await;
        up.send_replace(true);
        while let Some(sent) = receiver.recv().await {
            acknowledged.push(sent);
        }
        while let Some(sender) = senders.join_next().await {
            sender.expect("no sender gives up");
        }
    }
    server.crash().await;

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
