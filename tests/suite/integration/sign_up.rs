//! Signing up when others sign up with the same address, in parallel, or with what can't be stored.

use http::StatusCode;

use crate::support::cast::PASSWORD;
use crate::support::{Client, TestApp};

const SIGN_UP: &str = "/api/accounts/sign_up";
const SIGN_IN: &str = "/api/accounts/sign_in";
const CONFIRM: &str = "/api/accounts/confirm_address";

async fn sign_up(browser: &Client, password: &str, next: &str) {
    let fields =
        [("first_name", "Ada"), ("email", "ada@example.org"), ("password", password), ("next", next)];
    assert_eq!(browser.submit(SIGN_UP, &fields).await.location(), "/signup/sent");
}

async fn token(app: &TestApp) -> String {
    app.inbox.token_for("ada@example.org", "verify").await
}

#[tokio::test]
async fn an_address_is_confirmed_only_by_whoever_chose_the_password() {
    let app = TestApp::start().await;
    let (ada, eve) = (app.browser(), app.browser());
    sign_up(&ada, PASSWORD, "").await;
    token(&app).await;
    // Eve fills the form with Ada's address and a password of her own; Ada opens the newest mail.
    sign_up(&eve, "eves-own-lantern-battery", "").await;
    let newest = token(&app).await;
    let page = format!("/verify/{newest}");
    assert!(ada.get(&page).await.html().has("input[name='password'][required]"), "another one is asked");
    assert!(!eve.get(&page).await.html().has("input[name='password']"), "the browser of the sign-up is not");

    for typed in ["", PASSWORD] {
        let refused = ada.submit_and_follow(CONFIRM, &[("token", &newest), ("password", typed)]).await;
        assert!(
            refused.html().has("#error-password"),
            "{typed:?}: the password behind this link is not hers"
        );
    }
    assert_eq!(ada.get("/home").await.status, StatusCode::FOUND, "and nobody is signed in");
    let eves = [("email", "ada@example.org"), ("password", "eves-own-lantern-battery")];
    assert_eq!(eve.status(SIGN_IN, &eves).await, StatusCode::FORBIDDEN, "nor is the account Eve's");

    ada.submit("/api/accounts/withdraw_sign_up", &[("token", &newest)]).await;
    app.wait(time::Duration::hours(1));
    sign_up(&ada, PASSWORD, "").await;
    let own = token(&app).await;
    assert_eq!(ada.submit(CONFIRM, &[("token", &own)]).await.location(), "/home");
}

#[tokio::test]
async fn passwords_behind_a_link_are_not_guessed() {
    let app = TestApp::start().await;
    sign_up(&app.browser(), PASSWORD, "").await;
    let link = token(&app).await;
    let guess =
        async |typed: &str| app.browser().status(CONFIRM, &[("token", &link), ("password", typed)]).await;
    for _ in 0..5 {
        assert_eq!(guess("not-the-one").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(guess(PASSWORD).await, StatusCode::TOO_MANY_REQUESTS, "whoever guesses waits, right or not");
    app.wait(time::Duration::minutes(6));
    assert_eq!(guess(PASSWORD).await, StatusCode::OK);
}

#[tokio::test]
async fn another_browser_confirms_with_the_password_and_goes_on() {
    let app = TestApp::start().await;
    let (phone, laptop) = (app.browser(), app.browser());
    sign_up(&phone, PASSWORD, "/events/rust-day").await;
    let link = token(&app).await;
    let confirmed = laptop.submit(CONFIRM, &[("token", &link), ("password", PASSWORD)]).await;
    assert_eq!(confirmed.location(), "/events/rust-day", "the way back survives");
    assert!(laptop.is_signed_in().await);

    sign_up_as_ben(&app, "//evil.example").await;
}

/// A foreign `next` is dropped, not stored.
async fn sign_up_as_ben(app: &TestApp, next: &str) {
    let browser = app.browser();
    let fields =
        [("first_name", "Ben"), ("email", "ben@example.org"), ("password", PASSWORD), ("next", next)];
    browser.submit(SIGN_UP, &fields).await;
    let link = app.inbox.token_for("ben@example.org", "verify").await;
    assert_eq!(browser.submit(CONFIRM, &[("token", &link)]).await.location(), "/home");
}

#[tokio::test]
async fn an_address_gets_three_mails_an_hour_whatever_is_asked_in_parallel() {
    let app = TestApp::start().await;
    let browser = app.browser();
    sign_up(&browser, PASSWORD, "").await;
    let resend = [("email", "ada@example.org")];
    let asked = (0..5).map(|_| browser.call("/api/accounts/resend_confirmation", &resend));
    let answers = futures_util::future::join_all(asked).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK), "every answer is the same");
    for _ in 0..3 {
        sign_up(&browser, PASSWORD, "").await;
    }
    let mails = async || -> i64 {
        sqlx::query_scalar("select count(*) from outbox_mails").fetch_one(&app.services.db).await.unwrap()
    };
    assert_eq!(mails().await, 3);
    app.wait(time::Duration::hours(1));
    sign_up(&browser, PASSWORD, "").await;
    assert_eq!(mails().await, 4, "an hour later there is a new share");
}

