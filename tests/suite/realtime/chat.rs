//! A room, heard live.

use domain::ids::ChatRoomId;
use domain::realtime::{ClientFrame, RefusalCode, ServerFrame, Topic};
use services::chat;
use time::Duration;
use uuid::Uuid;

use super::stage::Stage;

fn subscribed(topic: Topic, cursor: i64, presence: u32) -> ServerFrame {
    ServerFrame::Subscribed { topic, cursor, presence: Some(presence) }
}

fn not_found(topic: Topic) -> ServerFrame {
    ServerFrame::Refused { topic, code: RefusalCode::NotFound }
}

#[tokio::test]
async fn join_chat_room() {
    let stage = Stage::set().await;
    let general = stage.topic();
    stage.says(&stage.olivia, "before").await;

    let mut ada = stage.ada.browser.socket().await;
    assert_eq!(ada.subscribe(general, None).await, subscribed(general, 1, 1));
    let mut ben = stage.ben.browser.socket().await;
    assert_eq!(ben.subscribe(general, None).await, subscribed(general, 1, 2));
    ada.presence_becomes(2).await;

    let mut second_tab = stage.ben.browser.socket().await;
    assert_eq!(second_tab.subscribe(general, None).await, subscribed(general, 1, 2), "counted per person");
}

#[tokio::test]
async fn a_hidden_room_is_refused_like_a_missing_one() {
    let stage = Stage::set().await;
    let missing = Topic::Room(ChatRoomId::new(Uuid::from_u128(1)));
    let staff = Topic::Room(stage.staff);

    let mut olivia = stage.olivia.browser.socket().await;
    assert_eq!(olivia.subscribe(staff, None).await, subscribed(staff, 0, 1), "organizers may");
    let mut ada = stage.ada.browser.socket().await;
    assert_eq!(ada.subscribe(staff, None).await, not_found(staff));
    assert_eq!(ada.subscribe(missing, None).await, not_found(missing));
    let mut otto = stage.otto.browser.socket().await;
    assert_eq!(otto.subscribe(stage.topic(), None).await, not_found(stage.topic()));
    let of_ada = Topic::User(stage.ada.signed_in.user);
    assert_eq!(otto.subscribe(of_ada, None).await, not_found(of_ada), "a person's topic is their own");

    stage.app.post(&stage.olivia, stage.staff, "for organizers").await;
    assert!(matches!(olivia.next().await, ServerFrame::MessagePosted { .. }));
    ada.is_quiet().await;
}

#[tokio::test]
async fn leave_chat_room() {
    let stage = Stage::set().await;
    let general = stage.topic();
    let mut ada = stage.ada.browser.listening(general).await;
    let mut ben = stage.ben.browser.listening(general).await;
    ada.presence_becomes(2).await;

    ben.send(&ClientFrame::Unsubscribe { topic: general }).await;
    assert_eq!(ben.next().await, ServerFrame::Unsubscribed { topic: general });
    ada.presence_becomes(1).await;
    stage.says(&stage.ada, "after").await;

    assert!(matches!(ada.next().await, ServerFrame::MessagePosted { .. }));
    ben.is_quiet().await;
}

#[tokio::test]
async fn send_message() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    let mut ada = stage.ada.browser.listening(topic).await;
    let mut ben = stage.ben.browser.listening(topic).await;

    let message = stage.says(&stage.ada, "Hello <b>Ben</b>").await;

    let posted = ServerFrame::MessagePosted { topic, rev: 1, message };
    assert_eq!(ben.next().await, posted);
    assert_eq!(ada.next().await, posted, "the author's tabs hear it too");
}

#[tokio::test]
async fn a_message_cannot_be_sent_through_the_socket() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    let mut ada = stage.ada.browser.listening(topic).await;

    ada.send_text(&format!(r#"{{"type":"message","topic":"{topic}","body":"Hello"}}"#)).await;

    ada.is_quiet().await;
    let stored =
        chat::changes_after(&stage.app.services, &stage.ada.signed_in, stage.general, 0, 10).await.unwrap();
    assert_eq!(stored, []);
}

#[tokio::test]
async fn typing_indicator() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    let mut ada = stage.ada.browser.listening(topic).await;
    let mut ben = stage.ben.browser.listening(topic).await;

    ada.send(&ClientFrame::Typing { topic }).await;
    let ServerFrame::Typing { person, .. } = ben.next().await else { panic!("Ben sees that Ada types") };
    assert_eq!(person.id, stage.ada.signed_in.user);
    ada.send(&ClientFrame::Typing { topic }).await;
    ada.is_quiet().await;
    ben.is_quiet().await;

    stage.app.wait(Duration::seconds(3));
    ada.send(&ClientFrame::Typing { topic }).await;
    assert!(matches!(ben.next().await, ServerFrame::Typing { .. }));
}

#[tokio::test]
async fn message_delivery() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    let mut ben = stage.ben.browser.listening(topic).await;

    let posts = (0..20).map(|n| {
        let author = if n % 2 == 0 { &stage.ada } else { &stage.olivia };
        let stage = &stage;
        async move { stage.says(author, &format!("number {n}")).await }
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
    assert_eq!(heard, sent, "each one once, as it was acknowledged, in the room's order");
    assert_eq!(heard.iter().map(|message| message.seq).collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
}
