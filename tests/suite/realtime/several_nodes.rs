//! Several nodes on one database, joined by a real redis-server.

use std::time::Duration;

use domain::realtime::{ClientFrame, CloseReason, RefusalCode, ServerFrame, Topic};
use http::StatusCode;
use services::Clock;
use services::realtime::{NodeClaimError, claim_shared_node, claim_single_node, safety_net};
use sqlx::ConnectOptions as _;

use super::stage::Stage;
use crate::support::cast::PASSWORD;
use crate::support::redis::RedisServer;
use crate::support::server::Server;
use crate::support::{Client, Member, TestApp, database};

/// Two processes on the stage's database, with one Redis.
struct TwoProcesses {
    stage: Stage,
    here: Server,
    there: Server,
    _redis: RedisServer,
}

impl TwoProcesses {
    async fn start() -> Self {
        let redis = RedisServer::start().await;
        let url = redis.url();
        let settings = [("ATRIA_REDIS_URL", url.as_str())];
        let stage = Stage::set_with(&settings).await;
        // The processes have the time of the machine.
        stage.app.wait(Clock::System.now() - stage.app.services.clock.now());
        let (here, there) =
            tokio::join!(Server::start(&stage.app, &settings), Server::start(&stage.app, &settings));
        Self { stage, here, there, _redis: redis }
    }
}

async fn signed_in(server: &Server, person: &Member) -> Client {
    let browser = server.browser();
    browser.sign_in(&person.email, PASSWORD).await;
    browser
}

#[tokio::test]
async fn two_processes_share_messages_typing_and_presence() {
    let TwoProcesses { stage, here, there, _redis } = TwoProcesses::start().await;
    let topic = stage.topic();
    let (adas, bens) = tokio::join!(signed_in(&here, &stage.ada), signed_in(&there, &stage.ben));

    let mut ada = adas.listening(topic).await;
    ada.presence_becomes(1).await;
    let mut ben = bens.socket().await;
    let subscribed = ServerFrame::Subscribed { topic, cursor: 0, presence: Some(2) };
    assert_eq!(ben.subscribe(topic, None).await, subscribed, "Ada is at the other process");
    ada.presence_becomes(2).await;

    let (room, id) = (stage.general.to_string(), uuid::Uuid::from_u128(1).to_string());
    let fields =
        [("event", stage.event.as_str()), ("room", &room), ("client_message_id", &id), ("body", "across")];
    let message = adas.call("/api/chat/post_message", &fields).await.json();
    let posted = ServerFrame::MessagePosted { topic, rev: 1, message };
    assert_eq!((ada.next().await, ben.next().await), (posted.clone(), posted));

    ada.send(&ClientFrame::Typing { topic }).await;
    let ServerFrame::Typing { person, .. } = ben.next().await else { panic!("Ben sees that Ada types") };
    assert_eq!(person.id, stage.ada.signed_in.user);
    ada.is_quiet().await;

    let _second_tab = adas.copy_at(&there.origin).listening(topic).await;
    drop(ben);
    ada.presence_becomes(1).await;
}

#[tokio::test]
async fn organizers_count_who_is_here_at_every_process() {
    let redis = RedisServer::start().await;
    let url = redis.url();
    let settings = [("ATRIA_REDIS_URL", url.as_str())];
    let stage = Stage::set_with(&settings).await;
    let there = TestApp::start_with(stage.app.urls.clone(), &settings).await;
    let topic = Topic::Event(stage.app.event_id(&stage.event).await);
    let online = async || stage.app.services.bus.presence(topic).await;
    let becomes = async |count| {
        while online().await != Some(count) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    assert_eq!(online().await, Some(0));
    let _ada = stage.ada.browser.listening(topic).await;
    let ben = stage.ben.browser.copy_at(&there.origin).listening(topic).await;
    let _second_tab = stage.ada.browser.copy_at(&there.origin).listening(topic).await;
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, becomes(2)).await.expect("Ada has two tabs, Ben is at the other process");
    drop(ben);
    tokio::time::timeout(patience, becomes(1)).await.expect("Ben has left");
}

#[tokio::test]
async fn signing_out_at_one_process_closes_the_socket_at_the_other() {
    let TwoProcesses { stage, here, there, _redis } = TwoProcesses::start().await;
    let adas = signed_in(&here, &stage.ada).await;
    let mut elsewhere = adas.copy_at(&there.origin).socket().await;
    assert_eq!(adas.submit("/api/accounts/sign_out", &[]).await.location(), "/");
    assert_eq!(elsewhere.closes().await, Some(CloseReason::SignedOut));
}