#[tokio::test]
async fn a_sign_up_that_is_not_mailed_any_more_leaves_the_browser_the_one_before() {
    let app = TestApp::start().await;
    let (ada, stranger) = (app.browser(), app.browser());
    sign_up(&ada, PASSWORD, "").await;
    let mailed = stranger.call(SIGN_UP, &fields("ben@example.org")).await;
    app.person("Olivia").await;
    let mistyped = ada.call(SIGN_UP, &fields("olivia@example.org")).await;
    let mut newest = token(&app).await;
    for _ in 0..2 {
        ada.submit("/api/accounts/resend_confirmation", &[("email", "ada@example.org")]).await;
        newest = token(&app).await;
    }
    let again = ada.call(SIGN_UP, &fields("ada@example.org")).await;
    let limited = app.browser().call(SIGN_UP, &fields("ada@example.org")).await;
    for answer in [&mistyped, &again, &limited] {
        assert_eq!((answer.status, &answer.body), (mailed.status, &mailed.body));
        assert_eq!(answer.set_cookies().len(), mailed.set_cookies().len(), "none of them tells");
    }
    let mails = "select count(*) from outbox_mails where recipient = 'ada@example.org'";
    let mails: i64 = sqlx::query_scalar(mails).fetch_one(&app.services.db).await.unwrap();
    assert_eq!(mails, 3, "the share of the hour is used up");
    let confirmed = ada.submit(CONFIRM, &[("token", &newest)]).await;
    assert_eq!(confirmed.location(), "/home", "without the password");
    assert!(ada.is_signed_in().await);
}

fn fields(email: &str) -> [(&str, &str); 3] {
    [("first_name", "Ada"), ("email", email), ("password", PASSWORD)]
}

#[tokio::test]
async fn a_sent_link_is_nowhere_in_the_database() {
    let mut app = TestApp::start().await;
    sign_up(&app.browser(), PASSWORD, "").await;
    let token = token(&app).await;
    // Stopped, the worker has finished the mail in its hands.
    app.stop().await;
    let held: i64 =
        sqlx::query_scalar("select count(*) from outbox_mails where text_body like $1 or html_body like $1")
            .bind(format!("%{token}%"))
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    assert_eq!(held, 0, "the worker empties a mail once it is sent");
    let hashed: i64 = sqlx::query_scalar("select count(*) from account_tokens where used_at is null")
        .fetch_one(&app.services.db)
        .await
        .unwrap();
    assert_eq!(hashed, 1, "only its hash is kept");
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
    let still = app.browser().call(SIGN_IN, &[("email", "ada@example.org"), ("password", PASSWORD)]).await;
    assert_eq!(still.status, StatusCode::OK, "her account is as it was");
}

#[tokio::test]
async fn a_confirmation_asked_for_by_a_stranger_can_be_withdrawn() {
    let app = TestApp::start().await;
    let stranger = app.browser();
    stranger
        .submit(SIGN_UP, &[("first_name", "Ada"), ("email", "ada@example.org"), ("password", PASSWORD)])
        .await;
    let token = token(&app).await;
    let owner = app.browser();
    assert_eq!(
        owner.submit("/api/accounts/withdraw_sign_up", &[("token", &token)]).await.location(),
        "/signin"
    );
    assert_eq!(owner.call(CONFIRM, &[("token", &token)]).await.status, StatusCode::GONE);
    let gone = stranger.call(SIGN_IN, &[("email", "ada@example.org"), ("password", PASSWORD)]).await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED, "the account is removed");
}
