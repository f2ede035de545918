use domain::AppError;
use domain::attendees::EventRole;
use domain::chat::RoomKind;
use http::StatusCode;
use services::events;
use time::Duration;
use uuid::Uuid;

use super::{event_access, event_lists};
use crate::support::cast::PASSWORD;
use crate::support::{Answer, EventForm, EventTeam, TestApp};

/// The fields of the form for a new event.
pub fn rust_day<'a>(organization: &'a str, form_key: &'a str) -> Vec<(&'static str, &'a str)> {
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
pub fn rust_day_again() -> Vec<(&'static str, &'static str)> {
    rust_day("", "").into_iter().filter(|(name, _)| !["organization", "form_key"].contains(name)).collect()
}

pub fn with<'a>(
    fields: &[(&'static str, &'a str)],
    changes: &[(&'static str, &'a str)],
) -> Vec<(&'static str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.chain(changes).copied().collect()
}

pub fn error_at(answer: &Answer, field: &str) -> Option<String> {
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

pub const SETTINGS: [(&str, &str); 5] = [
    ("visibility", "PUBLIC"),
    ("session_status_mode", "CLOCK"),
    ("profanity_mode", "OFF"),
    ("auto_archive_days", "30"),
    ("max_attendees", "40"),
];

#[tokio::test]
async fn event_update_permissions() {
    event_access::update_permissions().await;
}

#[tokio::test]
async fn event_soft_delete() {
    let team = EventTeam::set().await;
    let room = team.app.room(&team.olivia, &team.event, RoomKind::Global).await;
    let delete = [("event", team.event.as_str()), ("name", "rust day ")];
    for person in [&team.organizer, &team.moderator, &team.attendee] {
        let refused = person.browser.status("/api/events/delete", &delete).await;
        assert_eq!(refused, StatusCode::FORBIDDEN, "{} is no owner", person.email);
    }
    let admin = team.app.person("Anna").await;
    team.app.join_organization("atria-test", &admin, "ADMIN").await;
    assert_eq!(admin.browser.status("/api/events/delete", &delete).await, StatusCode::FORBIDDEN);
    let wrong = [("event", team.event.as_str()), ("name", "Rust")];
    let refused = team.olivia.browser.call("/api/events/delete", &wrong).await;
    assert!(error_at(&refused, "name").is_some(), "{refused:?}");
    team.app.wait(Duration::minutes(11));
    let refused = team.olivia.browser.call("/api/events/delete", &delete).await;
    assert_eq!(refused.error(), domain::Denied::SignInNotRecent.into());
    team.olivia.browser.submit("/api/accounts/confirm_password", &[("current_password", PASSWORD)]).await;
    let deleted = team.olivia.browser.call("/api/events/delete", &delete).await;
    assert_eq!(deleted.status, StatusCode::OK, "{}", deleted.body);

    let below = ["", "/now", "/rooms", "/sponsors", "/manage", "/manage/danger"];
    for path in below.map(|below| team.page(below)).into_iter().chain([team.page(&format!("/rooms/{room}"))])
    {
        for person in [&team.olivia, &team.attendee] {
            assert_eq!(person.browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    assert!(!team.app.browser().get("/events").await.body.contains("Rust Day"));
    let list = "/organizations/atria-test/events";
    let id = team.olivia.browser.get(list).await.html().value("deleted");
    assert!(!admin.browser.get(list).await.html().has("[name=deleted]"), "only owners see it");
    let undo = [("deleted", id.as_str())];
    for person in [&team.organizer, &admin] {
        assert_eq!(person.browser.status("/api/events/restore", &undo).await, StatusCode::NOT_FOUND);
    }
    assert_eq!(team.olivia.browser.status("/api/events/restore", &undo).await, StatusCode::OK);
    assert_eq!(
        team.olivia.browser.status("/api/events/restore", &undo).await,
        StatusCode::OK,
        "again is fine"
    );
    assert_eq!(team.attendee.browser.get(&team.page("/now")).await.status, StatusCode::OK);
    assert_eq!(team.app.browser().get(&team.page("")).await.status, StatusCode::OK, "as it was");
}

#[tokio::test]
async fn event_role_based_access() {
    event_access::access_by_role().await;
}

#[tokio::test]
async fn event_listing_with_filters() {
    event_lists::filters().await;
}

#[tokio::test]
async fn cross_organization_event_isolation() {
    event_access::isolation().await;
}

#[tokio::test]
async fn event_visibility_settings() {
    let team = EventTeam::set().await;
    let visitor = team.app.browser();
    let save = async |changes: &[(&'static str, &'static str)]| {
        let version = team.olivia.browser.get(&team.page("/manage/settings")).await.html().value("version");
        let mut fields = with(&SETTINGS, changes);
        fields.extend([("event", team.event.as_str()), ("version", version.as_str())]);
        team.olivia.browser.call("/api/events/save_settings", &fields).await
    };
    assert!(visitor.get("/events").await.body.contains("Rust Day"));
    assert_eq!(save(&[("visibility", "PRIVATE")]).await.status, StatusCode::OK);
    for below in ["", "/now", "/sponsors", "/rooms"] {
        let outsider = team.app.person(&format!("P{}", below.trim_start_matches('/'))).await;
        assert_eq!(outsider.browser.get(&team.page(below)).await.status, StatusCode::NOT_FOUND, "{below}");
        let register = outsider.browser.status("/api/events/register", &[("event", &team.event)]).await;
        assert_eq!(register, StatusCode::NOT_FOUND);
    }
    assert_eq!(visitor.get(&team.page("")).await.status, StatusCode::NOT_FOUND);
    assert!(!visitor.get("/events").await.body.contains("Rust Day"), "and is in no list");
    assert_eq!(team.attendee.browser.get(&team.page("/now")).await.status, StatusCode::OK, "members stay");
    assert_eq!(save(&[("visibility", "PUBLIC")]).await.status, StatusCode::OK);
    assert_eq!(visitor.get(&team.page("")).await.status, StatusCode::OK);

    let window =
        [("registration_opens_at", "2026-05-05T10:00"), ("registration_closes_at", "2026-05-06T10:00")];
    assert_eq!(save(&window).await.status, StatusCode::OK);
    let ben = team.app.person("Ben").await;
    let register = async || ben.browser.status("/api/events/register", &[("event", &team.event)]).await;
    let closed = visitor.get(&team.page("")).await.html().text(".event-closed");
    let by_the_event = "Registration opens on 5 May 2026, 10:00, Europe/Berlin (UTC+2).";
    assert_eq!(closed, format!("{by_the_event} By your clock: 5 May 2026, 08:00 UTC."));
    for (zone, differs) in [("Europe/Paris", false), ("America/New_York", true)] {
        let near = visitor.get_with_cookie(&team.page(""), &format!("zone={zone}")).await.html();
        assert_eq!(near.text(".event-closed").contains("By your clock"), differs, "{zone}");
    }
    assert_eq!(register().await, StatusCode::CONFLICT, "not open yet");
    team.app.wait(Duration::hours(47));
    assert!(visitor.get(&team.page("")).await.body.contains("Registration is closed."));
    assert_eq!(register().await, StatusCode::CONFLICT, "10:00 in Berlin is 8:00 UTC: closed");
    let backwards = save(&[
        ("registration_opens_at", "2026-05-06T10:00"),
        ("registration_closes_at", "2026-05-05T10:00"),
    ])
    .await;
    assert!(error_at(&backwards, "registration_closes_at").is_some());
    assert_eq!(save(&[]).await.status, StatusCode::OK);
    assert_eq!(register().await, StatusCode::OK, "no window is no limit");
}

#[tokio::test]
async fn event_duplicate() {
    crate::services::event::duplicate_flow().await;
}

#[tokio::test]
async fn event_attendee_management() {
    super::people::attendee_management().await;
}

#[tokio::test]
async fn event_capacity_limits() {
    super::people::capacity_limits().await;
}
