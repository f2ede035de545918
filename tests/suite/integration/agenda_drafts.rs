//! Changes of a published agenda that are held: organizers work on a draft, everybody else sees what was released.

use domain::agenda::SessionSpeakerRole;
use domain::chat::RoomKind;
use domain::ids::AgendaSessionId;
use domain::realtime::{ServerFrame, Topic};
use http::StatusCode;
use time::Duration;
use time::macros::datetime;

use crate::support::{AgendaScene, Client, Member};

impl AgendaScene {
    async fn holds(&self, holds: bool) {
        let set = sqlx::query("update events set hold_agenda_changes = $2 where slug = $1");
        set.bind(&self.event).bind(holds).execute(&self.app.services.db).await.unwrap();
    }

    async fn shown_to(&self, who: &Client, below: &str) -> Vec<(String, String)> {
        let page = who.get(&self.path(below)).await.html();
        page.texts(".session-title").into_iter().zip(page.texts(".session-time")).collect()
    }

    async fn release(&self, who: &Member) -> StatusCode {
        self.call_as(who, "attending/release_changes", &[]).await.status
    }

    async fn move_to(&self, session: AgendaSessionId, start: &str, room: &str) -> StatusCode {
        let (session, start) = (session.to_string(), format!("2026-09-24T{start}"));
        let to = [("session", &*session), ("starts_at", &*start), ("venue_room", room)];
        self.status("agenda/move_session", &to).await
    }
}

fn shown(sessions: &[(&str, &str)]) -> Vec<(String, String)> {
    sessions.iter().map(|(title, time)| ((*title).to_owned(), format!("{time}, 1 h"))).collect()
}

/// Moves one session, renames and cancels the other, and adds a third, which is answered.
async fn work_on(scene: &AgendaScene, opening: AgendaSessionId, islands: AgendaSessionId) -> AgendaSessionId {
    assert_eq!(scene.move_to(opening, "13:00", "none").await, StatusCode::OK);
    let id = islands.to_string();
    let save =
        [("session", &*id), ("version", "1"), ("title", "Archipelago"), ("short_description", "By boat")];
    assert_eq!(scene.status("agenda/save_session", &save).await, StatusCode::OK);
    let cancel = [("session", &*id), ("status", "CANCELLED")];
    assert_eq!(scene.status("agenda/set_session_status", &cancel).await, StatusCode::OK);
    scene.add("Closing", ("15:00", "16:00"), None).await
}

