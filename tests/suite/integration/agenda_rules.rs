//! What becomes of sessions: by hand, by the clock, and what is noted for those who are told.

use domain::agenda::SessionStatus;
use domain::ids::AgendaSessionId;
use domain::{AppError, Conflict};
use http::StatusCode;
use services::{ServiceError, agenda};
use time::Duration;
use time::macros::datetime;

use crate::support::{AgendaScene, EventForm};

/// From the test's first instant to a time on the event's first day, in minutes after 09:00 in Berlin.
fn until_nine_and(minutes: i64) -> Duration {
    datetime!(2026-09-24 07:00 UTC) + Duration::minutes(minutes) - datetime!(2026-05-04 09:00 UTC)
}

async fn status_of(scene: &AgendaScene, session: AgendaSessionId) -> SessionStatus {
    scene.agenda().await.session(session).unwrap().status
}

#[tokio::test]
async fn the_clock_starts_and_ends_sessions_and_what_was_set_by_hand_wins() {
    let scene = AgendaScene::set().await;
    let services = &scene.app.services;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let set = async |status: SessionStatus| {
        // The browser's login session is over by September.
        agenda::set_status(services, &scene.olivia.signed_in, &scene.event, session, status).await.map(drop)
    };
    scene.app.wait(until_nine_and(-1));
    agenda::tick(services).await.unwrap();
    assert_eq!(status_of(&scene, session).await, SessionStatus::Scheduled);
    scene.app.wait(Duration::minutes(1));
    agenda::tick(services).await.unwrap();
    assert_eq!(status_of(&scene, session).await, SessionStatus::Live);
    set(SessionStatus::Scheduled).await.expect("a start by mistake");
    agenda::tick(services).await.unwrap();
    assert_eq!(status_of(&scene, session).await, SessionStatus::Scheduled, "the clock doesn't take it back");
    set(SessionStatus::Live).await.expect("allowed");
    scene.app.wait(Duration::minutes(60));
    agenda::tick(services).await.unwrap();
    assert_eq!(status_of(&scene, session).await, SessionStatus::Completed);
    set(SessionStatus::Live).await.expect("an end by mistake");
    agenda::tick(services).await.unwrap();
    assert_eq!(status_of(&scene, session).await, SessionStatus::Live, "nor does it end it again");
    set(SessionStatus::Completed).await.expect("allowed");
    set(SessionStatus::Completed).await.expect("what is so already stays");
    for refused in [SessionStatus::Scheduled, SessionStatus::Cancelled] {
        let from = "over".to_owned();
        assert!(matches!(
            set(refused).await,
            Err(ServiceError::Refused(AppError::Conflict(Conflict::SessionStatus { from: found }))) if found == from
        ));
    }
}

#[tokio::test]
async fn sessions_of_drafts_and_of_events_that_go_by_hand_never_start_by_themselves() {
    let scene = AgendaScene::set().await;
    let (services, olivia) = (&scene.app.services, &scene.olivia);
    let draft = scene.app.draft(olivia, "atria-test", EventForm::default()).await;
    let times = ("2026-09-24T09:00", "2026-09-24T10:00");
    let hidden = scene.app.session(olivia, &draft, "Hidden", times, None).await.id;
    let manual = scene.add("Manual", ("09:00", "10:00"), None).await;
    let by_hand = "update events set session_status_mode = 'MANUAL' where slug = $1";
    sqlx::query(by_hand).bind(&scene.event).execute(&services.db).await.unwrap();
    scene.app.wait(until_nine_and(5));
    agenda::tick(services).await.unwrap();
    let live = "select count(*) from agenda_sessions where status <> 'SCHEDULED'";
    assert_eq!(sqlx::query_scalar::<_, i64>(live).fetch_one(&services.db).await.unwrap(), 0);
    let start = async |event: &str, session: AgendaSessionId| {
        agenda::set_status(services, &olivia.signed_in, event, session, SessionStatus::Live).await.map(drop)
    };
    assert!(matches!(
        start(&draft, hidden).await,
        Err(ServiceError::Refused(AppError::Conflict(Conflict::StatusTransition { .. })))
    ));
    start(&scene.event, manual).await.expect("organizers start what goes by hand");
}

