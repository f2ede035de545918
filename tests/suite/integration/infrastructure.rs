use atria::config::{Config, Source};
use http::StatusCode;
use secrecy::ExposeSecret as _;
use sqlx::{Connection as _, PgConnection};

use crate::support::TestApp;

#[tokio::test]
async fn app_exists() {
    let app = TestApp::start().await;
    let answer = app.browser().get("/").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.html().has("h1"), "the landing page has a heading");
    let missing = app.browser().get("/no-such-page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn app_is_testing() {
    let app = TestApp::start().await;
    let before = app.services.clock.now();
    app.wait(time::Duration::hours(1));
    assert_eq!(app.services.clock.now() - before, time::Duration::hours(1), "tests move the clock");
    let runtime = app.urls.runtime.expose_secret();
    assert!(runtime.contains("/test_"), "the database is this test's own");

    let production = Source::from_pairs([
        ("ATRIA_ENV", "production"),
        ("ATRIA_PUBLIC_URL", app.origin.as_str()),
        ("ATRIA_SMTP_URL", &app.inbox.url()),
    ]);
    let refused = Config::from_source(&production).map(|config| config.check_production());
    let problems = match refused {
        Ok(Err(problems)) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Err(unreadable) => unreadable.to_string(),
        Ok(Ok(())) => panic!("production must refuse test settings"),
    };
    for name in ["ATRIA_SECRET_KEY", "ATRIA_PUBLIC_URL"] {
        assert!(problems.contains(name), "{name} is named in {problems}");
    }
}

#[tokio::test]
async fn database_is_postgresql() {
    let app = TestApp::start().await;
    let connection = PgConnection::connect(app.urls.runtime.expose_secret()).await.unwrap();
    let version = connection.server_version_num().expect("a PostgreSQL server");
    assert!(version >= 150_000, "PostgreSQL 15 or newer, not {version}");
}

#[tokio::test]
async fn health_endpoint_exists() {
    let app = TestApp::start().await;
    let alive = app.browser().get("/healthz").await;
    assert_eq!((alive.status, alive.body.as_str()), (StatusCode::OK, "ok"));
    assert_eq!(app.browser().get("/readyz").await.status, StatusCode::OK);

    app.services.db.close().await;

    assert_eq!(app.browser().get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(app.browser().get("/healthz").await.status, StatusCode::OK, "the process lives on");
}

#[tokio::test]
async fn database_operations() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let page = olivia.browser.get(&format!("/organizations/{organization}")).await;
    assert_eq!(page.html().text("h1"), "Atria Test", "created and read");

    let event = app.draft(&olivia, &organization, Default::default()).await;
    let details = format!("/events/{event}/manage/details");
    let form = olivia.browser.get(&details).await.html();
    let fields = [
        ("event", event.as_str()),
        ("version", &form.value("version")),
        ("title", "Rust Days"),
        ("format", "VIRTUAL"),
        ("visibility", "PUBLIC"),
        ("start_date", "2026-09-24"),
        ("end_date", "2026-09-25"),
        ("time_zone", "Europe/Berlin"),
        ("host_name", "Atria Test"),
    ];
    let saved = olivia.browser.submit_and_follow("/api/events/save", &fields).await;
    assert_eq!(saved.status, StatusCode::OK);
    assert_eq!(olivia.browser.get(&details).await.html().value("title"), "Rust Days", "updated");

    let mut connection = PgConnection::connect(app.urls.runtime.expose_secret()).await.unwrap();
    let ddl = sqlx::raw_sql("drop table chat_messages").execute(&mut connection).await;
    assert!(ddl.is_err(), "the runtime role changes rows, never tables");
}
