//! The copy of one's data.

use http::StatusCode;
use serde_json::Value;
use services::accounts;
use time::Duration;

use domain::chat::RoomKind;

use secrecy::ExposeSecret as _;

use crate::support::attending::START;
use crate::support::{Member, TestApp};

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
    let token = app.invite(&olivia, "organizations/atria-test", &ben.email, "MEMBER").await;
    ben.browser.status("/api/invitations/decline", &[("token", &token)]).await;
    choose(&app, &olivia, &ada, &event).await;
    decline_speaking(&app, &olivia, &ada, &event).await;
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
    assert!(file.body.starts_with("{\n  \"prepared_at\": \""), "for people to read");
    let copy: Value = file.json();
    assert_complete(&copy);
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
    let parts: i64 = sqlx::query_scalar("select count(*) from account_export_parts")
        .fetch_one(&app.services.db)
        .await
        .unwrap();
    assert_eq!(parts, 0);
}

/// All that specification 5.8 names and is built.
fn assert_complete(copy: &Value) {
    let fields: Vec<&String> = copy.as_object().unwrap().keys().collect();
    let expected = [
        "account",
        "blocked",
        "connections",
        "devices",
        "direct_messages",
        "events",
        "followed_rooms",
        "held_messages",
        "invitations",
        "log",
        "login_sessions",
        "messages",
        "notifications",
        "organizations",
        "prepared_at",
        "privacy",
        "profile",
        "pushed_to",
        "saved_views",
        "sign_ups",
        "stars",
    ];
    assert_eq!(fields, expected);
    assert_eq!(copy["account"]["state"], "ACTIVE");
    assert_eq!(copy["invitations"][0]["to"], "Rust Day");
    assert_eq!(copy["invitations"][0]["status"], "DECLINED");
    assert_eq!(copy["log"][0]["action"], "INVITATION_DECLINED");
    assert_eq!(copy["notifications"].as_array().map(Vec::len), Some(19));
    assert_eq!(copy["events"][0]["title_here"], "Kite pilot");
    assert_eq!(copy["events"][0]["bio_here"], "Flies over this harbour.");
    let followed = &copy["followed_rooms"][0];
    let words = ["event", "room", "follow"].map(|field| followed[field].as_str());
    assert_eq!(words, ["Rust Day", "General", "MENTIONS"].map(Some));
    let sign_up = &copy["sign_ups"][0];
    let words = ["event", "session", "status"].map(|field| sign_up[field].as_str());
    assert_eq!(words, ["Rust Day", "Opening", "SIGNED_UP"].map(Some));
    assert!(sign_up["signed_up_at"].is_string() && sign_up["attended_at"].is_null());
    let star = &copy["stars"][0];
    assert_eq!(["event", "session"].map(|field| star[field].as_str()), ["Rust Day", "Closing"].map(Some));
    assert!(star["starred_at"].is_string());
    let lengths = ["sign_ups", "stars"].map(|list| copy[list].as_array().map(Vec::len));
    assert_eq!(lengths, [Some(1), Some(1)], "nobody else's");
}

/// Ada signs up for one session, stars another and says something of herself; Olivia stars one too.
async fn choose(app: &TestApp, olivia: &Member, ada: &Member, event: &str) {
    let opening = app.agenda_session(olivia, event, "Opening", START).await.to_string();
    let closing = app.agenda_session(olivia, event, "Closing", START + Duration::hours(8)).await.to_string();
    sqlx::query("update agenda_sessions set sign_up_required = true where title = 'Opening'")
        .execute(&app.services.db)
        .await
        .unwrap();
    let general = app.room(olivia, event, RoomKind::Global).await.to_string();
    let follow = [("event", event), ("room", &*general), ("follow", "MENTIONS")];
    assert_eq!(ada.browser.status("/api/chat/follow_room", &follow).await, StatusCode::OK);
    let version = app.texts_version(event, ada).await;
    let texts = [
        ("event", event),
        ("version", &*version),
        ("event_title", "Kite pilot"),
        ("event_bio", "Flies over this harbour."),
    ];
    let star = [("event", event), ("session", &*closing), ("starred", "yes")];
    for (who, call, fields) in [
        (ada, "attendees/save_own_texts", &texts[..]),
        (ada, "attending/sign_up", &[("event", event), ("session", &*opening)][..]),
        (ada, "attending/star", &star[..]),
        (olivia, "attending/star", &star[..]),
    ] {
        assert_eq!(who.browser.status(&format!("/api/{call}"), fields).await, StatusCode::OK, "{call}");
    }
}