#[tokio::test]
async fn what_people_see_change_is_noted_and_counted() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Main hall").await;
    let session = scene.add("Opening", ("09:00", "10:00"), Some(hall)).await;
    let (id, room) = (session.to_string(), hall.to_string());
    assert_eq!(scene.changes().await, [], "a new session is no change");
    let to = [("session", id.as_str()), ("venue_room", "none"), ("starts_at", "2026-09-24T11:00")];
    assert_eq!(scene.status("agenda/move_session", &to).await, StatusCode::OK);
    assert_eq!(scene.status("agenda/move_session", &to).await, StatusCode::OK, "the same again is none");
    let event = ("event", scene.event.as_str());
    let dropped = [to.as_slice(), &[event, ("back", "grid")]].concat();
    let next = scene.olivia.browser.submit("/api/agenda/move_session", &dropped).await;
    assert_eq!(next.location(), scene.path(&format!("/manage/agenda#session-{id}")), "on with the grid");
    let late = [event, ("session", &id), ("starts_at", "2026-09-30T11:00"), ("back", "grid")];
    let refused = scene.olivia.browser.submit("/api/agenda/move_session", &late).await;
    assert_eq!(refused.location(), scene.path(&format!("/manage/agenda/{id}")), "where its field is");
    let hold = "update events set hold_agenda_changes = true where slug = $1";
    sqlx::query(hold).bind(&scene.event).execute(&scene.app.services.db).await.unwrap();
    let save = [("session", id.as_str()), ("version", "2"), ("title", "Welcome"), ("venue_room", &room)];
    assert_eq!(scene.status("agenda/save_session", &save).await, StatusCode::OK);
    let rename = [("venue_room", room.as_str()), ("version", "1"), ("name", "Great hall")];
    assert_eq!(scene.status("venue_rooms/save", &rename).await, StatusCode::OK);
    let cancel = [("session", id.as_str()), ("status", "CANCELLED")];
    assert_eq!(scene.status("agenda/set_session_status", &cancel).await, StatusCode::OK);
    let text = |text: &str| Some(text.to_owned());
    let change = |field: &str, old, new, is_released| (field.to_owned(), old, new, is_released);
    let mut found = scene.changes().await;
    found.sort();
    let mut expected = vec![
        change(
            "TIME",
            text("Thursday 24 September 2026, 09:00 – 10:00"),
            text("Thursday 24 September 2026, 11:00 – 12:00"),
            true,
        ),
        change("ROOM", text("Main hall"), None, true),
        change("TITLE", text("Opening"), text("Welcome"), false),
        change("ROOM", None, text("Great hall"), false),
        change("STATUS", text("Scheduled"), text("Cancelled"), false),
    ];
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(scene.agenda().await.session(session).unwrap().sequence, 3, "once per change that was made");
}

#[tokio::test]
async fn a_session_keeps_its_hour_and_its_real_length_across_clock_changes() {
    let scene = AgendaScene::set().await;
    let (services, olivia) = (&scene.app.services, &scene.olivia);
    for (days, night, stored) in [
        (("2027-03-27", "2027-03-28"), "2027-03-28", datetime!(2027-03-28 00:30 UTC)),
        (("2026-10-24", "2026-10-25"), "2026-10-25", datetime!(2026-10-24 23:30 UTC)),
    ] {
        let mut form = EventForm::default();
        form.0.start_date = days.0.to_owned();
        form.0.end_date = days.1.to_owned();
        let event = scene.app.draft(olivia, "atria-test", form).await;
        let (start, end) = (format!("{night}T01:30"), format!("{night}T09:00"));
        let id = scene.app.session(olivia, &event, "Night", (&start, &end), None).await.id;
        let editor = agenda::open_in_editor(services, &olivia.signed_in, &event, id, "").await.unwrap();
        let times = editor.session.times.unwrap();
        assert_eq!(times.starts_at(), stored);
        let hours = if night.starts_with("2027") { 6 } else { 8 };
        assert_eq!(times.duration(), Duration::minutes(hours * 60 + 30), "{night}: real time");
        assert_eq!(editor.fields.ends_at, Some(end), "nine stays nine");
        let to = agenda::Move { starts_at: format!("{}T10:00", days.0), ..agenda::Move::default() };
        agenda::move_to(services, &olivia.signed_in, &event, id, &to).await.unwrap();
        let moved =
            agenda::open_in_editor(services, &olivia.signed_in, &event, id, "").await.unwrap().session;
        assert_eq!(moved.times.unwrap().duration(), times.duration(), "it keeps its length");
    }
}

#[tokio::test]
async fn the_whole_agenda_takes_the_same_statements_at_twelve_and_at_120_sessions() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Main hall").await;
    let add = async |from: usize, to: usize| {
        for n in from..to {
            let times = (format!("2026-09-24T{:02}:00", n % 24), format!("2026-09-24T{:02}:30", n % 24));
            let times = (times.0.as_str(), times.1.as_str());
            scene.app.session(&scene.olivia, &scene.event, &format!("Session {n}"), times, Some(hall)).await;
        }
    };
    let count = async || {
        let page = scene.app.browser().get(&scene.path("/agenda")).await;
        (page.statements(), page.html().texts(".session-card").len())
    };
    add(0, 12).await;
    let (statements, shown) = count().await;
    assert_eq!(shown, 12);
    assert!(statements <= 5, "{statements}");
    add(12, 120).await;
    assert_eq!(count().await, (statements, 120));
}
