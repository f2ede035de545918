use domain::error::Unauthenticated;
use domain::realtime::CloseReason;
use domain::{AppError, Denied};
use http::StatusCode;
use services::accounts;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::socket::Handshake;
use crate::support::{Answer, TestApp, database};

const SIGN_UP: &str = "/api/accounts/sign_up";
const SIGN_IN: &str = "/api/accounts/sign_in";
const SIGN_OUT: &str = "/api/accounts/sign_out";
const CONFIRM: &str = "/api/accounts/confirm_address";
const FORGOT: &str = "/api/accounts/forgot_password";
const RESET: &str = "/api/accounts/reset_password";

fn ada_signs_up() -> [(&'static str, &'static str); 4] {
    [("first_name", "Ada"), ("last_name", "Okafor"), ("email", "ada@example.org"), ("password", PASSWORD)]
}

fn credentials<'a>(email: &'a str, password: &'a str) -> [(&'static str, &'a str); 2] {
    [("email", email), ("password", password)]
}

/// The token of the confirmation link in the next mail to Ada.
async fn token(app: &TestApp) -> String {
    app.inbox.token_for("ada@example.org", "verify").await
}

#[tokio::test]
async fn complete_authentication_flow() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let sent = browser.submit(SIGN_UP, &ada_signs_up()).await;
    assert_eq!(sent.location(), "/signup/sent");
    let token = token(&app).await;

    let page = browser.get(&format!("/verify/{token}")).await;
    assert!(page.body.contains("Ada Okafor"), "the page says whose sign-up it is");
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"), "the address of the page is a secret");
    assert!(!browser.is_signed_in().await, "opening the link consumes nothing");
    let confirmed = browser.submit(CONFIRM, &[("token", &token)]).await;
    assert_eq!(confirmed.location(), "/home", "the browser that signed up is signed in");
    assert!(browser.is_signed_in().await);
    let again = browser.call(CONFIRM, &[("token", &token)]).await;
    assert_eq!(again.status, StatusCode::GONE, "a link works once");

    let laptop = app.browser();
    laptop.sign_in("ADA@example.org ", PASSWORD).await;
    assert!(laptop.is_signed_in().await);
    let old_id = laptop.copy();
    let renewed = laptop.call("/session/renew", &[]).await;
    assert_eq!(renewed.status, StatusCode::NO_CONTENT);
    assert!(laptop.is_signed_in().await, "the new id works");
    assert!(!old_id.is_signed_in().await, "the old id is dead at once");
    assert_eq!(old_id.status("/session/renew", &[]).await, StatusCode::UNAUTHORIZED);

    assert_eq!(laptop.submit(SIGN_OUT, &[]).await.location(), "/");
    assert!(!laptop.is_signed_in().await);
    assert_eq!(laptop.status("/api/organizations/create", &[]).await, StatusCode::UNAUTHORIZED);
    assert!(browser.is_signed_in().await, "the other browser is not concerned");
}

#[tokio::test]
async fn invalid_credentials_rejection() {
    let app = TestApp::start().await;
    app.person("Ada").await;
    let browser = app.browser();

    let wrong = browser.call(SIGN_IN, &credentials("ada@example.org", "not-her-password-at-all")).await;
    let unknown = browser.call(SIGN_IN, &credentials("nobody@example.org", PASSWORD)).await;

    let common = AppError::Unauthenticated(Unauthenticated::WrongCredentials);
    assert_eq!((wrong.status, wrong.error()), (StatusCode::UNAUTHORIZED, common));
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body), "all answer alike");
    let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&unknown), names(&wrong));
    assert!(!browser.is_signed_in().await);

    let form = browser.submit_and_follow(SIGN_IN, &credentials("ada@example.org", "wrong")).await;
    assert!(form.body.contains("password don't match"));
    assert_eq!(form.html().value("email"), "ada@example.org", "what was typed stays");
    let right = browser.call(SIGN_IN, &credentials("ada@example.org", PASSWORD)).await;
    assert_eq!(right.status, StatusCode::OK, "the right ones open the door");
}