/// Ada is asked to speak, and would rather not.
async fn decline_speaking(app: &TestApp, olivia: &Member, ada: &Member, event: &str) {
    let token = app.invite(olivia, &format!("events/{event}"), "ada.speaks@example.org", "SPEAKER").await;
    assert!(!token.is_empty());
    sqlx::query("update invitations set address = $1 where address = 'ada.speaks@example.org'")
        .bind(&ada.email)
        .execute(&app.services.db)
        .await
        .unwrap();
    assert_eq!(ada.browser.status("/api/invitations/decline", &[("token", &token)]).await, StatusCode::OK);
}

#[tokio::test]
async fn a_copy_of_any_size_is_whole_json_in_parts() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    app.post(&olivia, general, "first").await;
    sqlx::query(
        "insert into chat_messages (id, event_id, room_id, author_id, client_message_id, seq, rev, body, created_at)
         select gen_random_uuid(), event_id, room_id, author_id, gen_random_uuid(), n, n, repeat('\u{e9}\n\"', 500),
                created_at
           from chat_messages, generate_series(2, 1200) as n",
    )
    .execute(&app.services.db)
    .await
    .unwrap();
    olivia.browser.status(ASK, &[]).await;
    accounts::prepare_exports(&app.services).await.unwrap();
    let link = olivia.browser.get(PAGE).await.html().attributes("a[href*='/export/']", "href").remove(0);
    let copy: Value = olivia.browser.get(&link).await.json();
    assert_eq!(copy["messages"].as_array().map(Vec::len), Some(1200));
    let longest: i32 = sqlx::query_scalar("select max(octet_length(content)) from account_export_parts")
        .fetch_one(&app.services.db)
        .await
        .unwrap();
    assert!(longest < 300 * 1024, "a part stays small: {longest}");
}

#[tokio::test]
async fn a_copy_that_can_not_be_made_says_so_and_is_asked_for_again() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let owner = sqlx::PgPool::connect(app.urls.owner.expose_secret()).await.unwrap();
    for statement in [
        "alter table event_privacy drop constraint event_privacy_email_visibility_known",
        "insert into event_privacy select e.id, u.id, 'NONSENSE', false, null, 'NONE', 'HIDDEN', true, true, now()
           from events e, users u where u.email = 'ada@example.org'",
    ] {
        sqlx::query(statement).execute(&owner).await.unwrap();
    }
    assert!(!event.is_empty());
    ada.browser.status(ASK, &[]).await;
    assert_eq!(accounts::prepare_exports(&app.services).await.unwrap(), 0);
    let page = ada.browser.get(PAGE).await;
    assert!(
        page.body.contains("Your copy could not be made.") && page.body.contains("Ask again"),
        "{}",
        page.body
    );
    sqlx::query("delete from event_privacy").execute(&owner).await.unwrap();
    app.wait(Duration::SECOND);
    assert_eq!(ada.browser.status(ASK, &[]).await, StatusCode::OK);
    assert_eq!(accounts::prepare_exports(&app.services).await.unwrap(), 1);
    assert!(ada.browser.get(PAGE).await.body.contains("Download my data"));
}

#[tokio::test]
async fn what_takes_its_worker_down_three_times_is_given_up() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    ada.browser.status(ASK, &[]).await;
    sqlx::query("update account_exports set attempts = 3, claimed_until = $1")
        .bind(app.services.clock.now() + Duration::minutes(10))
        .execute(&app.services.db)
        .await
        .unwrap();
    accounts::prepare_exports(&app.services).await.unwrap();
    assert!(ada.browser.get(PAGE).await.body.contains("Being prepared"), "the third may still come back");
    app.wait(Duration::minutes(10));
    assert_eq!(accounts::prepare_exports(&app.services).await.unwrap(), 0);
    assert!(ada.browser.get(PAGE).await.body.contains("Your copy could not be made."));
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
