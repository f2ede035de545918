//! Access that ends ends the socket, or the topic.

use std::time::Duration;

use domain::realtime::{CloseReason, RefusalCode, ServerFrame, Topic};
use services::accounts;
use services::realtime::safety_net;

use super::stage::Stage;
use crate::support::Member;

/// Another process changed the row and its announcement was lost.
async fn behind_the_bus(stage: &Stage, statement: &'static str, person: &Member) {
    let query = sqlx::query(statement).bind(person.signed_in.user.get());
    query.execute(&stage.app.services.db).await.expect("the row can be changed");
}

#[tokio::test]
async fn sign_out_closes_the_socket_within_a_second() {
    let stage = Stage::set().await;
    let mut ada = stage.ada.browser.listening(stage.topic()).await;
    let mut ben = stage.ben.browser.listening(stage.topic()).await;

    assert_eq!(stage.ada.browser.submit("/api/accounts/sign_out", &[]).await.location(), "/");

    let reason = tokio::time::timeout(Duration::from_secs(1), ada.closes()).await;
    assert_eq!(reason, Ok(Some(CloseReason::SignedOut)));
    ben.is_quiet().await;
}

#[tokio::test]
async fn a_login_session_ended_elsewhere_is_found_by_the_safety_net() {
    let stage = Stage::set().await;
    let mut ada = stage.ada.browser.socket().await;
    let mut ben = stage.ben.browser.socket().await;
    behind_the_bus(&stage, "update login_sessions set revoked_at = now() where user_id = $1", &stage.ada)
        .await;

    safety_net::check_once(&stage.app.services).await.unwrap();

    assert_eq!(ada.closes().await, Some(CloseReason::SignedOut));
    ben.is_quiet().await;
}

#[tokio::test]
async fn a_login_session_that_runs_out_closes_its_socket() {
    let stage = Stage::set().await;
    let mut ada = stage.ada.browser.socket().await;
    stage.app.wait(accounts::IDLE_LIMIT);
    safety_net::check_once(&stage.app.services).await.unwrap();
    assert_eq!(ada.closes().await, Some(CloseReason::SignedOut));
}

#[tokio::test]
async fn a_member_banned_elsewhere_stops_receiving_with_the_next_check() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    let mut ada = stage.ada.browser.listening(topic).await;
    let mut ben = stage.ben.browser.listening(topic).await;
    behind_the_bus(&stage, "update event_members set status = 'BANNED' where user_id = $1", &stage.ben).await;

    safety_net::check_once(&stage.app.services).await.unwrap();
    assert_eq!(ben.next().await, ServerFrame::Kicked { topic, code: RefusalCode::NoAccess });
    stage.says(&stage.ada, "after the ban").await;

    assert!(matches!(ada.next().await, ServerFrame::MessagePosted { .. }), "Ada is not concerned");
    ben.is_quiet().await;
    let refused = ben.subscribe(topic, None).await;
    assert_eq!(refused, ServerFrame::Refused { topic, code: RefusalCode::NoAccess });
}

#[tokio::test]
async fn a_room_of_a_deleted_event_or_organization_lets_its_listeners_go() {
    for deletion in [
        "update events set status = 'DELETED', deleted_at = now(), deleted_by = $1",
        "update organizations set deleted_at = now(), deleted_by = $1",
    ] {
        let stage = Stage::set().await;
        let topic = stage.topic();
        let mut olivia = stage.olivia.browser.listening(topic).await;
        safety_net::check_once(&stage.app.services).await.unwrap();
        olivia.is_quiet().await;
        behind_the_bus(&stage, deletion, &stage.olivia).await;

        safety_net::check_once(&stage.app.services).await.unwrap();
        assert_eq!(olivia.next().await, ServerFrame::Kicked { topic, code: RefusalCode::NoAccess });
    }
}

#[tokio::test]
async fn the_tenth_malformed_frame_closes_the_socket() {
    let stage = Stage::set().await;
    let mut ada = stage.ada.browser.socket().await;
    for _ in 1..10 {
        ada.send_text("{").await;
        assert_eq!(ada.next().await, ServerFrame::Error);
    }
    ada.send_text("{").await;
    assert_eq!(ada.closes().await, Some(CloseReason::Malformed));
}

#[tokio::test]
async fn a_person_hears_their_own_topic_without_asking() {
    let stage = Stage::set().await;
    let mut ada = stage.ada.browser.socket().await;
    let own = Topic::User(stage.ada.signed_in.user);
    stage.app.services.bus.publish(own, &ServerFrame::Resync { topic: own });
    assert_eq!(ada.next().await, ServerFrame::Resync { topic: own });
}

#[tokio::test]
async fn an_owner_who_is_none_any_more_stops_receiving_within_a_second() {
    let stage = Stage::set().await;
    let (app, topic) = (&stage.app, stage.topic());
    let tara = app.person("Tara").await;
    app.join_organization("atria-test", &tara, "OWNER").await;
    let mut socket = tara.browser.listening(topic).await;
    app.post(&stage.ada, stage.general, "Hello").await;
    assert!(matches!(socket.next().await, ServerFrame::MessagePosted { .. }), "owners hear every room");

    let user = tara.signed_in.user.to_string();
    let fields = [("organization", "atria-test"), ("user", user.as_str()), ("role", "MEMBER")];
    let demoted = stage.olivia.browser.status("/api/organizations/change_role", &fields).await;
    assert_eq!(demoted, http::StatusCode::OK);
    assert!(matches!(socket.next().await, ServerFrame::Notification { .. }), "she is told");
    let kicked = tokio::time::timeout(Duration::from_secs(1), socket.next()).await;
    assert_eq!(kicked, Ok(ServerFrame::Kicked { topic, code: RefusalCode::NoAccess }));
    app.post(&stage.ada, stage.general, "Without you").await;
    socket.is_quiet().await;
}

#[tokio::test]
async fn a_deleted_organization_ends_the_rooms_of_its_events_within_a_second() {
    let stage = Stage::set().await;
    let topic = stage.topic();
    let mut ada = stage.ada.browser.listening(topic).await;
    let fields = [("organization", "atria-test"), ("delete_name", "Atria Test")];
    let deleted = stage.olivia.browser.status("/api/organizations/delete", &fields).await;
    assert_eq!(deleted, http::StatusCode::OK);
    let kicked = tokio::time::timeout(Duration::from_secs(1), ada.next()).await;
    assert_eq!(kicked, Ok(ServerFrame::Kicked { topic, code: RefusalCode::NoAccess }));
}