#[tokio::test]
async fn email_verification_requirement() {
    let app = TestApp::start().await;
    let browser = app.browser();
    browser.submit(SIGN_UP, &ada_signs_up()).await;
    let first = token(&app).await;

    let refused = browser.call(SIGN_IN, &credentials("ada@example.org", PASSWORD)).await;
    assert_eq!((refused.status, refused.error()), (StatusCode::FORBIDDEN, Denied::AddressUnconfirmed.into()));
    let wrong = browser.call(SIGN_IN, &credentials("ada@example.org", "not-her-password-at-all")).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED, "a wrong password learns nothing about the address");
    let page = browser.submit_and_follow(SIGN_IN, &credentials("ada@example.org", PASSWORD)).await.html();
    assert!(page.has("form[action='/api/accounts/resend_confirmation']"), "a new link is offered");

    browser.submit("/api/accounts/resend_confirmation", &[("email", "ada@example.org")]).await;
    let second = token(&app).await;
    let older = browser.status(CONFIRM, &[("token", &first)]).await;
    assert_eq!(older, StatusCode::GONE, "a newer link kills it");
    app.wait(Duration::hours(24) + Duration::SECOND);
    assert_eq!(browser.get(&format!("/verify/{second}")).await.status, StatusCode::GONE, "24 hours");
    browser.submit("/api/accounts/resend_confirmation", &[("email", "ada@example.org")]).await;
    let third = token(&app).await;

    let other = app.browser();
    let bare = other.status(CONFIRM, &[("token", &third)]).await;
    assert_eq!(bare, StatusCode::UNPROCESSABLE_ENTITY, "the mailbox alone is not enough elsewhere");
    let confirmed = other.submit(CONFIRM, &[("token", &third), ("password", PASSWORD)]).await;
    assert_eq!(confirmed.location(), "/home", "another browser proves that it is the same person");
    assert_eq!(other.status(SIGN_IN, &credentials("ada@example.org", PASSWORD)).await, StatusCode::OK);
}

#[tokio::test]
async fn protected_endpoints_require_auth() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let visitor = app.browser();

    let pages = ["now", "rooms", "manage", "manage/details"].map(|page| format!("/events/{event}/{page}"));
    let others = ["/home", "/organizations/new", "/organizations/atria-test", "/settings/devices"];
    for path in others.map(str::to_owned).iter().chain(&pages) {
        assert_eq!(olivia.browser.get(path).await.status, StatusCode::OK, "{path} is open to Olivia");
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{path}");
        assert!(answer.location().starts_with("/signin?next=%2F"), "{path} comes back after sign-in");
    }
    let events = ["create", "save", "publish", "register"].map(|call| format!("events/{call}"));
    let others = ["organizations/create", "chat/post_message", "accounts/change_password"];
    for call in others.map(str::to_owned).iter().chain(&events) {
        let fields = [("event", event.as_str()), ("room", "00000000-0000-0000-0000-000000000001")];
        let answer = visitor.call_with_known(&format!("/api/{call}"), &fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{call}: {}", answer.body);
    }
    assert_eq!(visitor.handshake().open().await.err(), Some(StatusCode::UNAUTHORIZED));
    let invented = visitor.get_with_cookie("/home", "atria=AAAAAAAAAAAAAAAAAAAAAA").await;
    assert_eq!(invented.status, StatusCode::FOUND, "an invented id counts as none");
}

#[tokio::test]
async fn password_field_security() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let refused = [("first_name", ""), ("email", "ada@example.org"), ("password", "hunter2-canary-phrase")];
    let form = browser.submit_and_follow(SIGN_UP, &refused).await;
    assert_eq!(form.html().value("email"), "ada@example.org", "what was typed stays");
    assert_eq!(form.html().value("password"), "", "a password never comes back");
    assert!(!form.body.contains("hunter2-canary"), "nor anywhere else on the page");

    let ada = app.person("Ada").await;
    for path in ["/home", "/events", "/organizations/new"] {
        let page = ada.browser.get(path).await.body;
        assert!(!page.contains("$argon2") && !page.contains(PASSWORD), "{path} holds no trace of it");
    }
    let query = sqlx::query_scalar("select password_hash from users where email = 'ada@example.org'");
    let stored: String = query.fetch_one(&app.services.db).await.unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
}

