//! The copy of one's data.

use http::StatusCode;
use serde_json::Value;
use services::accounts;
use time::Duration;

use domain::chat::RoomKind;

use crate::support::TestApp;

const ASK: &str = "/api/accounts/request_export";
const PAGE: &str = "/settings/account";

#[tokio::test]
async fn a_copy_is_prepared_downloaded_by_its_owner_alone_and_gone_after_a_day() {
    let app = TestApp::start().await;
    let (olivia, ada, ben) = (app.person("Olivia").await, app.person("Ada").await, app.person("Ben").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    app.post(&ada, general, "Kites over the harbour").await;
    app.post(&olivia, general, "Welcome").await;

    for _double_click in 0..2 {
        assert_eq!(ada.browser.status(ASK, &[]).await, StatusCode::OK);
    }
    assert!(ada.browser.get(PAGE).await.body.contains("Being prepared"));
    assert_eq!(accounts::prepare_exports(&app.services).await.unwrap(), 1, "a double click asks once");
    let link = ada.browser.get(PAGE).await.html().attributes("a[href*='/export/']", "href").remove(0);

    let file = ada.browser.get(&link).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"atria-my-data.json\""));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    let copy: Value = file.json();
    assert_eq!(copy["profile"]["email"], "ada@example.org");
    assert_eq!(copy["privacy"]["everywhere"]["email_visibility"], "CONNECTIONS_ORGANIZERS");
    assert_eq!(copy["events"][0]["title"], "Rust Day");
    let texts: Vec<_> = copy["messages"].as_array().unwrap().iter().map(|m| &m["text"]).collect();
    assert_eq!(texts, ["Kites over the harbour"], "their own messages alone");
    assert_eq!(copy["login_sessions"].as_array().map(Vec::len), Some(1));
    assert!(!file.body.contains("argon2") && !file.body.contains("olivia@"), "no secret, nobody else");

    let foreign = ben.browser.get(&link).await;
    let missing = ben.browser.get(&format!("{PAGE}/export/{}", uuid::Uuid::from_u128(1))).await;
    assert_eq!((foreign.status, &foreign.body), (StatusCode::NOT_FOUND, &missing.body));
    assert_eq!(app.browser().get(&link).await.location(), "/signin?next=%2Fsettings%2Faccount");

    app.wait(Duration::hours(24) + Duration::SECOND);
    assert_eq!(ada.browser.get(&link).await.status, StatusCode::GONE);
    assert!(ada.browser.get(PAGE).await.body.contains("The last copy is over"));
    accounts::sweep(&app.services).await.unwrap();
    let kept: String =
        sqlx::query_scalar("select content from account_exports").fetch_one(&app.services.db).await.unwrap();
    assert_eq!(kept, "");
}

#[tokio::test]
async fn a_crashed_worker_loses_no_copy_and_ten_an_hour_are_enough() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    assert_eq!(ada.browser.status(ASK, &[]).await, StatusCode::OK);
    sqlx::query("update account_exports set claimed_until = $1")
        .bind(app.services.clock.now() + Duration::minutes(10))
        .execute(&app.services.db)
        .await
        .unwrap();
    assert_eq!(accounts::prepare_exports(&app.services).await.unwrap(), 0, "another worker has it");
    app.wait(Duration::minutes(10));
    assert_eq!(accounts::prepare_exports(&app.services).await.unwrap(), 1, "it never came back");
    for _ in 1..10 {
        assert_eq!(ada.browser.status(ASK, &[]).await, StatusCode::OK);
        accounts::prepare_exports(&app.services).await.unwrap();
    }
    assert_eq!(ada.browser.status(ASK, &[]).await, StatusCode::TOO_MANY_REQUESTS);
}
