//! Where sessions, changes and events end: what is told to whom, kept, and given back.

use http::StatusCode;
use services::{agenda, attending};
use time::Duration;
use time::macros::datetime;

use crate::support::{AgendaScene, AttendingScene, EventForm, TestApp};

#[tokio::test]
async fn an_event_that_is_over_by_its_own_zone_is_listed_to_nobody_who_does_not_look_back() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut form = EventForm::default();
    for day in [&mut form.0.start_date, &mut form.0.end_date] {
        "2026-06-01".clone_into(day);
    }
    "Europe/Berlin".clone_into(&mut form.0.time_zone);
    let event = app.draft(&olivia, &organization, form).await;
    assert_eq!(olivia.browser.status("/api/events/publish", &[("event", &event)]).await, StatusCode::OK);
    let listed = async |path: &str| app.browser().get(path).await.html().texts(".row-title").len();
    app.wait(datetime!(2026-06-01 21:59 UTC) - app.services.clock.now());
    assert_eq!(listed("/events").await, 1, "a minute before midnight in Berlin");
    app.wait(Duration::MINUTE);
    assert_eq!(listed("/events").await, 0);
    assert_eq!(listed("/events?from=2026-06-01").await, 1, "whoever looks back finds it");
}

#[tokio::test]
async fn nobody_is_told_of_their_own_change_and_everybody_else_is() {
    let scene = AttendingScene::set().await;
    let ben = scene.join("Ben", "ORGANIZER").await;
    for who in [&ben, &scene.olivia] {
        assert_eq!(scene.status(who, "attending/star", &[("starred", "yes")]).await, StatusCode::OK);
    }
    let cancel = [("status", "CANCELLED")];
    assert_eq!(scene.status(&ben, "agenda/set_session_status", &cancel).await, StatusCode::OK);
    scene.app.wait(Duration::minutes(10));
    attending::tell_changes(&scene.app.services).await.unwrap();
    assert_eq!(scene.mails("session_changed").await, [scene.olivia.email.as_str()], "Ben knows");

    let again = [("status", "SCHEDULED")];
    assert_eq!(scene.status(&ben, "agenda/set_session_status", &again).await, StatusCode::OK);
    let moved = [("starts_at", "2026-09-24T15:00"), ("venue_room", "none")];
    assert_eq!(scene.status(&scene.olivia, "agenda/move_session", &moved).await, StatusCode::OK);
    scene.app.wait(Duration::minutes(10));
    attending::tell_changes(&scene.app.services).await.unwrap();
    assert_eq!(scene.mails("session_changed").await.len(), 3, "each is told what the other did");
}

#[tokio::test]
async fn a_session_that_has_begun_keeps_its_time() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let id = session.to_string();
    let live = "update agenda_sessions set status = 'LIVE'";
    sqlx::query(live).execute(&scene.app.services.db).await.unwrap();
    let cleared = [("session", &*id), ("version", "1"), ("starts_at", ""), ("ends_at", "")];
    assert_eq!(scene.status("agenda/save_session", &cleared).await, StatusCode::CONFLICT);
    assert_eq!(scene.status("agenda/unschedule_session", &[("session", &id)]).await, StatusCode::CONFLICT);
    assert!(scene.agenda().await.session(session).unwrap().times.is_some());
    let over = "update agenda_sessions set status = 'SCHEDULED'";
    sqlx::query(over).execute(&scene.app.services.db).await.unwrap();
    assert_eq!(scene.status("agenda/save_session", &cleared).await, StatusCode::OK);
    assert!(scene.agenda().await.session(session).unwrap().times.is_none());
}

#[tokio::test]
async fn a_session_that_moves_with_its_event_goes_back_to_the_clock() {
    let scene = AttendingScene::set().await;
    let by_hand = "update agenda_sessions set status_by_hand = true";
    sqlx::query(by_hand).execute(&scene.app.services.db).await.unwrap();
    let held = async || -> bool {
        let held = "select status_by_hand from agenda_sessions";
        sqlx::query_scalar(held).fetch_one(&scene.app.services.db).await.unwrap()
    };
    assert_eq!(scene.save(&[("title", "Rust Days")]).await, StatusCode::OK);
    assert!(held().await, "its time is what it was");
    let moved = [("start_date", "2026-10-01"), ("end_date", "2026-10-02"), ("move_sessions", "7")];
    assert_eq!(scene.save(&moved).await, StatusCode::OK);
    assert!(!held().await);
}

