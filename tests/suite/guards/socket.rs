//! What a socket refuses: it answers as the pages do.

use domain::chat::RoomKind;
use domain::realtime::{CloseReason, RefusalCode, ServerFrame, Topic};
use http::StatusCode;

use crate::support::socket::Handshake;
use crate::support::{AgendaScene, TestApp};

#[tokio::test]
async fn socket_jwt_required() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let own = ada.browser.handshake();
    let mut open = own.clone().open().await.expect("a login session opens a socket");
    for cookie in [None, Some("atria=".to_owned()), Some("atria=AAAAAAAAAAAAAAAAAAAAAA".to_owned())] {
        let without = Handshake { cookie, ..own.clone() };
        assert_eq!(without.open().await.err(), Some(StatusCode::UNAUTHORIZED));
    }
    for origin in [None, Some("https://evil.example".to_owned()), Some("null".to_owned())] {
        let foreign = Handshake { origin, ..own.clone() };
        assert_eq!(foreign.open().await.err(), Some(StatusCode::FORBIDDEN), "no other page opens one");
    }
    let token = Handshake { cookie: None, query: "?token=anything", ..own.clone() };
    assert_eq!(token.open().await.err(), Some(StatusCode::UNAUTHORIZED), "no other credential counts");
    assert_eq!(ada.browser.submit("/api/accounts/sign_out", &[]).await.status, StatusCode::FOUND);
    assert_eq!(open.closes().await, Some(CloseReason::SignedOut), "it ends with the session");
    assert_eq!(own.open().await.err(), Some(StatusCode::UNAUTHORIZED), "and the old cookie opens none");
}

#[tokio::test]
async fn socket_room_access() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (app, event) = (&scene.app, &scene.event);
    let mut rooms = Vec::new();
    for kind in [RoomKind::Global, RoomKind::GreenRoom, RoomKind::Admin] {
        rooms.push(app.room(&scene.olivia, event, kind).await);
    }
    for kind in [RoomKind::Public, RoomKind::Backstage] {
        rooms.push(app.session_room(session, kind).await);
    }
    let people = [
        scene.member("Ada", "ATTENDEE").await,
        scene.member("Sam", "SPEAKER").await,
        scene.member("Maya", "MODERATOR").await,
        scene.member("Omar", "ORGANIZER").await,
        app.person("Otto").await,
    ];
    let mut admitted = 0;
    for person in &people {
        let mut socket = person.browser.socket().await;
        for room in &rooms {
            let topic = Topic::Room(*room);
            let page = person.browser.get(&scene.path(&format!("/rooms/{room}"))).await.status;
            match socket.subscribe(topic, None).await {
                ServerFrame::Subscribed { .. } => {
                    admitted += 1;
                    assert_eq!(page, StatusCode::OK, "{} in {room}", person.email);
                }
                refused => {
                    assert_eq!(refused, ServerFrame::Refused { topic, code: RefusalCode::NotFound });
                    assert_eq!(page, StatusCode::NOT_FOUND, "{} in {room}", person.email);
                }
            }
        }
    }
    assert_eq!(admitted, 2 + 3 + 2 + 5, "table 4.4 for each of them, and nothing for an outsider");
}
