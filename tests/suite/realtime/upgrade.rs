//! Who may open a socket.

use http::StatusCode;

use super::stage::Stage;
use crate::support::socket::Handshake;
use crate::support::{TestApp, database};

async fn refusal(handshake: Handshake) -> StatusCode {
    handshake.open().await.err().expect("this handshake must be refused")
}

#[tokio::test]
async fn a_socket_without_session_is_refused() {
    let stage = Stage::set().await;
    let own = stage.ada.browser.handshake();
    assert!(own.clone().open().await.is_ok(), "Ada's session opens one");

    let anonymous = Handshake { cookie: None, ..own.clone() };
    assert_eq!(refusal(anonymous.clone()).await, StatusCode::UNAUTHORIZED);
    let (name, _) = own.cookie.as_deref().and_then(|cookie| cookie.split_once('=')).expect("a cookie");
    let invented = Handshake { cookie: Some(format!("{name}=AAAAAAAAAAAAAAAAAAAAAA")), ..own };
    assert_eq!(refusal(invented).await, StatusCode::UNAUTHORIZED);
    let foreign = Handshake { origin: Some("https://evil.example".to_owned()), ..anonymous.clone() };
    assert_eq!(refusal(foreign).await, StatusCode::UNAUTHORIZED, "the session comes first");
    let token = Handshake { query: "?token=anything&session=1", ..anonymous };
    assert_eq!(refusal(token).await, StatusCode::UNAUTHORIZED, "a token in the query counts for nothing");
}

#[tokio::test]
async fn a_foreign_origin_is_refused() {
    let stage = Stage::set().await;
    let own = stage.ada.browser.handshake();
    assert!(own.clone().open().await.is_ok(), "our own origin opens one");
    let origin = stage.app.origin.as_str();
    let foreign = [
        "https://evil.example".to_owned(),
        "null".to_owned(),
        origin.replace("http://", "https://"),
        origin.replace("http://", "http://sub."),
        format!("{origin}0"),
    ];
    for origin in foreign.into_iter().map(Some).chain([None]) {
        let handshake = Handshake { origin: origin.clone(), ..own.clone() };
        assert_eq!(refusal(handshake).await, StatusCode::FORBIDDEN, "{origin:?}");
    }
}

#[tokio::test]
async fn the_eleventh_socket_of_a_person_is_refused() {
    let stage = Stage::set().await;
    let mut open = Vec::new();
    for _ in 0..10 {
        open.push(stage.ada.browser.socket().await);
    }
    assert_eq!(refusal(stage.ada.browser.handshake()).await, StatusCode::TOO_MANY_REQUESTS);
    assert!(stage.ben.browser.handshake().open().await.is_ok(), "others are not concerned");
}

#[tokio::test]
async fn how_many_sockets_a_person_and_a_network_may_have_is_a_setting() {
    for (setting, others) in [
        ("ATRIA_SOCKETS_PER_PERSON", StatusCode::SWITCHING_PROTOCOLS),
        ("ATRIA_SOCKETS_PER_ADDRESS", StatusCode::TOO_MANY_REQUESTS),
    ] {
        let app = TestApp::start_with(database::fresh_urls().await, &[(setting, "2")]).await;
        let (ada, ben) = (app.person("Ada").await, app.person("Ben").await);
        let open = [ada.browser.socket().await, ada.browser.socket().await];
        assert_eq!(refusal(ada.browser.handshake()).await, StatusCode::TOO_MANY_REQUESTS, "{setting}");
        let of_another = ben.browser.handshake().open().await;
        assert_eq!(of_another.err().unwrap_or(StatusCode::SWITCHING_PROTOCOLS), others, "{setting}");
        drop(open);
    }
}
