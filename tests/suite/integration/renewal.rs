//! Requests that a renewal or an end of their login session overtakes.

use atria::config::PublicUrl;
use atria::socket::{self, SocketState};
use axum::body::Body;
use axum::extract::State;
use axum::routing::get;
use axum::{Extension, Router};
use domain::Viewer;
use http::header::{
    CONNECTION, COOKIE, ORIGIN, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, SET_COOKIE, UPGRADE,
};
use http::{Request, StatusCode};
use services::{Services, accounts};
use time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;
use tower_sessions::Session;
use tower_sessions::session::Id;

use crate::support::TestApp;
use crate::support::cast::PASSWORD;

const RENEW: &str = "/session/renew";
const SIGN_IN: &str = "/api/accounts/sign_in";
const SIGN_OUT: &str = "/api/accounts/sign_out";

#[tokio::test]
async fn two_tabs_that_renew_at_once_stay_signed_in() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let second_tab = ada.browser.clone();

    let (one, other) = tokio::join!(ada.browser.call(RENEW, &[]), second_tab.call(RENEW, &[]));

    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::NO_CONTENT, StatusCode::UNAUTHORIZED], "the old id was renewed once");
    assert!(ada.browser.is_signed_in().await);
}

#[tokio::test]
async fn a_dead_id_gets_no_say_over_the_cookie() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let late = ada.browser.copy();
    assert_eq!(ada.browser.call(RENEW, &[]).await.status, StatusCode::NO_CONTENT);

    for answer in [late.get("/").await, late.get("/home").await, late.call(RENEW, &[]).await] {
        assert_eq!(answer.set_cookies(), Vec::<&str>::new(), "{}", answer.status);
    }
    assert!(ada.browser.is_signed_in().await);
}

#[tokio::test]
async fn a_dead_id_can_sign_out_and_in() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let late = ada.browser.copy();
    assert_eq!(ada.browser.call(RENEW, &[]).await.status, StatusCode::NO_CONTENT);

    let signed_in =
        late.copy().submit(SIGN_IN, &[("email", "ada@example.org"), ("password", PASSWORD)]).await;
    assert_eq!(signed_in.location(), "/home");
    assert!(signed_in.set_cookies().iter().any(|cookie| cookie.starts_with("atria=")), "a new id");
    let signed_out = late.submit(SIGN_OUT, &[]).await;
    let cleared = signed_out.set_cookies();
    assert!(cleared.iter().any(|cookie| cookie.starts_with("atria=;")), "cleared: {cleared:?}");
}

/// A request that another tab's renewal overtakes, and that changes the session afterwards.
async fn overtaken(State(services): State<Services>, session: Session) {
    let old = session.id().expect("a live session").0.to_le_bytes();
    accounts::rotate(&services, &old, &services.rng.bytes()).await.expect("the id is live");
    session.insert("note", "late").await.expect("the session is loaded");
}

#[tokio::test]
async fn a_change_saved_too_late_does_not_bring_the_dead_id_back() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let routes = Router::new().route("/", get(overtaken)).with_state(app.services.clone());
    let public_url = PublicUrl::parse(&app.origin).expect("an origin");
    let routes = atria::session::around(routes, &app.services, &public_url);
    let cookies = ada.browser.cookies().expect("a signed-in browser");

    let request = Request::get("/").header(COOKIE, cookies).body(Body::empty()).expect("a request");
    let answer = routes.oneshot(request).await.expect("an answer");

    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers().get(SET_COOKIE), None);
}

#[tokio::test]
async fn a_login_session_that_ends_while_its_socket_is_asked_for_opens_none() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let cookies = ada.browser.cookies().expect("a signed-in browser");
    let id = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("atria="));
    let id: Id = id.expect("a session cookie").parse().expect("an id");
    let id = id.0.to_le_bytes();
    let row = accounts::load(&app.services, &id).await.expect("a database").expect("a live session");
    let state = SocketState {
        services: app.services.clone(),
        origin: app.origin.as_str().into(),
        stop: CancellationToken::new(),
        tasks: TaskTracker::new(),
    };
    // Whoever identified the request found her signed in.
    let routes = socket::endpoints(state)
        .into_router(&mut Vec::new())
        .layer(Extension(Viewer::SignedIn(row.person.expect("Ada"))));
    let ask = || {
        let request = Request::get("/ws")
            .header(ORIGIN, &app.origin)
            .header(CONNECTION, "upgrade")
            .header(UPGRADE, "websocket")
            .header(SEC_WEBSOCKET_VERSION, "13")
            .header(SEC_WEBSOCKET_KEY, "dGhlIHNhbXBsZSBub25jZQ==");
        routes.clone().oneshot(request.body(Body::empty()).expect("a request"))
    };

    let answer = ask().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::UPGRADE_REQUIRED, "only the connection to upgrade is missing");
    accounts::end(&app.services, &id).await.expect("a database");
    assert_eq!(ask().await.expect("an answer").status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_login_session_ends_at_its_idle_and_absolute_limits() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    app.wait(Duration::days(6));
    assert!(ada.browser.is_signed_in().await, "used within 7 days");
    app.wait(Duration::days(6));
    assert!(ada.browser.is_signed_in().await, "use slides the idle limit");
    let ben = app.person("Ben").await;
    app.wait(Duration::days(7) + Duration::MINUTE);
    assert!(!ben.browser.is_signed_in().await, "7 days without use end it");
    let cleo = app.person("Cleo").await;
    for _ in 0..5 {
        app.wait(Duration::days(5));
        assert!(cleo.browser.is_signed_in().await, "used every five days");
        assert_eq!(cleo.browser.call("/session/renew", &[]).await.status, StatusCode::NO_CONTENT);
    }
    app.wait(Duration::days(5) + Duration::MINUTE);
    assert!(!cleo.browser.is_signed_in().await, "30 days end it, whatever was renewed");
}
