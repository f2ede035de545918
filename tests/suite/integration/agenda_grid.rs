//! The days of an agenda as grids of rooms and times: for everybody, and for organizers to work in.

use crate::support::AgendaScene;

#[tokio::test]
async fn every_room_in_use_has_a_column_and_rooms_are_hidden_by_filter() {
    let scene = AgendaScene::set().await;
    let mut rooms = Vec::new();
    for n in 1..=7 {
        let room = scene.app.venue_room(&scene.olivia, &scene.event, &format!("Room {n}")).await;
        scene.add(&format!("Session {n}"), ("09:00", "10:00"), Some(room)).await;
        rooms.push(room);
    }
    scene.app.venue_room(&scene.olivia, &scene.event, "Attic").await;
    let page =
        async |query: &str| scene.app.browser().get(&scene.path(&format!("/agenda{query}"))).await.html();
    let all = page("").await;
    let names: Vec<String> = (1..=7).map(|n| format!("Room {n}")).collect();
    assert_eq!(all.texts(".day-room"), names, "and none for the attic");
    assert_eq!(all.attributes(".day-grid", "class"), ["day-grid cols-7"]);
    assert!(all.has(".wrap-wide") && !all.has("[data-day-grid]"), "wide, and nothing to drop on");
    assert_eq!(all.texts(".filter-room").len(), 8);
    let two = page(&format!("?room={}&room={}", rooms[1], rooms[4])).await;
    assert_eq!(two.texts(".day-room"), ["Room 2", "Room 5"]);
    assert_eq!(two.texts(".session-title"), ["Session 2", "Session 5"]);
    let path = scene.path("/agenda");
    let without = [format!("{path}?room={}", rooms[4]), format!("{path}?room={}", rooms[1])];
    assert_eq!(two.attributes(".filter-pill", "href"), without, "each comes off by itself");
    assert_eq!(two.attributes(".filter-room [checked]", "value").len(), 2);
}

#[tokio::test]
async fn the_editor_has_all_rooms_and_days_to_drop_on_and_every_step_to_snap_to() {
    let scene = AgendaScene::set().await;
    for name in ["Hall", "Attic"] {
        scene.app.venue_room(&scene.olivia, &scene.event, name).await;
    }
    scene.add("Opening", ("07:30", "08:00"), None).await;
    let page = scene.olivia.browser.get(&scene.path("/manage/agenda")).await.html();
    assert_eq!(
        page.attributes("[data-day-grid]", "data-day"),
        ["2026-09-24T07:00", "2026-09-25T08:00"],
        "the second day has no session"
    );
    assert_eq!(page.texts(".day-room"), ["Hall", "Attic", "No room", "Hall", "Attic"]);
    assert_eq!(page.texts(".day-hour").len(), 11 + 10, "a working day of hours");
    assert_eq!(page.attributes("[data-snap] option", "value"), ["5", "15", "30", "60"]);
    assert_eq!(page.attributes("[data-snap] option[selected]", "value"), ["15"]);
    let maya = scene.member("Maya", "MODERATOR").await;
    assert_eq!(
        maya.browser.get(&scene.path("/manage/agenda")).await.status,
        http::StatusCode::FORBIDDEN,
        "organizers only"
    );
}

#[tokio::test]
async fn a_break_spans_all_rooms_unless_it_would_cover_a_session() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Hall").await;
    scene.add("Opening", ("09:00", "10:00"), Some(hall)).await;
    let lunch = scene.add("Lunch", ("12:00", "13:00"), None).await.to_string();
    let change = [("session", &*lunch), ("version", "1"), ("kind", "BREAK")];
    assert_eq!(scene.status("agenda/save_session", &change).await, http::StatusCode::OK);
    let grid = async || {
        let page = scene.app.browser().get(&scene.path("/agenda")).await.html();
        (page.texts(".day-room"), page.attributes(".session-card.col-all", "id").len())
    };
    assert_eq!(grid().await, (vec!["Hall".to_owned()], 1), "as wide as all rooms");
    scene.add("Meet the crew", ("12:30", "13:30"), Some(hall)).await;
    assert_eq!(
        grid().await,
        (vec!["Hall".to_owned(), "No room".to_owned()], 0),
        "beside what is on meanwhile"
    );
}

#[tokio::test]
async fn what_is_dropped_snaps_to_the_chosen_step() {
    let scene = AgendaScene::set().await;
    let id = scene.add("Opening", ("09:00", "10:00"), None).await;
    let session = id.to_string();
    for (snap, minutes) in [("5", 20), ("15", 15), ("30", 30), ("60", 0), ("", 22)] {
        let to = [
            ("session", &*session),
            ("starts_at", "2026-09-25T14:22"),
            ("venue_room", "none"),
            ("snap", snap),
        ];
        assert_eq!(scene.status("agenda/move_session", &to).await, http::StatusCode::OK);
        let start = scene.agenda().await.session(id).unwrap().times.unwrap().starts_at();
        assert_eq!((start.hour(), start.minute()), (12, minutes), "{snap}: in Berlin it is 14");
    }
    let wrong = [("session", &*session), ("starts_at", "2026-09-25T14:22"), ("snap", "7")];
    let refused = scene.call("agenda/move_session", &wrong).await.error();
    assert!(matches!(refused, domain::AppError::Invalid(errors) if errors.get("snap").is_some()));
    let page = scene.olivia.browser.get(&scene.path(&format!("/manage/agenda/{session}"))).await.html();
    assert_eq!(
        page.attributes("#move [name=snap] option", "value"),
        ["", "5", "15", "30", "60"],
        "and by keyboard"
    );
}
