//! Editing, publishing and registering at the edges.

use domain::Viewer;
use domain::events::PrimaryAction;
use http::StatusCode;
use services::events;
use time::Duration;
use uuid::Uuid;

use super::event::{error_at, rust_day, rust_day_again, with};
use crate::support::cast::PASSWORD;
use crate::support::{EventForm, TestApp};

#[tokio::test]
async fn an_event_in_person_needs_its_venue_before_it_is_published() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut form = EventForm::default();
    form.0.format = "IN_PERSON".to_owned();
    let event = app.draft(&olivia, &organization, form).await;

    let refused = olivia.browser.call("/api/events/publish", &[("event", &event)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["venue_name", "venue_city", "venue_country"] {
        assert!(error_at(&refused, field).is_some(), "{field} is named");
    }
    let manage = olivia.browser.get(&format!("/events/{event}/manage")).await.html();
    assert!(
        manage.has(&format!("a[href='/events/{event}/manage/details#field-venue_name']")),
        "with a link to mend it"
    );
    assert!(!manage.texts("button").contains(&"Publish".to_owned()));
}

#[tokio::test]
async fn the_second_of_two_editors_is_told_who_was_first_and_keeps_the_text() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let details = format!("/events/{event}/manage/details");
    let version = olivia.browser.get(&details).await.html().value("version");
    let edit = |title: &'static str| {
        let base = rust_day_again();
        let mut fields = with(&base, &[("title", title)]);
        fields.push(("host_name", "Atria Test"));
        fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>()
    };
    let save = async |title: &'static str, version: &str| {
        let mut fields = edit(title);
        fields.push(("event", event.clone()));
        fields.push(("version", version.to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        olivia.browser.submit("/api/events/save", &fields).await
    };
    assert_eq!(save("First", &version).await.location(), format!("/events/{event}/manage"));
    assert_eq!(save("Second", &version).await.location(), details);

    let page = olivia.browser.get(&details).await;
    assert!(page.body.contains("Olivia Test saved a newer version"), "who was first");
    assert_eq!(page.html().value("title"), "Second", "the text stays in the form");
    let newest = page.html().value("version");
    assert_eq!(
        save("Second", &newest).await.location(),
        format!("/events/{event}/manage"),
        "and can be saved after all"
    );
}

#[tokio::test]
async fn the_last_seat_goes_to_one_and_the_other_waits() {
    let app = TestApp::start().await;
    let (olivia, ada, ben) = (app.person("Olivia").await, app.person("Ada").await, app.person("Ben").await);
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut form = EventForm::default();
    form.0.max_attendees = "1".to_owned();
    let event = app.draft(&olivia, &organization, form).await;
    olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;

    let fields = [("event", event.as_str())];
    let (first, second) = tokio::join!(
        ada.browser.call("/api/events/register", &fields),
        ben.browser.call("/api/events/register", &fields)
    );
    let mut seated = [first.json::<bool>(), second.json::<bool>()];
    seated.sort_unstable();
    assert_eq!(seated, [false, true], "one seat, one waitlist");
    let waiting = if first.json::<bool>() { &ben } else { &ada };
    let again = waiting.browser.call("/api/events/register", &fields).await;
    assert!(!again.json::<bool>(), "registering again is quiet success");
    let viewer = Viewer::SignedIn(waiting.signed_in.clone());
    let page = events::open(&app.services, &viewer, &event).await.unwrap();
    assert_eq!(page.action, PrimaryAction::Waiting);
    assert_eq!(
        waiting.browser.get(&format!("/events/{event}/now")).await.status,
        StatusCode::NOT_FOUND,
        "no member yet"
    );
}

#[tokio::test]
async fn a_private_event_does_not_exist_for_visitors() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut form = EventForm::default();
    form.0.visibility = "PRIVATE".to_owned();
    let event = app.draft(&olivia, &organization, form).await;
    olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;
    assert_eq!(
        olivia.browser.get(&format!("/events/{event}")).await.status,
        StatusCode::OK,
        "Olivia sees it"
    );

    let hidden = ada.browser.get(&format!("/events/{event}")).await;
    let missing = ada.browser.get("/events/no-such-event-x").await;
    assert_eq!((hidden.status, missing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(hidden.html().texts("main"), missing.html().texts("main"), "hidden and missing look alike");
    let register = ada.browser.call("/api/events/register", &[("event", &event)]).await;
    assert_eq!(register.status, StatusCode::NOT_FOUND);
    assert!(!app.browser().get("/events").await.body.contains("Rust Day"), "and it is not listed");
}

#[tokio::test]
async fn a_double_click_creates_and_publishes_once() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let key = Uuid::from_u128(11).to_string();
    let fields = rust_day(&organization, &key);
    let (first, second) = tokio::join!(
        olivia.browser.call("/api/events/create", &fields),
        olivia.browser.call("/api/events/create", &fields)
    );
    assert_eq!([first.json::<String>(), second.json::<String>()], ["rust-day", "rust-day"]);
    let publish = [("event", "rust-day")];
    let (first, second) = tokio::join!(
        olivia.browser.call("/api/events/publish", &publish),
        olivia.browser.call("/api/events/publish", &publish)
    );
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
}

#[tokio::test]
async fn a_live_event_keeps_what_it_needed_to_be_published() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let details = format!("/events/{event}/manage/details");
    let save = async |changes: &[(&'static str, &'static str)]| {
        let version = olivia.browser.get(&details).await.html().value("version");
        let base = rust_day_again();
        let mut fields = with(&base, changes);
        fields.extend([
            ("event", event.as_str()),
            ("version", version.as_str()),
            ("host_name", "Atria Test"),
        ]);
        olivia.browser.call("/api/events/save", &fields).await
    };
    let nowhere = save(&[("format", "IN_PERSON")]).await;
    assert!(error_at(&nowhere, "venue_name").is_some(), "{nowhere:?}");
    let over = save(&[("start_date", "2025-01-01"), ("end_date", "2025-01-02")]).await;
    assert!(error_at(&over, "end_date").is_some(), "{over:?}");
    assert_eq!(save(&[("title", "Rust Days")]).await.status, StatusCode::OK);

    app.wait(Duration::days(365));
    olivia.browser.sign_in(&olivia.email, PASSWORD).await;
    let afterwards = save(&[("title", "Rust Days, as they were")]).await;
    assert_eq!(afterwards.status, StatusCode::OK, "what is over may still be described: {afterwards:?}");
}
