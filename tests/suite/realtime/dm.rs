//! Two people, live.

use domain::chat::{MessageView, RoomKind};
use domain::notifications::News;
use domain::realtime::{ClientFrame, ServerFrame, Topic};
use http::StatusCode;
use services::conversations;
use time::Duration;

use crate::support::socket::Socket;
use crate::support::{ConversationScene, Member};

fn own(person: &Member) -> Topic {
    Topic::User(person.signed_in.user)
}

#[tokio::test]
async fn dm_notification() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, zoe, conversation, .. } = &scene;
    let mut at_ben = ben.browser.socket().await;
    let mut at_zoe = zoe.browser.socket().await;

    let sent = app.write(ada, *conversation, "Lunch?").await;
    let told = ServerFrame::DirectMessage {
        topic: own(ben),
        conversation: *conversation,
        seq: sent.seq,
        person: sent.author.clone(),
        snippet: "Lunch?".to_owned(),
        is_muted: false,
    };
    assert_eq!(at_ben.next().await, told);
    let of = Topic::Conversation(*conversation);
    assert_eq!(at_ben.next().await, ServerFrame::UnreadChanged { topic: own(ben), of, count: 1 });
    let ServerFrame::Notification { item, .. } = at_ben.next().await else { panic!("and on the bell") };
    assert_eq!((item.news, item.actor.as_deref()), (News::DirectMessage, Some("Ada Test")));
    at_ben.send(&ClientFrame::Read { topic: of, seq: 1 }).await;
    assert_eq!(
        at_ben.next().await,
        ServerFrame::UnreadChanged { topic: own(ben), of, count: 0 },
        "told on all devices once it is read"
    );

    let opened = crate::support::conversations::open(omar, ben, Some(event)).await.json();
    let frame = at_ben.next().await;
    let ServerFrame::ConversationOpened { conversation: new, person, event, .. } = frame else {
        panic!("{frame:?} instead of the new conversation")
    };
    assert_eq!((new, person.id, event.as_deref()), (opened, omar.signed_in.user, Some("Rust Day")));
    at_ben.is_quiet().await;
    at_zoe.is_quiet().await;
}

#[tokio::test]
async fn online_status() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, olivia, ada, ben, zoe, .. } = &scene;
    let mia = app.person("Mia").await;
    app.connect(&mia, ben, event).await;
    let general = Topic::Room(app.room(olivia, event, RoomKind::Global).await);
    let mut at_olivia = olivia.browser.listening(general).await;
    let mut at_ben = ben.browser.socket().await;
    let mut at_zoe = zoe.browser.socket().await;
    let is = |who: &Member, online| (who.signed_in.user, online);

    let first = ada.browser.listening(general).await;
    assert_eq!(at_ben.next_arrival().await, is(ada, true), "a connection came");
    at_olivia.presence_becomes(2).await;
    assert!(ben.browser.get(&scene.page()).await.body.contains("Online"));
    let second = ada.browser.socket().await;
    drop(first);
    at_olivia.presence_becomes(1).await;
    let of_mia = mia.browser.socket().await;
    assert_eq!(at_ben.next_arrival().await, is(&mia, true), "one of Ada's tabs closed: no news");
    drop(second);
    assert_eq!(at_ben.next_arrival().await, is(ada, false), "the last one did");
    assert!(!ben.browser.get(&scene.page()).await.body.contains("Online"));

    sqlx::query("update users set show_presence = false where id = $1")
        .bind(ada.signed_in.user.get())
        .execute(&app.services.db)
        .await
        .unwrap();
    let hidden = ada.browser.listening(general).await;
    at_olivia.presence_becomes(2).await;
    assert!(!ben.browser.get(&scene.page()).await.body.contains("Online"));
    drop(hidden);
    at_olivia.presence_becomes(1).await;
    drop(of_mia);
    assert_eq!(at_ben.next_arrival().await, is(&mia, false), "who shows it to nobody comes and goes unseen");
    at_zoe.is_really_quiet().await;
}