#[tokio::test]
async fn everybody_sees_the_released_agenda_until_the_changes_go_out_together() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Main hall").await;
    let opening = scene.add("Opening", ("09:00", "10:00"), Some(hall)).await;
    let islands = scene.add("Islands", ("11:00", "12:00"), Some(hall)).await;
    let ada = scene.member("Ada", "ATTENDEE").await;
    let event = scene.app.event_id(&scene.event).await;
    let mut at_ada = ada.browser.listening(Topic::Event(event)).await;
    scene.holds(true).await;

    let new = work_on(&scene, opening, islands).await;

    let visitor = scene.app.browser();
    let before = shown(&[("Opening", "09:00 – 10:00"), ("Islands", "11:00 – 12:00")]);
    for who in [&visitor, &ada.browser, &scene.olivia.browser] {
        assert_eq!(scene.shown_to(who, "/agenda").await, before);
    }
    let page = visitor.get(&scene.path("/agenda")).await.html();
    assert!(!page.has(".session-card .badge"), "neither moved nor cancelled");
    assert_eq!(visitor.get(&scene.path(&format!("/sessions/{new}"))).await.status, StatusCode::NOT_FOUND);
    let file = visitor.get(&scene.path("/agenda.ics")).await.body;
    assert!(
        file.contains("SUMMARY:Opening") && file.contains("T090000") && !file.contains("Closing"),
        "{file}"
    );
    let details = visitor.get(&scene.path(&format!("/sessions/{islands}"))).await.html();
    assert_eq!((details.text("h1"), details.text(".lead")), ("Islands".to_owned(), "By boat".to_owned()));
    at_ada.is_quiet().await;

    let after = shown(&[
        ("Archipelago", "11:00 – 12:00"),
        ("Opening", "13:00 – 14:00"),
        ("Closing", "15:00 – 16:00"),
    ]);
    let editor = scene.path("/manage/agenda");
    assert_eq!(scene.shown_to(&scene.olivia.browser, "/manage/agenda").await, after);
    let page = scene.olivia.browser.get(&editor).await.html();
    assert!(page.text(".notice").contains("Changes of 3 sessions are held."));
    assert_eq!(page.texts(".session-card .badge"), ["Cancelled"]);
    assert!(
        scene
            .olivia
            .browser
            .get(&scene.path("/changes"))
            .await
            .html()
            .text("main")
            .contains("5 changes are held.")
    );

    assert_eq!(scene.release(&ada).await, StatusCode::FORBIDDEN);
    assert_eq!(scene.shown_to(&visitor, "/agenda").await, before);
    assert_eq!(scene.release(&scene.olivia).await, StatusCode::OK);
    assert_eq!(scene.shown_to(&visitor, "/agenda").await, after);
    for _session in 0..3 {
        assert!(matches!(at_ada.next().await, ServerFrame::SessionChanged { .. }));
    }
    let page = visitor.get(&scene.path("/agenda")).await.html();
    assert_eq!(page.texts(".session-card .badge"), ["Cancelled", "Moved"]);
    let room = scene.app.session_room(islands, RoomKind::Public).await;
    let name = sqlx::query_scalar::<_, String>("select name from chat_rooms where id = $1").bind(room.get());
    assert_eq!(name.fetch_one(&scene.app.services.db).await.unwrap(), "Archipelago");
    assert!(scene.changes().await.iter().all(|(.., is_released)| *is_released));
    assert!(!scene.olivia.browser.get(&editor).await.html().has(".notice"), "nothing is held any more");
}

#[tokio::test]
async fn a_draft_warns_of_its_clashes_and_is_none_where_all_is_as_before() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Main hall").await.to_string();
    let opening = scene.add("Opening", ("09:00", "10:00"), Some(hall.parse().unwrap())).await;
    scene.add("Islands", ("11:00", "12:00"), Some(hall.parse().unwrap())).await;
    let sam = scene.member("Sam", "SPEAKER").await;
    scene.speaks(opening, &sam, SessionSpeakerRole::Host).await;
    scene.holds(true).await;
    assert_eq!(scene.move_to(opening, "11:00", &hall).await, StatusCode::OK);
    assert_eq!(scene.agenda().await.warnings(opening).len(), 1, "with what it will meet");
    assert!(scene.agenda().await.session(opening).unwrap().is_held);
    assert_eq!(scene.move_to(opening, "09:00", &hall).await, StatusCode::OK);
    let back = scene.agenda().await;
    assert!(!back.session(opening).unwrap().is_held && back.clashes().is_empty());
    assert_eq!(
        scene.shown_to(&scene.app.browser(), "/agenda").await[0],
        shown(&[("Opening", "09:00 – 10:00")])[0]
    );
}

