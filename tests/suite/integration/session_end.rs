//! What people and browsers are told when a login session ends, and what they keep.

use http::StatusCode;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{Member, TestApp};

const RENEW: &str = "/session/renew";
const SIGN_IN: &str = "/api/accounts/sign_in";
const WEEK: i64 = 7 * 24 * 3600;

#[tokio::test]
async fn signing_out_clears_what_the_browser_keeps_but_no_cookie_of_another_tab() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let device = ada.browser.cookie("atria-device").expect("a known device");
    let page = ada.browser.get("/home").await;
    assert_eq!(page.header("clear-site-data"), None);
    let answer = ada.browser.submit("/api/accounts/sign_out", &[]).await;
    assert_eq!(answer.header("clear-site-data"), Some(r#""cache", "storage""#));
    assert_eq!(ada.browser.cookie("atria-device"), Some(device), "the device stays known");
    let refused = app.browser().submit(SIGN_IN, &[("email", "ada@example.org"), ("password", "wrong")]).await;
    assert_eq!(refused.header("clear-site-data"), None);
}

/// First uses of ids that were rotated away.
async fn recorded(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from login_session_former_ids where first_used_at is not null")
        .fetch_one(&app.services.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn an_id_that_was_rotated_away_opens_nothing_and_is_recorded_once() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let kept = ada.browser.copy();
    assert_eq!(ada.browser.status(RENEW, &[]).await, StatusCode::NO_CONTENT);
    assert_eq!(recorded(&app).await, 0, "nobody came with it");
    app.wait(Duration::HOUR);
    for _again in 0..2 {
        assert!(!kept.is_signed_in().await);
        assert_eq!(kept.status(RENEW, &[]).await, StatusCode::UNAUTHORIZED);
        assert_eq!(recorded(&app).await, 1);
    }
    let before_confirming = ada.browser.copy();
    let confirm = [("current_password", PASSWORD), ("next", "/home")];
    assert_eq!(ada.browser.submit("/api/accounts/confirm_password", &confirm).await.location(), "/home");
    assert!(!before_confirming.is_signed_in().await);
    assert_eq!(recorded(&app).await, 2, "confirming the password takes a new id too");
    assert!(!ada.browser.with_cookie("atria", "AAAAAAAAAAAAAAAAAAAAAA").is_signed_in().await);
    assert_eq!(recorded(&app).await, 2, "an invented one is none of them");
    assert!(ada.browser.is_signed_in().await, "her own goes on");
}

/// What the page knows of the end: which warning it will show, and in how many seconds the session is over.
async fn warning(person: &Member) -> Option<(String, i64)> {
    let page = person.browser.get("/home").await.html();
    let which = page.attributes("[data-session-warning]", "data-session-warning").pop()?;
    let seconds = page.attributes("[data-session-warning]", "data-seconds").pop()?;
    Some((which, seconds.parse().expect("seconds")))
}

#[tokio::test]
async fn every_page_knows_when_the_login_session_ends() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    assert!(!app.browser().get("/signin").await.html().has("[data-session-warning]"), "nobody to warn");
    assert_eq!(warning(&ada).await, Some(("soon".to_owned(), WEEK)));
    app.wait(Duration::days(6));
    let renewed = ada.browser.call(RENEW, &[]).await;
    assert_eq!(renewed.header("x-session-ends-in"), Some(WEEK.to_string().as_str()));
    for _ in 0..3 {
        app.wait(Duration::days(6));
        assert!(warning(&ada).await.is_some());
    }
    app.wait(Duration::days(4));
    let left = 2 * 24 * 3600;
    assert_eq!(warning(&ada).await, Some(("final".to_owned(), left)), "30 days are nearly over");
    let renewed = ada.browser.call(RENEW, &[]).await;
    assert_eq!(renewed.header("x-session-ends-in"), Some(left.to_string().as_str()), "never past the limit");
}

#[tokio::test]
async fn what_was_typed_survives_the_end_of_the_login_session() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let organization = app.organization(&ada, "Atria Test").await;
    app.wait(Duration::days(7));
    let typed =
        [("organization", &*organization), ("version", "1"), ("description", "A long text about kites")];
    let answer = ada.browser.submit("/api/organizations/save_settings", &typed).await;
    assert_eq!(answer.location(), "/signin?next=%2Forganizations%2Fatria-test%2Fsettings");
    assert!(!ada.browser.get(answer.location()).await.body.contains("kites"), "not before somebody signs in");
    let settings = "/organizations/atria-test/settings";
    let next = [("email", &*ada.email), ("password", PASSWORD), ("next", settings)];
    let back = ada.browser.submit(SIGN_IN, &next).await;
    assert_eq!(back.location(), settings);
    let description = async || ada.browser.get(settings).await.html().value("description");
    assert_eq!(description().await, "A long text about kites");
    assert_eq!(description().await, "", "given back once, saved by nobody");
}

#[tokio::test]
async fn what_somebody_typed_waits_for_them_and_not_for_whoever_signs_in_next() {
    let app = TestApp::start().await;
    let (ada, ben) = (app.person("Ada").await, app.person("Ben").await);
    let organization = app.organization(&ada, "Atria Test").await;
    app.join_organization(&organization, &ben, "ADMIN").await;
    let of_organization =
        [("organization", &*organization), ("version", "1"), ("description", "A long text about kites")];
    let of_herself = [("version", "1"), ("first_name", "Ada"), ("bio", "A long text about kites")];
    for (call, typed, page, field) in [
        ("/api/accounts/save_profile", &of_herself, "/settings/profile", "bio"),
        (
            "/api/organizations/save_settings",
            &of_organization,
            "/organizations/atria-test/settings",
            "description",
        ),
    ] {
        for (who, expected) in [(&ada, "A long text about kites"), (&ben, "")] {
            let signed_in = [("email", &*ada.email), ("password", PASSWORD), ("next", page)];
            let browser = app.browser();
            browser.submit(SIGN_IN, &signed_in).await;
            app.wait(Duration::days(7));
            assert!(browser.submit(call, typed).await.location().starts_with("/signin?next="), "{call}");
            let next = [("email", &*who.email), ("password", PASSWORD), ("next", page)];
            assert_eq!(browser.submit(SIGN_IN, &next).await.location(), page);
            let given = browser.get(page).await.html().value(field);
            assert_eq!(given, expected, "{page} to {}", who.email);
        }
    }
}

#[tokio::test]
async fn the_way_back_after_signing_in_keeps_the_query() {
    let app = TestApp::start().await;
    let (olivia, visitor) = (app.person("Olivia").await, app.browser());
    app.organization(&olivia, "Atria Test").await;
    let page = "/organizations/atria-test/members?search=ol&page=1";
    let sign_in = visitor.get(page).await;
    assert_eq!(
        sign_in.location(),
        "/signin?next=%2Forganizations%2Fatria-test%2Fmembers%3Fsearch%3Dol%26page%3D1"
    );
    assert_eq!(visitor.get(sign_in.location()).await.html().value("next"), page);
    let signed_in = [("email", &*olivia.email), ("password", PASSWORD), ("next", page)];
    assert_eq!(visitor.submit(SIGN_IN, &signed_in).await.location(), page);
}
