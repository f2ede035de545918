//! One password rule for every form that sets one, and what the form shows of it.

use argon2::{Argon2, PasswordHasher as _};
use domain::accounts::PasswordEstimate;
use http::StatusCode;

use crate::support::cast::PASSWORD;
use crate::support::{Client, EventForm, TestApp};

const ESTIMATE: &str = "/api/accounts/estimate_password";
/// Built from the name of the organization, and from that of the event.
const GUESSABLE: [&str; 2] = ["Lighthouse2026", "KitesSummit99"];
const STRONG: &str = "seven-velvet-tr0mbones";

async fn estimate(browser: &Client, fields: &[(&str, &str)]) -> PasswordEstimate {
    let answer = browser.call(ESTIMATE, fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn what_one_belongs_to_makes_no_password_at_change_and_reset() {
    let app = TestApp::start().await;
    let (olivia, ada, ben) = (app.person("Olivia").await, app.person("Ada").await, app.person("Ben").await);
    let slug = app.organization(&olivia, "Lighthouse Conferences").await;
    let mut form = EventForm::default();
    form.0.title = "Kites Summit".to_owned();
    let event = app.draft(&olivia, &slug, form).await;
    app.join_event(&event, &ada, "SPEAKER", "ACTIVE").await;
    app.browser().call("/api/accounts/forgot_password", &[("email", &ada.email)]).await;
    let token = app.inbox.token_for(&ada.email, "reset").await;
    for weak in GUESSABLE {
        let change = [("current_password", PASSWORD), ("password", weak)];
        let changed = ada.browser.submit_and_follow("/api/accounts/change_password", &change).await.html();
        assert!(changed.field_error("password").is_some_and(|error| error.contains("belong to")), "{weak}");
        let reset = [("token", &*token), ("password", weak)];
        let refused = app.browser().call("/api/accounts/reset_password", &reset).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{weak}");
        let typing = estimate(&ada.browser, &[("place", "CHANGE"), ("password", weak)]).await;
        assert!(!typing.is_enough && typing.says.contains("belong to"), "{typing:?}");
        let typing = [("place", "RESET"), ("token", &*token), ("password", weak)];
        assert!(!estimate(&app.browser(), &typing).await.is_enough, "{weak}");
        let stranger =
            estimate(&ben.browser, &[("place", "CHANGE"), ("password", "LighthouseKites-742-x")]).await;
        assert!(stranger.is_enough, "somebody else belongs elsewhere: {stranger:?}");
    }
    let reset = [("token", &*token), ("password", STRONG)];
    assert_eq!(app.browser().status("/api/accounts/reset_password", &reset).await, StatusCode::OK);
}

#[tokio::test]
async fn a_password_built_from_the_event_one_signs_up_from_is_no_sign_up() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let sign_up = async |password: &str| {
        let fields = [
            ("first_name", "Ada"),
            ("email", "ada@example.org"),
            ("password", password),
            ("next", "/events/lantern-summit"),
        ];
        browser.call("/api/accounts/sign_up", &fields).await.status
    };
    for _ in 0..12 {
        assert_eq!(sign_up("LanternSummit26").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(sign_up(STRONG).await, StatusCode::OK, "refused ones don't count among the ten an hour");
    for _ in 0..9 {
        assert_eq!(sign_up(STRONG).await, StatusCode::OK);
    }
    assert_eq!(sign_up(STRONG).await, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn the_estimate_says_while_one_types_what_the_rule_says_when_it_is_sent() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Lighthouse Conferences").await;
    let invited =
        app.invite(&olivia, "organizations/lighthouse-conferences", "dan@example.org", "MEMBER").await;
    let browser = app.browser();
    let typed = |password| [("place", "SIGN_UP"), ("first_name", "Adalbert"), ("password", password)];
    let short = estimate(&browser, &typed("short")).await;
    assert_eq!((short.score, short.is_enough, &*short.says), (0, false, "Use at least 8 characters."));
    let own = estimate(&browser, &typed("Adalbert1")).await;
    assert!(!own.is_enough && own.says.starts_with("This is too easy to guess."), "{own:?}");
    let strong = estimate(&browser, &typed(STRONG)).await;
    assert!(strong.is_enough && strong.score >= 3, "{strong:?}");
    let invitation = [("place", "INVITATION"), ("token", &*invited), ("password", GUESSABLE[0])];
    assert!(!estimate(&browser, &invitation).await.is_enough);

    let dead = [("place", "RESET"), ("token", "invented"), ("password", STRONG)];
    assert_eq!(browser.status(ESTIMATE, &dead).await, StatusCode::GONE);
    let dead = [("place", "INVITATION"), ("token", "invented"), ("password", STRONG)];
    assert_eq!(browser.status(ESTIMATE, &dead).await, StatusCode::GONE);
    let change = [("place", "CHANGE"), ("password", STRONG)];
    assert_eq!(browser.status(ESTIMATE, &change).await, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.status(ESTIMATE, &[("place", "X")]).await, StatusCode::UNPROCESSABLE_ENTITY);
    let mut left = 120;
    while browser.status(ESTIMATE, &typed(STRONG)).await == StatusCode::OK {
        left -= 1;
        assert!(left > 0, "120 a minute from one network");
    }
}

#[tokio::test]
async fn every_form_that_sets_a_password_asks_for_the_estimate_and_has_its_hint_without_scripts() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Lighthouse Conferences").await;
    let invited =
        app.invite(&olivia, "organizations/lighthouse-conferences", "dan@example.org", "MEMBER").await;
    let visitor = app.browser();
    visitor.call("/api/accounts/forgot_password", &[("email", &olivia.email)]).await;
    let reset = app.inbox.token_for(&olivia.email, "reset").await;
    for (browser, page, place) in [
        (&visitor, "/signup".to_owned(), "SIGN_UP"),
        (&visitor, format!("/invitations/{invited}"), "INVITATION"),
        (&visitor, format!("/reset/{reset}"), "RESET"),
        (&olivia.browser, "/settings/security".to_owned(), "CHANGE"),
    ] {
        let html = browser.get(&page).await.html();
        assert_eq!(html.attributes("[data-estimate]", "data-estimate"), [place], "{page}");
        let hint = html.text("#hint-password");
        assert_eq!(hint, "At least 8 characters. A few uncommon words work well; pasting is fine.", "{page}");
        assert!(
            html.has("[data-estimate] .password-estimate[hidden]"),
            "nothing to see without scripts: {page}"
        );
    }
}

#[tokio::test]
async fn a_hash_of_less_work_is_made_anew_at_sign_in() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let stored = async || -> String {
        sqlx::query_scalar("select password_hash from users where email = $1")
            .bind(&ada.email)
            .fetch_one(&app.services.db)
            .await
            .unwrap()
    };
    let today = stored().await;
    app.browser().sign_in(&ada.email, PASSWORD).await;
    assert_eq!(stored().await, today, "one of today's stays");

    let less = argon2::Params::new(8192, 1, 1, None).unwrap();
    let less = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, less);
    let old = less.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    sqlx::query("update users set password_hash = $2 where email = $1")
        .bind(&ada.email)
        .bind(&old)
        .execute(&app.services.db)
        .await
        .unwrap();
    let wrong = [("email", &*ada.email), ("password", "wrong-lantern")];
    assert_eq!(app.browser().status("/api/accounts/sign_in", &wrong).await, StatusCode::UNAUTHORIZED);
    assert_eq!(stored().await, old, "who doesn't know the password changes nothing");
    app.browser().sign_in(&ada.email, PASSWORD).await;
    let renewed = stored().await;
    assert!(renewed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && renewed != today, "{renewed}");
    app.browser().sign_in(&ada.email, PASSWORD).await;
    assert_eq!(stored().await, renewed, "once");
    assert!(ada.browser.is_signed_in().await, "nobody is signed out by it");
}
