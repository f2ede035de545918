//! Who may open a socket.

use http::StatusCode;

use super::node::{Node, ORIGIN};
use super::socket::{Handshake, Socket};
use super::stage::Stage;
use crate::support::database;

async fn refusal(node: &Node, handshake: Handshake) -> StatusCode {
    handshake.try_open(node).await.err().expect("this handshake must be refused")
}

#[tokio::test]
async fn a_socket_without_session_is_refused() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    assert!(Handshake::of(&stage.ada).try_open(&node).await.is_ok(), "Ada's session opens one");

    let anonymous = Handshake { session: None, origin: Some(ORIGIN), query: "" };
    assert_eq!(refusal(&node, anonymous).await, StatusCode::UNAUTHORIZED);
    let invented = Handshake { session: Some(stage.general.to_string()), origin: Some(ORIGIN), query: "" };
    assert_eq!(refusal(&node, invented).await, StatusCode::UNAUTHORIZED);
    let anonymous_and_foreign = Handshake { session: None, origin: Some("https://evil.example"), query: "" };
    assert_eq!(
        refusal(&node, anonymous_and_foreign).await,
        StatusCode::UNAUTHORIZED,
        "the session comes first"
    );
    let token = Handshake { session: None, origin: Some(ORIGIN), query: "?token=anything&session=1" };
    assert_eq!(
        refusal(&node, token).await,
        StatusCode::UNAUTHORIZED,
        "a token in the query counts for nothing"
    );
}

#[tokio::test]
async fn a_foreign_origin_is_refused() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    assert!(Handshake::of(&stage.ada).try_open(&node).await.is_ok(), "our own origin opens one");
    let foreign = ["https://evil.example", "http://atria.example", "https://sub.atria.example", "null"];
    for origin in foreign.into_iter().map(Some).chain([None]) {
        let handshake = Handshake { origin, ..Handshake::of(&stage.ada) };
        assert_eq!(refusal(&node, handshake).await, StatusCode::FORBIDDEN, "{origin:?}");
    }
}

#[tokio::test]
async fn the_eleventh_socket_of_a_person_is_refused() {
    let db = database::fresh().await;
    let node = Node::alone(db).await;
    let stage = Stage::set(&node.services).await;
    let mut open = Vec::new();
    for _ in 0..10 {
        open.push(Socket::open(&node, &stage.ada).await);
    }
    assert_eq!(refusal(&node, Handshake::of(&stage.ada)).await, StatusCode::TOO_MANY_REQUESTS);
    assert!(Handshake::of(&stage.ben).try_open(&node).await.is_ok(), "others are not concerned");
}