#[tokio::test]
async fn what_is_held_stays_so_when_the_setting_goes_and_the_event_waits_for_it() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Main hall").await.to_string();
    let opening = scene.add("Opening", ("09:00", "10:00"), None).await;
    let islands = scene.add("Islands", ("11:00", "12:00"), None).await;
    scene.holds(true).await;
    assert_eq!(scene.move_to(opening, "13:00", &hall).await, StatusCode::OK);
    scene.holds(false).await;
    assert_eq!(scene.move_to(opening, "14:00", &hall).await, StatusCode::OK);
    assert_eq!(scene.move_to(islands, "12:00", "none").await, StatusCode::OK);
    let visitor = scene.app.browser();
    let seen = shown(&[("Opening", "09:00 – 10:00"), ("Islands", "12:00 – 13:00")]);
    assert_eq!(scene.shown_to(&visitor, "/agenda").await, seen, "only what has no draft goes out");

    let version = scene.olivia.browser.get(&scene.path("/manage/details")).await.html().value("version");
    let details = [
        ("title", "Rust Day"),
        ("format", "VIRTUAL"),
        ("visibility", "PUBLIC"),
        ("host_name", "Atria Test"),
        ("version", &*version),
        ("start_date", "2026-09-24"),
        ("end_date", "2026-09-25"),
        ("time_zone", "Europe/London"),
    ];
    let domain::AppError::Invalid(errors) = scene.call("events/save", &details).await.error() else {
        panic!("at the field")
    };
    assert!(errors.get("start_date").is_some_and(|text| text.contains("Release the held changes")));
    assert_eq!(scene.status("venue_rooms/delete", &[("venue_room", &hall)]).await, StatusCode::OK);
    assert_eq!(scene.release(&scene.olivia).await, StatusCode::OK);
    let seen = shown(&[("Islands", "12:00 – 13:00"), ("Opening", "14:00 – 15:00")]);
    assert_eq!(scene.shown_to(&visitor, "/agenda").await, seen, "its room is gone");
    assert_eq!(scene.call("events/save", &details).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_starts_as_everybody_sees_it_and_never_before_it_was_released() {
    let scene = AgendaScene::set().await;
    let opening = scene.add("Opening", ("09:00", "10:00"), None).await;
    scene.holds(true).await;
    let closing = scene.add("Closing", ("15:00", "16:00"), None).await;
    assert_eq!(scene.move_to(opening, "13:00", "none").await, StatusCode::OK);
    let event = scene.app.event_id(&scene.event).await;
    let mut at_olivia = scene.olivia.browser.listening(Topic::Event(event)).await;
    let set = async |session: AgendaSessionId, status: &str| {
        let session = session.to_string();
        let fields = [("session", session.as_str()), ("status", status)];
        scene.status("agenda/set_session_status", &fields).await
    };
    assert_eq!(set(closing, "LIVE").await, StatusCode::CONFLICT, "nobody knows of it");
    at_olivia.is_quiet().await;
    assert_eq!(set(opening, "LIVE").await, StatusCode::OK);
    let ServerFrame::SessionStarted { starts_at, .. } = at_olivia.next().await else { panic!("it started") };
    assert_eq!(starts_at, Some(datetime!(2026-09-24 07:00 UTC).into()), "at nine in Berlin");

    let islands = scene.add("Islands", ("11:00", "12:00"), None).await;
    assert_eq!(scene.release(&scene.olivia).await, StatusCode::OK);
    assert_eq!(set(islands, "CANCELLED").await, StatusCode::OK);
    assert_eq!(scene.release(&scene.olivia).await, StatusCode::OK);
    for _double_click in 0..2 {
        assert_eq!(set(islands, "SCHEDULED").await, StatusCode::OK, "held");
    }
    let page = scene.app.browser().get(&scene.path(&format!("/sessions/{islands}"))).await;
    assert!(page.html().text("main").contains("Cancelled"), "for everybody else it still is");
    assert_eq!(set(islands, "LIVE").await, StatusCode::CONFLICT, "it is cancelled for everybody else");
}

#[tokio::test]
async fn what_was_held_while_the_event_was_cancelled_cancels_no_session() {
    let scene = AgendaScene::set().await;
    let opening = scene.add("Opening", ("09:00", "10:00"), None).await.to_string();
    let islands = scene.add("Islands", ("11:00", "12:00"), None).await.to_string();
    scene.holds(true).await;
    let cancelled = [("session", &*islands), ("status", "CANCELLED")];
    assert_eq!(scene.status("agenda/set_session_status", &cancelled).await, StatusCode::OK);
    assert_eq!(scene.status("events/cancel", &[("reason", "Rain")]).await, StatusCode::OK);
    let version: i32 = sqlx::query_scalar("select version from agenda_sessions where title = 'Opening'")
        .fetch_one(&scene.app.services.db)
        .await
        .unwrap();
    let version = version.to_string();
    let rename = [("session", &*opening), ("version", &*version), ("title", "A late opening")];
    assert_eq!(scene.status("agenda/save_session", &rename).await, StatusCode::OK);
    let back = [("session", &*opening), ("status", "SCHEDULED")];
    let refused = scene.status("agenda/set_session_status", &back).await;
    assert_eq!(refused, StatusCode::CONFLICT, "the event comes back first");
    assert_eq!(scene.status("events/reinstate", &[]).await, StatusCode::OK);
    assert_eq!(scene.release(&scene.olivia).await, StatusCode::OK);
    let page = scene.app.browser().get(&scene.path("/agenda")).await.html();
    assert_eq!(page.texts(".session-title"), ["A late opening", "Islands"]);
    assert_eq!(page.texts(".session-card .badge"), ["Cancelled"], "the one that was cancelled by itself");
}

#[tokio::test]
async fn what_is_held_and_came_back_is_no_change_and_rooms_are_renamed_for_everybody() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Main hall").await.to_string();
    let yard = scene.app.venue_room(&scene.olivia, &scene.event, "Yard").await.to_string();
    let opening = scene.add("Opening", ("09:00", "10:00"), Some(hall.parse().unwrap())).await;
    let islands = scene.add("Islands", ("11:00", "12:00"), Some(hall.parse().unwrap())).await;
    scene.holds(true).await;
    for (start, room) in [("13:00", &yard), ("14:00", &hall), ("09:00", &hall)] {
        scene.app.wait(Duration::SECOND);
        assert_eq!(scene.move_to(opening, start, room).await, StatusCode::OK);
    }
    assert!(scene.changes().await.is_empty(), "there and back again");
    assert_eq!(scene.move_to(islands, "11:00", &yard).await, StatusCode::OK);
    for (room, name) in [(&hall, "Great hall"), (&yard, "Garden")] {
        let rename = [("venue_room", room.as_str()), ("version", "1"), ("name", name)];
        assert_eq!(scene.status("venue_rooms/save", &rename).await, StatusCode::OK);
    }
    let change = |old: &str, new: &str, is_released| {
        ("ROOM".to_owned(), Some(old.to_owned()), Some(new.to_owned()), is_released)
    };
    let mut changes = scene.changes().await;
    changes.sort();
    let renamed = change("Main hall", "Great hall", true);
    let expected = [change("Main hall", "Garden", false), renamed.clone(), renamed];
    assert_eq!(changes, expected, "both were there, and everybody sees the name; the new place waits");
}

