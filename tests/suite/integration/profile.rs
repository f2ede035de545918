//! What a person writes about themselves.

use domain::{AppError, Conflict};
use http::StatusCode;

use crate::support::cast::PASSWORD;
use crate::support::{Member, TestApp};

const SAVE: &str = "/api/accounts/save_profile";
const PAGE: &str = "/settings/profile";

fn ada(version: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("version", version),
        ("first_name", "Ada"),
        ("last_name", "Okafor"),
        ("pronouns", "she/her"),
        ("title", "Pilot"),
        ("company", "Harbour"),
        ("bio", "I fly **kites**.\n\nAsk me about </textarea><script>alert(1)</script>."),
        ("github", "github.com/ada"),
    ]
}

#[tokio::test]
async fn a_profile_is_saved_and_shown_as_it_was_typed() {
    let app = TestApp::start().await;
    let browser = app.person("Ada").await.browser;
    let saved = browser.submit_and_follow(SAVE, &ada("1")).await;
    assert_eq!(saved.html().text(".toast"), "Saved.");
    let page = saved.html();
    for (field, typed) in ada("2") {
        let kept = if field == "github" { "https://github.com/ada" } else { typed };
        assert_eq!(page.value(field), kept, "{field}");
    }
    assert!(!page.texts("script").iter().any(|script| script.contains("alert(1)")));
    let cards = page.texts(".profile-card");
    assert_eq!(cards.len(), 4, "as four kinds of people get it");
    assert!(cards.iter().all(|card| card.contains("Ada Okafor") && card.contains("Pilot, Harbour")));
    let sees = |card: &str| (card.contains("ada@example.org"), card.contains("GitHub"));
    let seen: Vec<_> = cards.iter().map(|card| sees(card)).collect();
    assert_eq!(seen, [(false, false), (false, true), (true, true), (true, true)]);
}

#[tokio::test]
async fn the_time_zone_is_the_browsers_at_sign_up_and_chosen_later() {
    let app = TestApp::start().await;
    let sign_up = async |zone: &str, email: &str| -> Option<String> {
        let browser = app.browser().with_cookie("zone", zone);
        let fields = [("first_name", "Ada"), ("email", email), ("password", PASSWORD)];
        assert_eq!(browser.status("/api/accounts/sign_up", &fields).await, StatusCode::OK);
        sqlx::query_scalar("select time_zone from users where email = $1")
            .bind(email)
            .fetch_one(&app.services.db)
            .await
            .unwrap()
    };
    assert_eq!(sign_up("Europe/Lisbon", "lisa@example.org").await.as_deref(), Some("Europe/Lisbon"));
    assert_eq!(sign_up("Mars/Olympus", "mara@example.org").await, None, "no zone that doesn't exist");

    let browser = app.person("Ada").await.browser;
    let with = |version: &'static str, zone: &'static str| {
        let mut fields = ada(version);
        fields.push(("time_zone", zone));
        fields
    };
    let page = browser.submit_and_follow(SAVE, &with("1", "America/New_York")).await.html();
    assert_eq!(page.value("time_zone"), "America/New_York");
    let refused = browser.submit_and_follow(SAVE, &with("2", "Mars/Olympus")).await.html();
    assert!(refused.field_error("time_zone").is_some());
    let page = browser.submit_and_follow(SAVE, &with("2", "")).await.html();
    assert_eq!(page.value("time_zone"), "", "not set");
}

#[tokio::test]
async fn a_refused_profile_keeps_what_was_typed_and_names_every_field() {
    let app = TestApp::start().await;
    let browser = app.person("Ada").await.browser;
    let long = "x".repeat(2001);
    let fields = [
        ("version", "1"),
        ("first_name", ""),
        ("company", "Harbour"),
        ("bio", &*long),
        ("linkedin", "https://linkedin.com.evil.example/in/ada"),
        ("website", "http://ada.example"),
    ];
    let page = browser.submit_and_follow(SAVE, &fields).await.html();
    for field in ["first_name", "bio", "linkedin", "website"] {
        assert!(page.field_error(field).is_some(), "{field}");
    }
    assert_eq!((page.value("company"), page.value("bio")), ("Harbour".to_owned(), long.clone()));
    assert_eq!(page.value("website"), "http://ada.example");
    assert!(browser.get(PAGE).await.html().value("company").is_empty(), "nothing was saved");
}

#[tokio::test]
async fn an_edit_over_a_newer_one_is_refused_and_can_be_repeated() {
    let app = TestApp::start().await;
    let person: Member = app.person("Ada").await;
    let browser = &person.browser;
    assert_eq!(browser.status(SAVE, &ada("1")).await, StatusCode::OK);
    let stale = [("version", "1"), ("first_name", "Ada"), ("company", "Lighthouse")];
    let refused = browser.call(SAVE, &stale).await;
    let conflict = AppError::Conflict(Conflict::StaleEdit { by: "You".to_owned() });
    assert_eq!((refused.status, refused.error()), (StatusCode::CONFLICT, conflict));
    let page = browser.submit_and_follow(SAVE, &stale).await.html();
    assert_eq!((page.value("company"), page.value("version")), ("Lighthouse".to_owned(), "2".to_owned()));
    let again = [("version", "2"), ("first_name", "Ada"), ("company", "Lighthouse")];
    assert_eq!(browser.status(SAVE, &again).await, StatusCode::OK);
    assert_eq!(browser.get(PAGE).await.html().value("company"), "Lighthouse");
}
