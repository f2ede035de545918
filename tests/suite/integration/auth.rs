use domain::error::Unauthenticated;
use domain::{AppError, Denied};
use http::StatusCode;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{Answer, Client, TestApp};

const SIGN_UP: &str = "/api/accounts/sign_up";
const SIGN_IN: &str = "/api/accounts/sign_in";
const SIGN_OUT: &str = "/api/accounts/sign_out";
const CONFIRM: &str = "/api/accounts/confirm_address";

fn ada_signs_up() -> [(&'static str, &'static str); 4] {
    [("first_name", "Ada"), ("last_name", "Okafor"), ("email", "ada@example.org"), ("password", PASSWORD)]
}

fn credentials<'a>(email: &'a str, password: &'a str) -> [(&'static str, &'a str); 2] {
    [("email", email), ("password", password)]
}

/// The token in the newest mail to Ada.
async fn token(app: &TestApp) -> String {
    let links = app.inbox.next_for("ada@example.org").await.links();
    let prefix = format!("{}/verify/", app.origin);
    let link = links.iter().find_map(|link| link.strip_prefix(&prefix));
    link.unwrap_or_else(|| panic!("a confirmation link in {links:?}")).to_owned()
}

async fn is_signed_in(browser: &Client) -> bool {
    let home = browser.get("/home").await;
    assert!(home.status == StatusCode::OK || home.location() == "/signin?next=%2Fhome", "{home:?}");
    home.status == StatusCode::OK
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
    assert!(!is_signed_in(&browser).await, "opening the link consumes nothing");
    let confirmed = browser.submit(CONFIRM, &[("token", &token)]).await;
    assert_eq!(confirmed.location(), "/home", "the browser that signed up is signed in");
    assert!(is_signed_in(&browser).await);
    let again = browser.call(CONFIRM, &[("token", &token)]).await;
    assert_eq!(again.status, StatusCode::GONE, "a link works once");

    let laptop = app.browser();
    let signed_in = laptop.submit(SIGN_IN, &credentials("ADA@example.org ", PASSWORD)).await;
    assert_eq!(signed_in.location(), "/home");
    assert!(is_signed_in(&laptop).await);

    let old_id = laptop.copy();
    let renewed = laptop.call("/session/renew", &[]).await;
    assert_eq!(renewed.status, StatusCode::NO_CONTENT);
    assert!(is_signed_in(&laptop).await, "the new id works");
    assert!(!is_signed_in(&old_id).await, "the old id is dead at once");
    assert_eq!(old_id.call("/session/renew", &[]).await.status, StatusCode::UNAUTHORIZED);

    assert_eq!(laptop.submit(SIGN_OUT, &[]).await.location(), "/");
    assert!(!is_signed_in(&laptop).await);
    let refused = laptop.call("/api/organizations/create", &[("name", "After the end")]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(is_signed_in(&browser).await, "the other browser is not concerned");
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
    assert_eq!(
        (unknown.status, &unknown.body),
        (wrong.status, &wrong.body),
        "known and unknown answer alike"
    );
    let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&unknown), names(&wrong));
    assert!(!is_signed_in(&browser).await);

    let form = browser.submit_and_follow(SIGN_IN, &credentials("ada@example.org", "wrong")).await;
    assert!(
        form.body.contains("Email address and password don’t match")
            || form.body.contains("password don't match")
    );
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
    assert!(page.has("a[href='/signup/sent']"), "a new link is offered");

    browser.submit("/api/accounts/resend_confirmation", &[("email", "ada@example.org")]).await;
    let second = token(&app).await;
    assert_eq!(
        browser.call(CONFIRM, &[("token", &first)]).await.status,
        StatusCode::GONE,
        "a newer link kills it"
    );
    app.wait(Duration::hours(24) + Duration::SECOND);
    assert_eq!(browser.get(&format!("/verify/{second}")).await.status, StatusCode::GONE, "24 hours");
    browser.submit("/api/accounts/resend_confirmation", &[("email", "ada@example.org")]).await;
    let third = token(&app).await;

    let other = app.browser();
    let confirmed = other.submit(CONFIRM, &[("token", &third)]).await;
    assert_eq!(confirmed.location(), "/signin", "another browser proves the address and signs in itself");
    assert!(!is_signed_in(&other).await);
    assert_eq!(other.call(SIGN_IN, &credentials("ada@example.org", PASSWORD)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn protected_endpoints_require_auth() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let visitor = app.browser();

    for path in
        ["/home", "/organizations/new", "/organizations/atria-test", "/organizations/atria-test/events/new"]
    {
        assert_eq!(olivia.browser.get(path).await.status, StatusCode::OK, "{path} is open to Olivia");
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{path}");
        assert!(answer.location().starts_with("/signin?next=%2F"), "{path} comes back after sign-in");
    }
    for page in ["now", "rooms", "manage", "manage/details"] {
        let path = format!("/events/{event}/{page}");
        assert_eq!(olivia.browser.get(&path).await.status, StatusCode::OK, "{path} is open to Olivia");
        assert_eq!(visitor.get(&path).await.status, StatusCode::FOUND, "{path}");
    }
    let calls = [
        "organizations/create",
        "events/create",
        "events/save",
        "events/publish",
        "events/register",
        "chat/post_message",
    ];
    for call in calls {
        let fields = [("event", event.as_str()), ("room", "00000000-0000-0000-0000-000000000001")];
        let answer = visitor.call(&format!("/api/{call}"), &fields).await;
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
    let stored =
        sqlx::query_scalar::<_, String>("select password_hash from users where email = 'ada@example.org'")
            .fetch_one(&app.services.db)
            .await
            .unwrap();
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
    assert_eq!(browser.call(SIGN_IN, &repeated).await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let garbage = browser.request(http::Method::POST, SIGN_IN).header("origin", &app.origin);
    let garbage = garbage.header("content-type", "application/x-www-form-urlencoded").body("email=%ff%fe&%");
    assert_eq!(browser.send(garbage).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let huge = "x".repeat(300_000);
    let huge = browser.call(SIGN_IN, &[("email", huge.as_str())]).await;
    assert!(huge.status.is_client_error(), "{}", huge.status);
    assert_eq!(browser.call("/api/accounts/no_such_call", &[]).await.status, StatusCode::NOT_FOUND);
    let good = browser.call(SIGN_UP, &ada_signs_up()).await;
    assert_eq!(good.status, StatusCode::OK, "a good form passes: {}", good.body);
}

#[tokio::test]
async fn logout_invalidates_tokens() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let stolen = ada.browser.copy();
    assert!(is_signed_in(&stolen).await, "the copied cookie works before");

    let answer = ada.browser.submit(SIGN_OUT, &[]).await;

    assert!(
        answer
            .set_cookies()
            .iter()
            .any(|cookie| cookie.starts_with("atria=;") && cookie.contains("Max-Age=0")),
        "the cookie is cleared: {:?}",
        answer.set_cookies()
    );
    assert!(!is_signed_in(&stolen).await, "the replayed cookie opens no page");
    let call = stolen.call("/api/organizations/create", &[("name", "Late")]).await;
    assert_eq!(call.status, StatusCode::UNAUTHORIZED, "no function");
    assert_eq!(stolen.handshake().open().await.err(), Some(StatusCode::UNAUTHORIZED), "no socket");
    assert_eq!(
        stolen.call("/session/renew", &[]).await.status,
        StatusCode::UNAUTHORIZED,
        "and can't be renewed"
    );
}

#[tokio::test]
async fn signing_up_with_a_known_address_answers_alike_and_tells_its_owner() {
    let app = TestApp::start().await;
    app.person("Ada").await;
    let unknown = app
        .browser()
        .call(SIGN_UP, &[("first_name", "Ben"), ("email", "ben@example.org"), ("password", PASSWORD)])
        .await;
    let known = app
        .browser()
        .call(SIGN_UP, &[("first_name", "Eve"), ("email", "Ada@Example.org"), ("password", PASSWORD)])
        .await;
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    assert_eq!(known.set_cookies().len(), unknown.set_cookies().len());

    let notice = app.inbox.next_for("ada@example.org").await;
    assert!(notice.links().iter().all(|link| !link.contains("/verify/")), "{:?}", notice.links());
    let still = app.browser().call(SIGN_IN, &credentials("ada@example.org", PASSWORD)).await;
    assert_eq!(still.status, StatusCode::OK, "her account is as it was");
}

#[tokio::test]
async fn a_confirmation_asked_for_by_a_stranger_can_be_withdrawn() {
    let app = TestApp::start().await;
    let stranger = app.browser();
    stranger.submit(SIGN_UP, &ada_signs_up()).await;
    let token = token(&app).await;
    let owner = app.browser();
    assert_eq!(
        owner.submit("/api/accounts/withdraw_sign_up", &[("token", &token)]).await.location(),
        "/signin"
    );
    assert_eq!(owner.call(CONFIRM, &[("token", &token)]).await.status, StatusCode::GONE);
    let gone = stranger.call(SIGN_IN, &credentials("ada@example.org", PASSWORD)).await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED, "the account is removed");
}

#[tokio::test]
async fn a_login_session_ends_at_its_idle_and_absolute_limits() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    app.wait(Duration::days(6));
    assert!(is_signed_in(&ada.browser).await, "used within 7 days");
    app.wait(Duration::days(6));
    assert!(is_signed_in(&ada.browser).await, "use slides the idle limit");
    let ben = app.person("Ben").await;
    app.wait(Duration::days(7) + Duration::MINUTE);
    assert!(!is_signed_in(&ben.browser).await, "7 days without use end it");
    let cleo = app.person("Cleo").await;
    for _ in 0..5 {
        app.wait(Duration::days(5));
        assert!(is_signed_in(&cleo.browser).await, "used every five days");
        assert_eq!(cleo.browser.call("/session/renew", &[]).await.status, StatusCode::NO_CONTENT);
    }
    app.wait(Duration::days(5) + Duration::MINUTE);
    assert!(!is_signed_in(&cleo.browser).await, "30 days end it, whatever was renewed");
}