#[tokio::test]
async fn speakers_are_told_of_sessions_as_the_agenda_shows_them() {
    let scene = AgendaScene::set().await;
    let opening = scene.add("Opening", ("09:00", "10:00"), None).await;
    let ada = scene.member("Ada", "SPEAKER").await;
    scene.holds(true).await;
    let secret = [("session", &*opening.to_string()), ("version", "1"), ("title", "Secret guest")];
    assert_eq!(scene.status("agenda/save_session", &secret).await, StatusCode::OK);
    let unseen = scene.add("Secret encore", ("11:00", "12:00"), None).await;
    scene.speaks(opening, &ada, SessionSpeakerRole::Speaker).await;
    scene.speaks(unseen, &ada, SessionSpeakerRole::Host).await;

    let news = ada.browser.get("/notifications").await.html();
    let told = ["Opening", "Rust Day"].map(|what| format!("New: Olivia Test gave you a part in “{what}”"));
    let mut sentences = news.texts(".notification-sentence");
    sentences.sort();
    assert_eq!(sentences, told);
    let mail = scene.app.inbox.about(&ada.email, "You have a part in Rust Day").await;
    assert!(mail.text.contains("a session of Rust Day: host"), "{}", mail.text);
    let mail = scene.app.inbox.about(&ada.email, "You have a part in “Opening”").await;
    assert!(!mail.text.contains("Secret"), "{}", mail.text);
    for id in news.attributes("input[name=notification]", "value") {
        let opened = ada.browser.submit("/api/notifications/open", &[("notification", &id)]).await;
        assert_eq!(ada.browser.get(opened.location()).await.status, StatusCode::OK, "{}", opened.location());
    }
}
