use http::StatusCode;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{Client, TestApp};

const RENEW: &str = "/session/renew";
const SIGN_IN: &str = "/api/accounts/sign_in";

/// Refused as a page, as a call and as a socket.
async fn opens_nothing(browser: &Client, what: &str) {
    assert!(!browser.is_signed_in().await, "{what} opens no page");
    let call = browser.status("/api/organizations/create", &[]).await;
    assert_eq!(call, StatusCode::UNAUTHORIZED, "{what} opens no function");
    let socket = browser.handshake().open().await.err();
    assert_eq!(socket, Some(StatusCode::UNAUTHORIZED), "{what} opens no socket");
}

#[tokio::test]
async fn jwt_tampering() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let id = ada.browser.cookie("atria").expect("a session cookie");
    let last = if id.ends_with('A') { 'Q' } else { 'A' };
    let changed = format!("{}{last}", &id[..id.len() - 1]);
    let first = if id.starts_with('A') { 'Q' } else { 'A' };
    for forged in [
        changed.as_str(),
        &format!("{first}{}", &id[1..]),
        &id.to_uppercase(),
        &format!("{id}{id}"),
        "AAAAAAAAAAAAAAAAAAAAAA",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.",
        "' or 1=1 --",
        "",
    ] {
        if forged != id {
            opens_nothing(&ada.browser.with_cookie("atria", forged), forged).await;
        }
    }
    assert!(ada.browser.is_signed_in().await, "her own goes on");
}

#[tokio::test]
async fn expired_token() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    app.browser().call("/api/accounts/forgot_password", &[("email", &ada.email)]).await;
    let token = app.inbox.token_for(&ada.email, "reset").await;
    app.wait(Duration::minutes(60) - Duration::SECOND);
    let reset = format!("/reset/{token}");
    assert_eq!(app.browser().get(&reset).await.status, StatusCode::OK, "an hour is not over");
    app.wait(Duration::SECOND);
    assert_eq!(app.browser().get(&reset).await.status, StatusCode::GONE);
    let fields = [("token", token.as_str()), ("password", "seven-kites-over-harbour")];
    assert_eq!(app.browser().status("/api/accounts/reset_password", &fields).await, StatusCode::GONE);

    assert!(ada.browser.is_signed_in().await, "within the idle limit");
    app.wait(Duration::days(7));
    opens_nothing(&ada.browser, "an expired login session").await;
    assert_eq!(ada.browser.status(RENEW, &[]).await, StatusCode::UNAUTHORIZED, "and is not renewed");
}

#[tokio::test]
async fn refresh_token_rotation() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let old = ada.browser.copy();
    let renewed = futures_util::future::join_all((0..8).map(|_| old.status(RENEW, &[]))).await;
    let good = renewed.iter().filter(|status| **status == StatusCode::NO_CONTENT).count();
    assert_eq!(good, 1, "one id makes one new one, whatever runs in parallel: {renewed:?}");
    opens_nothing(&ada.browser, "the old id").await;
    assert!(old.is_signed_in().await, "the browser that renewed has the new one");
}

#[tokio::test]
async fn concurrent_sessions() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let (laptop, phone) = (app.browser(), app.browser());
    for device in [&laptop, &phone] {
        device.sign_in(&ada.email, PASSWORD).await;
        app.inbox.about(&ada.email, "New sign-in to your account").await;
    }
    let ids: Vec<_> = [&ada.browser, &laptop, &phone].map(|browser| browser.cookie("atria")).into();
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
    let mut socket = phone.socket().await;

    let page = laptop.get("/settings/devices").await.html();
    let others = page.attributes("input[name=device]", "value");
    assert_eq!(others.len(), 2, "every device but this one can be ended");
    laptop.submit("/api/accounts/end_other_devices", &[]).await;
    socket.closes().await;
    opens_nothing(&phone, "an ended device").await;
    opens_nothing(&ada.browser, "an ended device").await;
    assert!(laptop.is_signed_in().await);

    let ben = app.person("Ben").await;
    ben.browser.sign_in(&ada.email, PASSWORD).await;
    let of_ada = ben.browser.get("/settings/devices").await.html().attributes("input[name=device]", "value");
    let zoe = app.person("Zoe").await;
    let ended = zoe.browser.status("/api/accounts/end_device", &[("device", &of_ada[0])]).await;
    assert_eq!(ended, StatusCode::OK, "nothing is told about another's device");
    assert!(laptop.is_signed_in().await, "nor done to it");
}

#[tokio::test]
async fn password_requirements() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let weak = [
        ("seven7s", "at least 8"),
        ("password123", "easy to guess"),
        ("qwertyuiop", "easy to guess"),
        ("atria-atria", "easy to guess"),
        (&"long ".repeat(30), "at most 128"),
        ("", "Enter"),
    ];
    app.browser().call("/api/accounts/forgot_password", &[("email", &ada.email)]).await;
    let token = app.inbox.token_for(&ada.email, "reset").await;
    for (n, (password, why)) in weak.iter().enumerate() {
        let email = format!("ada{n}@example.org");
        let sign_up = [("first_name", "Ada"), ("email", email.as_str()), ("password", password)];
        let change = [("current_password", PASSWORD), ("password", password)];
        let reset = [("token", token.as_str()), ("password", password)];
        let doors = [
            app.browser().call("/api/accounts/sign_up", &sign_up).await,
            ada.browser.call("/api/accounts/change_password", &change).await,
            app.browser().call("/api/accounts/reset_password", &reset).await,
        ];
        for answer in doors {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{password:?}");
            let domain::AppError::Invalid(errors) = answer.error() else { panic!("{answer:?}") };
            assert!(errors.get("password").is_some_and(|message| message.contains(why)), "{errors:?}");
        }
    }
    let own = [("current_password", PASSWORD), ("password", "ada@example.org")];
    let refused = ada.browser.status("/api/accounts/change_password", &own).await;
    assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY, "one's own address");

    let exact = "  Ünïcode 😀 with spaces  ";
    let change = [("current_password", PASSWORD), ("password", exact)];
    assert_eq!(ada.browser.status("/api/accounts/change_password", &change).await, StatusCode::OK);
    for other in [exact.trim(), &exact.to_lowercase(), PASSWORD] {
        let fields = [("email", ada.email.as_str()), ("password", other)];
        assert_eq!(app.browser().status(SIGN_IN, &fields).await, StatusCode::UNAUTHORIZED, "{other:?}");
    }
    app.browser().sign_in(&ada.email, exact).await;
}
