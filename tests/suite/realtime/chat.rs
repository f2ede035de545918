//! A room, heard live.

use domain::ids::ChatRoomId;
use domain::realtime::{ClientFrame, RefusalCode, ServerFrame, Topic};
use services::chat;
use time::Duration;
use uuid::Uuid;

use super::node::Node;
use super::socket::Socket;
use super::stage::{Stage, post};
use crate::support::database;

fn subscribed(topic: Topic, cursor: i64, presence: u32) -> ServerFrame {
    ServerFrame::Subscribed { topic, cursor, presence: Some(presence) }
}

fn not_found(topic: Topic) -> ServerFrame {
    ServerFrame::Refused { topic, code: RefusalCode::NotFound }
}

#[tokio::test]
async fn join_chat_room() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let general = stage.general();
    post(&node.services, &stage.olivia, stage.general, "before").await;

    let mut ada = Socket::open(&node, &stage.ada).await;
    assert_eq!(ada.subscribe(general, None).await, subscribed(general, 1, 1));
    let mut ben = Socket::open(&node, &stage.ben).await;
    assert_eq!(ben.subscribe(general, None).await, subscribed(general, 1, 2));
    ada.presence_becomes(2).await;

    let mut second_tab = Socket::open(&node, &stage.ben).await;
    assert_eq!(second_tab.subscribe(general, None).await, subscribed(general, 1, 2), "counted per person");
}

#[tokio::test]
async fn a_hidden_room_is_refused_like_a_missing_one() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let missing = Topic::Room(ChatRoomId::new(Uuid::from_u128(1)));
    let staff = Topic::Room(stage.staff);

    let mut olivia = Socket::open(&node, &stage.olivia).await;
    assert_eq!(olivia.subscribe(staff, None).await, subscribed(staff, 0, 1), "organizers may");
    let mut ada = Socket::open(&node, &stage.ada).await;
    assert_eq!(ada.subscribe(staff, None).await, not_found(staff));
    assert_eq!(ada.subscribe(missing, None).await, not_found(missing));
    let mut otto = Socket::open(&node, &stage.otto).await;
    assert_eq!(otto.subscribe(stage.general(), None).await, not_found(stage.general()));
    let of_ada = Topic::User(stage.ada.signed_in.user);
    assert_eq!(otto.subscribe(of_ada, None).await, not_found(of_ada), "a person's topic is their own");

    post(&node.services, &stage.olivia, stage.staff, "for organizers").await;
    assert!(matches!(olivia.next().await, ServerFrame::MessagePosted { .. }));
    ada.is_quiet().await;
}

#[tokio::test]
async fn leave_chat_room() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let general = stage.general();
    let mut ada = Socket::listening(&node, &stage.ada, general).await;
    let mut ben = Socket::listening(&node, &stage.ben, general).await;
    ada.presence_becomes(2).await;

    ben.send(&ClientFrame::Unsubscribe { topic: general }).await;
    assert_eq!(ben.next().await, ServerFrame::Unsubscribed { topic: general });
    ada.presence_becomes(1).await;
    post(&node.services, &stage.ada, stage.general, "after").await;

    assert!(matches!(ada.next().await, ServerFrame::MessagePosted { .. }));
    ben.is_quiet().await;
}

#[tokio::test]
async fn send_message() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let topic = stage.general();
    let mut ada = Socket::listening(&node, &stage.ada, topic).await;
    let mut ben = Socket::listening(&node, &stage.ben, topic).await;

    let message = post(&node.services, &stage.ada, stage.general, "Hello <b>Ben</b>").await;

    let posted = ServerFrame::MessagePosted { topic, rev: 1, message };
    assert_eq!(ben.next().await, posted);
    assert_eq!(ada.next().await, posted, "the author's tabs hear it too");
}

#[tokio::test]
async fn a_message_cannot_be_sent_through_the_socket() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let topic = stage.general();
    let mut ada = Socket::listening(&node, &stage.ada, topic).await;

    ada.send_text(&format!(r#"{{"type":"message","topic":"{topic}","body":"Hello"}}"#)).await;

    ada.is_quiet().await;
    let stored = chat::changes_after(&node.services, stage.general, 0, 10).await.unwrap();
    assert_eq!(stored, []);
}

#[tokio::test]
async fn typing_indicator() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let topic = stage.general();
    let mut ada = Socket::listening(&node, &stage.ada, topic).await;
    let mut ben = Socket::listening(&node, &stage.ben, topic).await;

    ada.send(&ClientFrame::Typing { topic }).await;
    let ServerFrame::Typing { person, .. } = ben.next().await else { panic!("Ben sees that Ada types") };
    assert_eq!(person.id, stage.ada.signed_in.user);
    ada.send(&ClientFrame::Typing { topic }).await;
    ada.is_quiet().await;
    ben.is_quiet().await;

    node.services.clock.advance(Duration::seconds(3));
    ada.send(&ClientFrame::Typing { topic }).await;
    assert!(matches!(ben.next().await, ServerFrame::Typing { .. }));
}

#[tokio::test]
async fn message_delivery() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let topic = stage.general();
    let mut ben = Socket::listening(&node, &stage.ben, topic).await;

    let posts = (0..20).map(|n| {
        let author = if n % 2 == 0 { &stage.ada } else { &stage.olivia };
        let (services, room) = (&node.services, stage.general);
        async move { post(services, author, room, &format!("number {n}")).await }
    });
    let mut sent = futures_util::future::join_all(posts).await;
    sent.sort_by_key(|message| message.rev);

    let mut heard = Vec::new();
    for _ in 0..20 {
        let ServerFrame::MessagePosted { message, .. } = ben.next().await else {
            panic!("only messages come")
        };
        heard.push(message);
    }
    heard.sort_by_key(|message| message.rev);
    assert_eq!(heard, sent, "each one once, as it was acknowledged");
    assert_eq!(heard.iter().map(|message| message.seq).collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
}