#[tokio::test]
async fn read_receipt() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, otto, conversation, .. } = &scene;
    let topic = Topic::Conversation(*conversation);
    let person = ben.signed_in.user;
    for n in 1..=3 {
        app.write(ada, *conversation, &format!("number {n}")).await;
    }
    let mut at_ada = ada.browser.listening(topic).await;
    let mut at_ben = ben.browser.socket().await;

    at_ben.send(&ClientFrame::Delivered { topic, seq: 3 }).await;
    assert_eq!(at_ada.next().await, ServerFrame::DeliveryReceipt { topic, person, seq: 3 });
    at_ben.send(&ClientFrame::Read { topic, seq: 2 }).await;
    assert_eq!(at_ada.next().await, ServerFrame::ReadReceipt { topic, person, seq: 2 });
    at_ben.send(&ClientFrame::Read { topic, seq: 1 }).await;
    at_ben.send(&ClientFrame::Read { topic, seq: 99 }).await;
    assert_eq!(
        at_ada.next().await,
        ServerFrame::ReadReceipt { topic, person, seq: 3 },
        "forward only, at most the last message"
    );
    let mut at_otto = otto.browser.socket().await;
    at_otto.send(&ClientFrame::Read { topic, seq: 3 }).await;
    assert!(matches!(at_otto.next().await, ServerFrame::Refused { .. }), "nobody else marks it");

    sqlx::query("update users set send_read_receipts = false where id = $1")
        .bind(ada.signed_in.user.get())
        .execute(&app.services.db)
        .await
        .unwrap();
    let last = app.write(ada, *conversation, "number 4").await;
    assert!(matches!(at_ada.next().await, ServerFrame::MessagePosted { .. }));
    conversations::mark_read(&app.services, &ben.signed_in, *conversation, last.seq).await.unwrap();
    assert_eq!(
        at_ada.next().await,
        ServerFrame::DeliveryReceipt { topic, person, seq: 4 },
        "who sends no receipts gets none"
    );
}

#[tokio::test]
async fn typing_reaches_the_other_until_one_blocks() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let topic = Topic::Conversation(*conversation);
    let mut at_ada = ada.browser.listening(topic).await;
    let mut at_ben = ben.browser.listening(topic).await;

    at_ada.send(&ClientFrame::Typing { topic }).await;
    let ServerFrame::Typing { person, .. } = at_ben.next().await else { panic!("Ben sees that Ada types") };
    assert_eq!(person.id, ada.signed_in.user);
    at_ada.is_quiet().await;

    app.block(ben, ada).await;
    services::realtime::safety_net::check_once(&app.services).await.unwrap();
    app.wait(Duration::seconds(3));
    at_ada.send(&ClientFrame::Typing { topic }).await;
    at_ada.is_quiet().await;
    at_ben.is_quiet().await;
}

#[tokio::test]
async fn a_reader_who_was_away_gets_everything_after_their_cursor() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let topic = Topic::Conversation(*conversation);
    let first = app.write(ada, *conversation, "one").await;
    let second = app.write(ada, *conversation, "two").await;
    conversations::delete_message(&app.services, &ada.signed_in, *conversation, first.id).await.unwrap();

    let mut at_ben = ben.browser.socket().await;
    let subscribed = at_ben.subscribe(topic, Some(0)).await;
    assert_eq!(subscribed, ServerFrame::Subscribed { topic, cursor: 3, presence: None });
    assert_eq!(at_ben.next().await, ServerFrame::MessagePosted { topic, rev: 2, message: second });
    let ServerFrame::MessageDeleted { rev: 3, message, .. } = at_ben.next().await else {
        panic!("and what was deleted meanwhile, without its text")
    };
    assert_eq!((message.id, message.body), (first.id, None));
    let unknown = at_ben.subscribe(topic, Some(99)).await;
    assert!(matches!(unknown, ServerFrame::Subscribed { .. }));
    assert_eq!(at_ben.next().await, ServerFrame::Resync { topic }, "never silence");
}

/// The next frame of a conversation: what goes with it to the person's own topic apart.
async fn heard(socket: &mut Socket) -> ServerFrame {
    loop {
        match socket.next().await {
            ServerFrame::DirectMessage { .. }
            | ServerFrame::UnreadChanged { .. }
            | ServerFrame::Notification { .. } => {}
            frame => return frame,
        }
    }
}

