use http::StatusCode;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{Team, TestApp};

#[tokio::test]
async fn jwt_required() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let visitor = app.browser();
    for page in ["/home", "/organizations/new", "/settings/security", "/settings/devices"] {
        assert_eq!(ada.browser.get(page).await.status, StatusCode::OK, "{page}");
        let answer = visitor.get(page).await;
        let next = format!("/signin?next={}", page.replace('/', "%2F"));
        assert_eq!((answer.status, answer.location()), (StatusCode::FOUND, next.as_str()));
    }
    for call in ["organizations/create", "accounts/change_password", "accounts/end_other_devices"] {
        let path = format!("/api/{call}");
        assert_eq!(visitor.status(&path, &[]).await, StatusCode::UNAUTHORIZED, "{call}");
        assert_ne!(ada.browser.status(&path, &[]).await, StatusCode::UNAUTHORIZED, "{call}");
    }
    assert_eq!(visitor.handshake().open().await.err(), Some(StatusCode::UNAUTHORIZED));
    assert!(ada.browser.handshake().open().await.is_ok());
}

#[tokio::test]
async fn optional_jwt() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let bad = app.browser().with_cookie("atria", "AAAAAAAAAAAAAAAAAAAAAA");
    for page in ["/".to_owned(), "/events".to_owned(), format!("/events/{event}")] {
        for (browser, name) in [(&olivia.browser, Some("Olivia Test")), (&app.browser(), None), (&bad, None)]
        {
            let answer = browser.get(&page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            let shown = answer.html().texts(".menu-name").first().cloned();
            assert_eq!(shown.as_deref(), name, "{page} says who is signed in");
        }
    }
}

#[tokio::test]
async fn fresh_jwt_required() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let (delete, fields) =
        ("/api/organizations/delete", [("organization", team.slug.as_str()), ("delete_name", "Atria Test")]);
    let olivia = &team.olivia.browser;
    app.wait(Duration::minutes(11));
    assert_eq!(olivia.get(&team.path("/danger")).await.status, StatusCode::OK, "reading needs none");
    assert_eq!(olivia.status(delete, &fields).await, StatusCode::FORBIDDEN, "the sign-in is too old");
    assert_eq!(
        team.otto.browser.status(delete, &fields).await,
        StatusCode::NOT_FOUND,
        "asked of nobody else"
    );

    let asked = olivia.submit(delete, &fields).await;
    let ask = "/confirm-password?next=%2Forganizations%2Fatria-test%2Fdanger";
    assert_eq!(asked.location(), ask);
    assert_eq!(olivia.get(ask).await.status, StatusCode::OK);
    let confirm = "/api/accounts/confirm_password";
    let next = ("next", "/organizations/atria-test/danger");
    let wrong = olivia.submit_and_follow(confirm, &[("current_password", "guess"), next]).await.html();
    assert!(wrong.field_error("current_password").is_some());
    assert_eq!(olivia.status(delete, &fields).await, StatusCode::FORBIDDEN);

    let stolen = olivia.copy();
    let confirmed = olivia.submit(confirm, &[("current_password", PASSWORD), next]).await;
    assert_eq!(confirmed.location(), next.1);
    let page = olivia.get(next.1).await.html();
    assert_eq!(page.value("delete_name"), "Atria Test", "what was typed waited");
    assert!(!stolen.is_signed_in().await, "the session id is another one now");
    app.wait(Duration::minutes(9));
    assert_eq!(olivia.status(delete, &fields).await, StatusCode::OK);
}

#[tokio::test]
async fn confirming_the_password_keeps_the_device_and_its_sockets_and_leads_nowhere_else() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let mut socket = ada.browser.socket().await;
    let before = app.login_session_of(&ada).await.login_session;
    let fields = [("current_password", PASSWORD), ("next", "https://evil.example/")];
    assert_eq!(ada.browser.submit("/api/accounts/confirm_password", &fields).await.location(), "/home");
    assert_eq!(app.login_session_of(&ada).await.login_session, before);
    socket.is_quiet().await;
    for _ in 0..5 {
        let wrong = [("current_password", "guess")];
        ada.browser.status("/api/accounts/confirm_password", &wrong).await;
    }
    let right = [("current_password", PASSWORD)];
    let limited = ada.browser.status("/api/accounts/confirm_password", &right).await;
    assert_eq!(limited, StatusCode::TOO_MANY_REQUESTS, "tries are counted");
}
