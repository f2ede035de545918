//! Access that ends ends the socket, or the topic.

use std::time::Duration;

use domain::realtime::{CloseReason, RefusalCode, ServerFrame, Topic};
use services::realtime::safety_net;
use services::{Services, accounts};

use super::node::Node;
use super::socket::Socket;
use super::stage::{Person, Stage, post};
use crate::support::database;

/// Another process changed the row and its announcement was lost.
async fn behind_the_bus(services: &Services, statement: &'static str, person: &Person) {
    #[expect(clippy::disallowed_methods, reason = "forges what no use case of this node did")]
    let query = sqlx::query(statement);
    query.bind(person.signed_in.user.get()).execute(&services.db).await.expect("the row can be changed");
}

#[tokio::test]
async fn sign_out_closes_the_socket_within_a_second() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let mut ada = Socket::listening(&node, &stage.ada, stage.general()).await;
    let mut ben = Socket::listening(&node, &stage.ben, stage.general()).await;

    accounts::end(&node.services, stage.ada.session_id.as_bytes()).await.unwrap();

    let reason = tokio::time::timeout(Duration::from_secs(1), ada.closes()).await;
    assert_eq!(reason, Ok(Some(CloseReason::SignedOut)));
    ben.is_quiet().await;
}

#[tokio::test]
async fn a_login_session_ended_elsewhere_is_found_by_the_safety_net() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let mut ada = Socket::open(&node, &stage.ada).await;
    let mut ben = Socket::open(&node, &stage.ben).await;
    behind_the_bus(
        &node.services,
        "update login_sessions set revoked_at = now() where user_id = $1",
        &stage.ada,
    )
    .await;

    safety_net::check_once(&node.services).await.unwrap();

    assert_eq!(ada.closes().await, Some(CloseReason::SignedOut));
    ben.is_quiet().await;
}

#[tokio::test]
async fn a_login_session_that_runs_out_closes_its_socket() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let mut ada = Socket::open(&node, &stage.ada).await;
    node.services.clock.advance(accounts::IDLE_LIMIT);
    safety_net::check_once(&node.services).await.unwrap();
    assert_eq!(ada.closes().await, Some(CloseReason::SignedOut));
}

#[tokio::test]
async fn a_member_banned_elsewhere_stops_receiving_with_the_next_check() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let topic = stage.general();
    let mut ada = Socket::listening(&node, &stage.ada, topic).await;
    let mut ben = Socket::listening(&node, &stage.ben, topic).await;
    behind_the_bus(
        &node.services,
        "update event_members set status = 'BANNED' where user_id = $1",
        &stage.ben,
    )
    .await;

    safety_net::check_once(&node.services).await.unwrap();
    assert_eq!(ben.next().await, ServerFrame::Kicked { topic, code: RefusalCode::NoAccess });
    post(&node.services, &stage.ada, stage.general, "after the ban").await;

    assert!(matches!(ada.next().await, ServerFrame::MessagePosted { .. }), "Ada is not concerned");
    ben.is_quiet().await;
    let refused = ben.subscribe(topic, None).await;
    assert_eq!(refused, ServerFrame::Refused { topic, code: RefusalCode::NoAccess });
}

#[tokio::test]
async fn the_tenth_malformed_frame_closes_the_socket() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let mut ada = Socket::open(&node, &stage.ada).await;
    for _ in 1..10 {
        ada.send_text("{").await;
        assert_eq!(ada.next().await, ServerFrame::Error);
    }
    ada.send_text("{").await;
    assert_eq!(ada.closes().await, Some(CloseReason::Malformed));
}

#[tokio::test]
async fn a_person_hears_their_own_topic_without_asking() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let mut ada = Socket::open(&node, &stage.ada).await;
    let own = Topic::User(stage.ada.signed_in.user);
    node.services.bus.publish(own, &ServerFrame::Resync { topic: own });
    assert_eq!(ada.next().await, ServerFrame::Resync { topic: own });
}