#[tokio::test]
async fn malformed_request_handling() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let errors = |answer: &Answer| match answer.error() {
        AppError::Invalid(errors) => errors,
        other => panic!("a message per field, not {other:?}"),
    };

    let nothing = browser.call(SIGN_UP, &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found: Vec<String> = errors(&nothing).iter().map(|(field, _)| field.to_owned()).collect();
    assert_eq!(found, ["email", "first_name", "password"]);
    let bad = [("first_name", "A\0da"), ("email", "no at sign"), ("password", "short")];
    let bad = browser.call(SIGN_UP, &bad).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(errors(&bad).get("password"), Some("Use at least 8 characters."));
    let weak = [("first_name", "Ada"), ("email", "ada@example.org"), ("password", "password123")];
    assert!(
        errors(&browser.call(SIGN_UP, &weak).await)
            .get("password")
            .is_some_and(|text| text.contains("easy to guess"))
    );
    let repeated = [("email", "a@example.org"), ("email", "b@example.org"), ("password", "x")];
    assert_eq!(browser.status(SIGN_IN, &repeated).await, StatusCode::UNPROCESSABLE_ENTITY);

    let garbage = browser.request(http::Method::POST, SIGN_IN).header("origin", &app.origin);
    let garbage = garbage.header("content-type", "application/x-www-form-urlencoded").body("email=%ff%fe&%");
    assert_eq!(browser.send(garbage).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let huge = "x".repeat(300_000);
    let huge = browser.call(SIGN_IN, &[("email", huge.as_str())]).await;
    assert!(huge.status.is_client_error(), "{}", huge.status);
    assert_eq!(browser.status("/api/accounts/no_such_call", &[]).await, StatusCode::NOT_FOUND);
    assert_eq!(browser.status(SIGN_UP, &ada_signs_up()).await, StatusCode::OK, "a good form passes");
}

#[tokio::test]
async fn logout_invalidates_tokens() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let stolen = ada.browser.copy();
    assert!(stolen.is_signed_in().await, "the copied cookie works before");

    let answer = ada.browser.submit(SIGN_OUT, &[]).await;
    let cookies = answer.set_cookies();
    let cleared = |cookie: &&str| cookie.starts_with("atria=;") && cookie.contains("Max-Age=0");
    assert!(cookies.iter().any(cleared), "the cookie is cleared: {cookies:?}");
    assert!(!stolen.is_signed_in().await, "the replayed cookie opens no page");
    let create = "/api/organizations/create";
    assert_eq!(stolen.status(create, &[]).await, StatusCode::UNAUTHORIZED, "no function");
    assert_eq!(stolen.handshake().open().await.err(), Some(StatusCode::UNAUTHORIZED), "no socket");
    assert_eq!(stolen.status("/session/renew", &[]).await, StatusCode::UNAUTHORIZED, "and can't be renewed");
}

#[tokio::test]
async fn jwt_cookie_security_headers() {
    let https = [("ATRIA_PUBLIC_URL", "https://atria.example")];
    let app = TestApp::start_with(database::fresh_urls().await, &https).await;
    let account = accounts::NewAccount::parse("Ada", "", "ada@example.org", PASSWORD).unwrap();
    accounts::sign_up_confirmed(&app.services, account).await.unwrap();
    let request = app.browser().request(http::Method::POST, SIGN_IN).header("accept", "text/html");
    let request = request.header("sec-fetch-site", "same-origin").header("origin", https[0].1);
    let request = request.form(&credentials("ada@example.org", PASSWORD));
    let answer = app.browser().send(request).await;
    let cookies = answer.set_cookies();
    let session =
        cookies.iter().find(|cookie| cookie.starts_with("__Host-atria=")).expect("a session cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(session.contains(part), "{part} in {session}");
    }
    for cookie in &cookies {
        assert!(cookie.starts_with("__Host-") && !cookie.contains("Domain"), "{cookie}");
    }
    let (_, value) = session.split(';').next().and_then(|pair| pair.split_once('=')).unwrap();
    assert_eq!(value.len(), 22, "128 random bits and nothing to read in them: {value}");
}

#[tokio::test]
async fn token_refresh_extends_session() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let old = ada.browser.copy();
    app.wait(Duration::days(6));
    assert_eq!(ada.browser.status("/session/renew", &[]).await, StatusCode::NO_CONTENT);
    assert!(!old.is_signed_in().await, "the old id is dead at once");
    assert_eq!(old.status("/session/renew", &[]).await, StatusCode::UNAUTHORIZED);
    app.wait(Duration::days(6));
    assert!(ada.browser.is_signed_in().await, "the idle limit was slid");
    app.wait(Duration::days(6));
    assert!(ada.browser.is_signed_in().await);
    app.wait(Duration::days(6));
    assert_eq!(ada.browser.status("/session/renew", &[]).await, StatusCode::NO_CONTENT);
    app.wait(Duration::days(6) + Duration::MINUTE);
    assert!(!ada.browser.is_signed_in().await, "but never past the absolute limit");
}

