//! Coming back after a gap.

use domain::realtime::{CloseReason, ServerFrame};
use services::realtime::safety_net;

use super::node::Node;
use super::socket::Socket;
use super::stage::{Stage, post};
use crate::support::database;

#[tokio::test]
async fn a_reader_resumes_from_its_cursor_after_a_gap() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let topic = stage.general();
    let mut missed = Vec::new();
    for n in 1..=3 {
        let message = post(&node.services, &stage.ada, stage.general, &format!("number {n}")).await;
        missed.push(ServerFrame::MessagePosted { topic, rev: n, message });
    }

    let mut ben = Socket::open(&node, &stage.ben).await;
    let answer = ben.subscribe(topic, Some(1)).await;

    assert!(matches!(answer, ServerFrame::Subscribed { cursor: 3, .. }), "{answer:?}");
    assert_eq!([ben.next().await, ben.next().await], missed[1..]);
    ben.is_quiet().await;
}

#[tokio::test]
async fn a_cursor_that_cannot_be_served_gets_a_resync() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let topic = stage.general();
    post(&node.services, &stage.ada, stage.general, "the only one").await;
    let mut ben = Socket::open(&node, &stage.ben).await;
    for cursor in [-1, 2, i64::MAX, i64::MIN] {
        let answer = ben.subscribe(topic, Some(cursor)).await;
        assert!(matches!(answer, ServerFrame::Subscribed { cursor: 1, .. }), "{answer:?}");
        assert_eq!(ben.next().await, ServerFrame::Resync { topic }, "{cursor}");
    }
}

#[tokio::test]
async fn a_slow_reader_is_closed_with_1013() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let topic = stage.general();
    let mut slow = Socket::listening(&node, &stage.ben, topic).await;
    let message = post(&node.services, &stage.ada, stage.general, &"x".repeat(2000)).await;

    // Far more than the queue holds, and nothing is read meanwhile.
    for rev in 2..5000 {
        let message = message.clone();
        node.services.bus.publish(topic, &ServerFrame::MessagePosted { topic, rev, message });
    }

    assert_eq!(slow.closes().await, Some(CloseReason::TooSlow));
    let mut back = Socket::open(&node, &stage.ben).await;
    assert!(matches!(back.subscribe(topic, Some(0)).await, ServerFrame::Subscribed { cursor: 1, .. }));
    assert!(
        matches!(back.next().await, ServerFrame::MessagePosted { rev: 1, .. }),
        "the cursor makes it good"
    );
}

#[tokio::test]
async fn a_frame_lost_on_the_way_is_made_good_by_the_safety_net() {
    let db = database::fresh().await;
    let node = Node::alone(db.clone()).await;
    let deaf = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let topic = stage.general();
    let mut ben = Socket::listening(&deaf, &stage.ben, topic).await;
    post(&node.services, &stage.ada, stage.general, "said where nobody hears it").await;
    ben.is_quiet().await;

    safety_net::check_once(&deaf.services).await.unwrap();
    assert_eq!(ben.next().await, ServerFrame::Head { topic, rev: 1 });
    safety_net::check_once(&deaf.services).await.unwrap();
    ben.is_quiet().await;
}

#[tokio::test]
async fn a_restart_closes_sockets_with_1012() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let mut ben = Socket::listening(&node, &stage.ben, stage.general()).await;
    let (reason, ()) = tokio::join!(ben.closes(), node.stop());
    assert_eq!(reason, Some(CloseReason::Restart));
}
