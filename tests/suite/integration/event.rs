use domain::AppError;
use domain::Viewer;
use domain::attendees::EventRole;
use domain::chat::RoomKind;
use domain::events::PrimaryAction;
use http::StatusCode;
use services::events;
use time::Duration;
use uuid::Uuid;

use crate::support::cast::PASSWORD;
use crate::support::{Answer, EventForm, TestApp};

/// The fields of the form for a new event.
fn rust_day<'a>(organization: &'a str, form_key: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("organization", organization),
        ("form_key", form_key),
        ("title", "Rust Day"),
        ("description", "One day, one language."),
        ("format", "VIRTUAL"),
        ("visibility", "PUBLIC"),
        ("start_date", "2026-09-24"),
        ("end_date", "2026-09-25"),
        ("time_zone", "Europe/Berlin"),
    ]
}

/// The same fields for saving: neither the organization nor the key of a form that creates.
fn rust_day_again() -> Vec<(&'static str, &'static str)> {
    rust_day("", "").into_iter().filter(|(name, _)| !["organization", "form_key"].contains(name)).collect()
}

fn with<'a>(
    fields: &[(&'static str, &'a str)],
    changes: &[(&'static str, &'a str)],
) -> Vec<(&'static str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.chain(changes).copied().collect()
}

fn error_at(answer: &Answer, field: &str) -> Option<String> {
    match answer.error() {
        AppError::Invalid(errors) => errors.get(field).map(ToOwned::to_owned),
        other => panic!("a message per field, not {other:?}"),
    }
}

#[tokio::test]
async fn event_creation_flow() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let organization = app.organization(&olivia, "Atria Test").await;
    let key = Uuid::from_u128(7).to_string();

    let created = olivia.browser.submit("/api/events/create", &rust_day(&organization, &key)).await;
    assert_eq!(created.location(), "/events/rust-day/manage");
    let manage = olivia.browser.get("/events/rust-day/manage").await;
    assert!(manage.body.contains("This event is a draft"), "it starts as a draft");
    let rooms = app.rooms(&olivia, "rust-day").await;
    let named: Vec<(RoomKind, &str, bool)> =
        rooms.iter().map(|room| (room.kind, room.name.as_str(), room.is_enabled)).collect();
    assert_eq!(
        named,
        [
            (RoomKind::Global, "General", true),
            (RoomKind::GreenRoom, "Green room", true),
            (RoomKind::Admin, "Staff", true)
        ],
        "its three rooms come with it"
    );
    let again = olivia.browser.call("/api/events/create", &rust_day(&organization, &key)).await;
    assert_eq!(again.json::<String>(), "rust-day", "a double submit has the effect of one");

    let outsider = ada.browser.call("/api/events/create", &rust_day(&organization, &key)).await;
    assert_eq!(outsider.status, StatusCode::NOT_FOUND, "outsiders learn nothing of the organization");
    assert_eq!(ada.browser.get("/events/rust-day").await.status, StatusCode::NOT_FOUND, "a draft is hidden");
    assert_eq!(
        olivia.browser.submit("/api/events/publish", &[("event", "rust-day")]).await.location(),
        "/events/rust-day/manage"
    );
    let public = app.browser().get("/events/rust-day").await;
    assert_eq!((public.status, public.html().text("h1")), (StatusCode::OK, "Rust Day".to_owned()));
    assert!(public.body.contains("Thursday 24"), "with its days in words");
}