#[tokio::test]
async fn calendars_hear_of_deletions_since_the_event_was_published_and_of_none_before() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let event = app.draft(&olivia, &organization, EventForm::default()).await;
    let day: String = {
        let day = "select start_date::text from events where slug = $1";
        sqlx::query_scalar(day).bind(&event).fetch_one(&app.services.db).await.unwrap()
    };
    let times = (format!("{day}T09:00"), format!("{day}T10:00"));
    let add = async |title: &str| app.session(&olivia, &event, title, (&times.0, &times.1), None).await.id;
    let delete = async |session: domain::ids::AgendaSessionId| {
        let fields = [("event", event.as_str()), ("session", &session.to_string())];
        olivia.browser.status("/api/agenda/delete_session", &fields).await
    };
    let (early, late) = (add("Never public").await, add("Public for a while").await);
    assert_eq!(delete(early).await, StatusCode::OK);
    app.wait(Duration::HOUR);
    assert_eq!(olivia.browser.status("/api/events/publish", &[("event", &event)]).await, StatusCode::OK);
    app.wait(Duration::HOUR);
    assert_eq!(delete(late).await, StatusCode::OK);
    let file = app.browser().get(&format!("/events/{event}/agenda.ics")).await.body;
    assert!(!file.contains(&early.to_string()), "{file}");
    assert!(file.contains(&late.to_string()) && file.contains("STATUS:CANCELLED"), "{file}");
}

#[tokio::test]
async fn a_session_comes_back_into_the_tray_when_its_day_is_gone() {
    let scene = AttendingScene::set().await;
    let status = async |function: &str| scene.status(&scene.olivia, function, &[]).await;
    let live = "update agenda_sessions set status = 'LIVE'";
    sqlx::query(live).execute(&scene.app.services.db).await.unwrap();
    assert_eq!(status("agenda/delete_session").await, StatusCode::OK);
    let moved = [("start_date", "2026-10-01"), ("end_date", "2026-10-02"), ("move_sessions", "7")];
    assert_eq!(scene.save(&moved).await, StatusCode::OK);
    assert_eq!(status("agenda/restore_session").await, StatusCode::OK);
    let times = "select starts_at is null and status = 'SCHEDULED' from agenda_sessions";
    assert!(sqlx::query_scalar::<_, bool>(times).fetch_one(&scene.app.services.db).await.unwrap());
    agenda::sweep(&scene.app.services).await.unwrap();
}

#[tokio::test]
async fn only_the_session_an_event_began_with_comes_back_as_its_main_one() {
    let scene = AgendaScene::set().await;
    let main = scene.add("Talk", ("09:00", "10:00"), None).await;
    scene.app.wait(Duration::MINUTE);
    let extra = scene.add("Drinks", ("10:00", "11:00"), None).await;
    let single = "update events set event_type = 'SINGLE_SESSION', main_session_id = $1";
    sqlx::query(single).bind(main.get()).execute(&scene.app.services.db).await.unwrap();
    let stored = async || -> Option<uuid::Uuid> {
        let main = "select main_session_id from events";
        sqlx::query_scalar(main).fetch_one(&scene.app.services.db).await.unwrap()
    };
    let act = async |function: &str, session: domain::ids::AgendaSessionId| {
        let fields = [("session", &*session.to_string())];
        assert_eq!(scene.status(function, &fields).await, StatusCode::OK);
    };
    for session in [main, extra] {
        act("agenda/delete_session", session).await;
    }
    act("agenda/restore_session", extra).await;
    assert_eq!(stored().await, None);
    act("agenda/restore_session", main).await;
    assert_eq!(stored().await, Some(main.get()));
}