#[tokio::test]
async fn concurrent_sessions_support() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let phone = app.browser();
    phone.sign_in(&ada.email, PASSWORD).await;
    assert!(ada.browser.is_signed_in().await && phone.is_signed_in().await);
    assert_eq!(phone.get("/settings/devices").await.html().texts(".row").len(), 2);

    phone.submit(SIGN_OUT, &[]).await;
    assert!(ada.browser.is_signed_in().await, "the other one stays");
    assert!(!phone.is_signed_in().await);
}

#[tokio::test]
async fn rate_limiting_on_login_attempts() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let known = ada.browser;
    known.submit(SIGN_OUT, &[]).await;
    let guess = async |password: &str| known.call(SIGN_IN, &credentials(&ada.email, password)).await;
    for minutes in [1, 5, 15] {
        for _ in 0..5 {
            assert_eq!(guess("wrong-lantern").await.status, StatusCode::UNAUTHORIZED);
        }
        let refused = guess(PASSWORD).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "a right password gains nothing");
        assert_eq!(refused.header("retry-after"), Some((minutes * 60).to_string().as_str()));
        let elsewhere = app.browser().status(SIGN_IN, &credentials(&ada.email, PASSWORD)).await;
        assert_eq!(elsewhere, StatusCode::OK, "other places are not concerned");
        app.wait(Duration::minutes(minutes));
    }
    known.sign_in(&ada.email, PASSWORD).await;
    for _ in 0..4 {
        assert_eq!(guess("wrong-lantern").await.status, StatusCode::UNAUTHORIZED, "success starts anew");
    }
    app.services.db.close().await;
    let closed = app.browser().status(SIGN_IN, &credentials(&ada.email, PASSWORD)).await;
    assert_eq!(closed, StatusCode::SERVICE_UNAVAILABLE, "no counters, no sign-in");
}

#[tokio::test]
async fn password_reset_flow() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let mut socket = ada.browser.socket().await;
    let browser = app.browser();
    let unknown = browser.call(FORGOT, &[("email", "nobody@example.org")]).await;
    let known = browser.call(FORGOT, &[("email", &ada.email)]).await;
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body), "one answer for all");
    let first = app.inbox.token_for(&ada.email, "reset").await;
    browser.call(FORGOT, &[("email", &ada.email)]).await;
    let token = app.inbox.token_for(&ada.email, "reset").await;

    let page = browser.get(&format!("/reset/{token}")).await;
    assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, Some("no-referrer")));
    let dead = browser.get(&format!("/reset/{first}")).await.status;
    assert_eq!(dead, StatusCode::GONE, "a newer link kills it");
    let weak = browser.call(RESET, &[("token", &token), ("password", "password1")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY, "the same rule as at sign-up");
    assert!(ada.browser.is_signed_in().await, "nothing happened yet");

    let fresh = "seven-kites-over-harbour";
    let done = browser.submit(RESET, &[("token", &token), ("password", fresh)]).await;
    assert_eq!(done.location(), "/signin");
    assert_eq!(socket.closes().await, Some(CloseReason::SignedOut), "every login session ends");
    assert!(!ada.browser.is_signed_in().await);
    assert_eq!(browser.status(RESET, &[("token", &token), ("password", fresh)]).await, StatusCode::GONE);
    let old = app.browser().call(SIGN_IN, &credentials(&ada.email, PASSWORD)).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    ada.browser.sign_in(&ada.email, fresh).await;
    let notice = app.inbox.next_for(&ada.email).await;
    assert_eq!(notice.subject, "Your password was reset");
}

#[tokio::test]
async fn socket_token_generation() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let handshake = ada.browser.handshake();
    let by_token = Handshake { cookie: None, query: "?token=anything", ..handshake.clone() };
    assert_eq!(by_token.open().await.err(), Some(StatusCode::UNAUTHORIZED), "a token counts for nothing");
    assert!(handshake.open().await.is_ok(), "the cookie and the Origin do");
    let issued = ada.browser.status("/api/accounts/socket_token", &[]).await;
    assert_eq!(issued, StatusCode::NOT_FOUND, "and nobody issues one");
}