#[tokio::test]
async fn what_one_side_cleared_comes_back_by_no_frame() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let topic = Topic::Conversation(*conversation);
    let first = app.write(ada, *conversation, "Kestrel").await;
    let second = app.write(ada, *conversation, "Heron").await;
    conversations::clear(&app.services, &ben.signed_in, *conversation).await.unwrap();
    let mut at_ada = ada.browser.listening(topic).await;
    let mut at_ben = ben.browser.listening(topic).await;

    let fields = [("message", &*first.id.to_string()), ("body", "Kestrels")];
    let edited = scene.call(ada, "edit_message", &fields).await.json::<MessageView>();
    assert_eq!(at_ada.next().await, ServerFrame::MessageEdited { topic, rev: 3, message: edited });
    assert_eq!(at_ada.next().await, ServerFrame::Head { topic, rev: 3 });
    assert_eq!(heard(&mut at_ben).await, ServerFrame::Head { topic, rev: 3 }, "a number, and nothing else");
    at_ben.send(&ClientFrame::Subscribe { topic, cursor: Some(2) }).await;
    assert_eq!(heard(&mut at_ben).await, ServerFrame::Subscribed { topic, cursor: 3, presence: None });
    assert_eq!(
        heard(&mut at_ben).await,
        ServerFrame::Head { topic, rev: 3 },
        "there is nothing for Ben in it"
    );

    scene.call(ada, "delete_message", &[("message", &first.id.to_string())]).await;
    assert_eq!(heard(&mut at_ben).await, ServerFrame::Head { topic, rev: 4 });
    let answer = app.reply(ada, *conversation, &second, "As I said").await;
    assert_eq!(
        heard(&mut at_ben).await,
        ServerFrame::Head { topic, rev: 5 },
        "an answer quotes what Ben cleared"
    );
    at_ben.send(&ClientFrame::Subscribe { topic, cursor: Some(4) }).await;
    assert_eq!(heard(&mut at_ben).await, ServerFrame::Subscribed { topic, cursor: 5, presence: None });
    let ServerFrame::MessagePosted { rev: 5, message, .. } = heard(&mut at_ben).await else {
        panic!("the answer")
    };
    assert_eq!((message.id, &message.body), (answer.id, &Some("As I said".to_owned())));
    assert_eq!(message.reply_to.and_then(|quote| quote.body), None, "without the words");
    let plain = app.write(ada, *conversation, "Wagtail").await;
    assert_eq!(heard(&mut at_ben).await, ServerFrame::MessagePosted { topic, rev: 6, message: plain });
}

#[tokio::test]
async fn whoever_blocks_or_parts_seems_to_leave() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, ada, ben, .. } = &scene;
    let mia = app.person("Mia").await;
    app.connect(&mia, ada, event).await;
    let mut at_ada = ada.browser.socket().await;
    let _at_ben = ben.browser.socket().await;
    assert_eq!(at_ada.next_arrival().await, (ben.signed_in.user, true));
    let _at_mia = mia.browser.socket().await;
    assert_eq!(at_ada.next_arrival().await, (mia.signed_in.user, true));

    let fields = [("person", &*ada.signed_in.user.to_string())];
    assert_eq!(ben.browser.status("/api/connections/block", &fields).await, StatusCode::OK);
    assert_eq!(at_ada.next_arrival().await, (ben.signed_in.user, false), "a block looks like absence");
    assert!(matches!(at_ada.next().await, ServerFrame::ConnectionRemoved { .. }));
    let with_mia: uuid::Uuid =
        sqlx::query_scalar("select id from connections where $1 in (user_low, user_high)")
            .bind(mia.signed_in.user.get())
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    let fields = [("connection", &*with_mia.to_string())];
    assert_eq!(mia.browser.status("/api/connections/remove", &fields).await, StatusCode::OK);
    assert_eq!(at_ada.next_arrival().await, (mia.signed_in.user, false), "and so does a parting");
}