#[tokio::test]
async fn a_mute_and_a_ban_at_one_process_reach_a_socket_at_the_other() {
    let TwoProcesses { stage, here, there, _redis } = TwoProcesses::start().await;
    let (topic, own) = (stage.topic(), Topic::User(stage.ada.signed_in.user));
    let olivias = signed_in(&here, &stage.olivia).await;
    let (adas, bens) = tokio::join!(signed_in(&there, &stage.ada), signed_in(&there, &stage.ben));
    let (mut ada, mut ben) = (adas.listening(own).await, bens.listening(topic).await);
    assert!(matches!(ada.subscribe(topic, None).await, ServerFrame::Subscribed { .. }));
    let user = stage.ada.signed_in.user.to_string();
    let acts = async |call: &str, more: &[(&str, &str)]| {
        let about = [("event", stage.event.as_str()), ("member", &user), ("reason", "Enough for today.")];
        let fields = [&about[..], more].concat();
        assert_eq!(olivias.call(call, &fields).await.status, StatusCode::OK, "{call}");
    };
    ada.send(&ClientFrame::Typing { topic }).await;
    assert!(matches!(ben.next().await, ServerFrame::Typing { .. }), "Ben sees that Ada types");

    acts("/api/moderation/mute", &[("duration", "EVENT")]).await;
    assert!(matches!(ada.next().await, ServerFrame::Notification { .. }), "Ada is told");
    assert_eq!(ada.next().await, ServerFrame::Resync { topic: own }, "and her room is made anew");
    // Longer than a mute may take to reach her socket, and than the pause between two frames of typing.
    let silence = tokio::time::timeout(Duration::from_secs(4), ben.next()).await;
    assert!(silence.is_err(), "{silence:?}");
    ada.send(&ClientFrame::Typing { topic }).await;
    ada.is_quiet().await;
    ben.is_quiet().await;

    acts("/api/attendees/ban", &[]).await;
    let kicked = loop {
        match ada.next().await {
            ServerFrame::WaitingChanged { .. } => {}
            frame => break frame,
        }
    };
    assert_eq!(kicked, ServerFrame::Kicked { topic, code: RefusalCode::NoAccess });
    for frame in [ClientFrame::Typing { topic }, ClientFrame::Ping] {
        ada.send(&frame).await;
    }
    while ada.next().await != ServerFrame::Pong {}
    ben.is_quiet().await;
}

#[tokio::test]
async fn a_lost_redis_delays_messages_and_loses_none() {
    let mut redis = RedisServer::start().await;
    let url = redis.url();
    let settings = [("ATRIA_REDIS_URL", url.as_str())];
    let stage = Stage::set_with(&settings).await;
    let there = TestApp::start_with(stage.app.urls.clone(), &settings).await;
    let topic = stage.topic();
    let mut ben = stage.ben.browser.copy_at(&there.origin).listening(topic).await;

    redis.crash().await;
    stage.says(&stage.ada, "while Redis is down").await;
    safety_net::check_once(&there.services).await.unwrap();
    assert_eq!(ben.next().await, ServerFrame::Head { topic, rev: 1 });
    let answer = ben.subscribe(topic, Some(0)).await;
    assert_eq!(answer, ServerFrame::Subscribed { topic, cursor: 1, presence: None }, "unknown, not wrong");
    assert!(matches!(ben.next().await, ServerFrame::MessagePosted { rev: 1, .. }));

    let _ada = stage.ada.browser.listening(topic).await;
    redis.restart().await;
    ben.presence_becomes(2).await;
}

#[tokio::test]
async fn a_second_node_without_redis_is_refused() {
    let db = database::fresh().await;
    let url = db.connect_options().to_url_lossy().to_string();
    let alone = claim_single_node(&url).await.unwrap();
    assert!(matches!(claim_single_node(&url).await, Err(NodeClaimError::Taken)));
    assert!(
        matches!(claim_shared_node(&url).await, Err(NodeClaimError::Taken)),
        "it could not hear this one"
    );
    alone.release().await.unwrap();

    let _first = claim_shared_node(&url).await.unwrap();
    let _second = claim_shared_node(&url).await.expect("nodes with Redis share a database");
    assert!(matches!(claim_single_node(&url).await, Err(NodeClaimError::Taken)));
}