#[tokio::test]
async fn event_creator_becomes_admin() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;

    let (_, creator) = events::open_for_members(&app.services, &olivia.signed_in, &event).await.unwrap();
    let (_, attendee) = events::open_for_members(&app.services, &ada.signed_in, &event).await.unwrap();
    assert_eq!((creator, attendee), (EventRole::Admin, EventRole::Attendee));
    let manage = format!("/events/{event}/manage");
    assert_eq!(olivia.browser.get(&manage).await.status, StatusCode::OK);
    assert_eq!(ada.browser.get(&manage).await.status, StatusCode::FORBIDDEN, "seen but not allowed");
    let row = sqlx::query_as::<_, (String, String, String)>(
        "select role, status, source from event_members where user_id = $1",
    )
    .bind(olivia.signed_in.user.get())
    .fetch_one(&app.services.db)
    .await
    .unwrap();
    assert_eq!(
        row,
        ("ADMIN".into(), "ACTIVE".into(), "CREATED".into()),
        "a row of her own, not only ownership"
    );
}

#[tokio::test]
async fn event_date_validation() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let key = Uuid::from_u128(8).to_string();
    let base = rust_day(&organization, &key);
    let refusals = [
        (vec![("start_date", ""), ("end_date", "")], "start_date", "Choose a date."),
        (vec![("start_date", "soon")], "start_date", "Enter a date like 2026-09-24."),
        (vec![("end_date", "2026-09-23")], "end_date", "The last day can't be before the first."),
        (vec![("end_date", "2026-11-23")], "end_date", "An event lasts at most 60 days."),
        (vec![("start_date", "2026-05-03")], "start_date", "The event can't start in the past."),
        (
            vec![("time_zone", "Mars/Olympus")],
            "time_zone",
            "Choose a time zone from the list, like Europe/Berlin.",
        ),
    ];
    for (changes, field, message) in refusals {
        let answer = olivia.browser.call("/api/events/create", &with(&base, &changes)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{changes:?}");
        assert_eq!(error_at(&answer, field).as_deref(), Some(message), "{changes:?}");
    }
    let form = olivia
        .browser
        .submit_and_follow("/api/events/create", &with(&base, &[("end_date", "2026-09-01")]))
        .await;
    assert_eq!(form.html().value("title"), "Rust Day", "the form keeps what was typed");
    assert_eq!(
        form.html().field_error("end_date").as_deref(),
        Some("The last day can't be before the first.")
    );

    // 4 May 22:30 UTC is 5 May in Auckland and still 4 May in Honolulu.
    app.wait(Duration::hours(13) + Duration::minutes(30));
    let there =
        |zone| with(&base, &[("start_date", "2026-05-04"), ("end_date", "2026-05-04"), ("time_zone", zone)]);
    let auckland = olivia.browser.call("/api/events/create", &there("Pacific/Auckland")).await;
    assert_eq!(error_at(&auckland, "start_date").as_deref(), Some("The event can't start in the past."));
    let honolulu = olivia.browser.call("/api/events/create", &there("Pacific/Honolulu")).await;
    assert_eq!(honolulu.status, StatusCode::OK, "today is the event zone's: {}", honolulu.body);
    let longest =
        with(&base, &[("end_date", "2026-11-22"), ("form_key", "00000000-0000-0000-0000-000000000009")]);
    assert_eq!(
        olivia.browser.call("/api/events/create", &longest).await.status,
        StatusCode::OK,
        "60 days are fine"
    );
}

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

#[tokio::test]
async fn event_invitation_flow() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut form = EventForm::default();
    form.0.visibility = "PRIVATE".to_owned();
    let event = app.draft(&olivia, &organization, form).await;
    olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;
    let (ada, path) = (app.person("Ada").await, format!("/events/{event}/now"));
    assert_eq!(ada.browser.get(&path).await.status, StatusCode::NOT_FOUND, "private");
    let token = app.invite(&olivia, &format!("events/{event}"), &ada.email, "ATTENDEE").await;
    assert_eq!(ada.browser.get(&path).await.status, StatusCode::NOT_FOUND, "until it is accepted");
    assert_eq!(app.accept(&ada, &token).await, StatusCode::OK);
    assert_eq!(ada.browser.get(&path).await.status, StatusCode::OK);
    let room = app.room(&olivia, &event, RoomKind::Global).await;
    app.post(&ada, room, "I am in.").await;
}
