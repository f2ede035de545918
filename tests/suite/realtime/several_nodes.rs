//! Two server processes on one database, joined by a real redis-server.

use std::time::Duration;

use domain::realtime::{ClientFrame, CloseReason, ServerFrame, Topic};
use services::accounts;
use services::realtime::{NodeClaimError, claim_shared_node, claim_single_node, safety_net};
use sqlx::ConnectOptions as _;

use super::node::Node;
use super::redis::RedisServer;
use super::socket::Socket;
use super::stage::{Stage, post};
use crate::support::database;

#[tokio::test]
async fn two_nodes_share_messages_typing_and_presence() {
    let db = database::fresh().await;
    let redis = RedisServer::start().await;
    let here = Node::beside_others(db.clone(), &redis.url()).await;
    let there = Node::beside_others(db, &redis.url()).await;
    let stage = Stage::set(&here.services).await;
    let topic = stage.general();

    let mut ada = Socket::listening(&here, &stage.ada, topic).await;
    ada.presence_becomes(1).await;
    let mut ben = Socket::open(&there, &stage.ben).await;
    let subscribed = ServerFrame::Subscribed { topic, cursor: 0, presence: Some(2) };
    assert_eq!(ben.subscribe(topic, None).await, subscribed, "Ada is on the other node");
    ada.presence_becomes(2).await;

    let message = post(&here.services, &stage.ada, stage.general, "across").await;
    let posted = ServerFrame::MessagePosted { topic, rev: 1, message };
    assert_eq!((ada.next().await, ben.next().await), (posted.clone(), posted));

    ada.send(&ClientFrame::Typing { topic }).await;
    let ServerFrame::Typing { person, .. } = ben.next().await else { panic!("Ben sees that Ada types") };
    assert_eq!(person.id, stage.ada.signed_in.user);
    ada.is_quiet().await;

    let _second_tab = Socket::listening(&there, &stage.ada, topic).await;
    drop(ben);
    ada.presence_becomes(1).await;
}

#[tokio::test]
async fn signing_out_on_one_node_closes_the_socket_on_the_other() {
    let db = database::fresh().await;
    let redis = RedisServer::start().await;
    let here = Node::beside_others(db.clone(), &redis.url()).await;
    let there = Node::beside_others(db, &redis.url()).await;
    let stage = Stage::set(&here.services).await;
    let mut ada = Socket::open(&there, &stage.ada).await;
    accounts::end(&here.services, stage.ada.session_id.as_bytes()).await.unwrap();
    assert_eq!(ada.closes().await, Some(CloseReason::SignedOut));
}

#[tokio::test]
async fn a_lost_redis_delays_messages_and_loses_none() {
    let db = database::fresh().await;
    let mut redis = RedisServer::start().await;
    let here = Node::beside_others(db.clone(), &redis.url()).await;
    let there = Node::beside_others(db, &redis.url()).await;
    let stage = Stage::set(&here.services).await;
    let topic = stage.general();
    let mut ben = Socket::listening(&there, &stage.ben, topic).await;

    redis.crash().await;
    post(&here.services, &stage.ada, stage.general, "while Redis is down").await;
    safety_net::check_once(&there.services).await.unwrap();
    assert_eq!(ben.next().await, ServerFrame::Head { topic, rev: 1 });
    let answer = ben.subscribe(topic, Some(0)).await;
    assert_eq!(answer, ServerFrame::Subscribed { topic, cursor: 1, presence: None }, "unknown, not wrong");
    assert!(matches!(ben.next().await, ServerFrame::MessagePosted { rev: 1, .. }));

    redis.restart().await;
    presence_becomes_known(&here, topic, 1).await;
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

/// The node finds Redis again by itself, with a growing pause between its attempts.
async fn presence_becomes_known(node: &Node, topic: Topic, expected: u32) {
    let known = async {
        while node.services.bus.presence(topic).await != Some(expected) {
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), known).await.expect("presence comes back");
}
