//! What organizers put in order: the notice of a move takes it back, and rows go to any place of their list.

use http::StatusCode;

use crate::support::{AgendaScene, Client, SponsorScene, html::Html};

/// Presses "Undo" in the notice of a page: sends what its form holds.
async fn undo(browser: &Client, page: &Html) {
    let form = ".toast form";
    let names = page.attributes(&format!("{form} input"), "name");
    let values = page.attributes(&format!("{form} input"), "value");
    let fields: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(values.iter().map(String::as_str)).collect();
    let answer = browser.submit(&page.attributes(form, "action")[0], &fields).await;
    assert_eq!(answer.status, StatusCode::FOUND);
}

#[tokio::test]
async fn a_moved_session_goes_back_from_its_notice() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Hall").await;
    let opening = scene.add("Opening", ("09:00", "10:00"), Some(hall)).await.to_string();
    let in_tray =
        scene.app.session(&scene.olivia, &scene.event, "Knots", ("", ""), None).await.id.to_string();
    let browser = &scene.olivia.browser;
    let stands = async || {
        let stored = "select s.starts_at || ' ' || coalesce(r.name, 'nowhere') from agenda_sessions s
                      left join venue_rooms r on r.id = s.venue_room_id where s.id = $1::uuid";
        let row = sqlx::query_scalar::<_, String>(stored).bind(&opening);
        row.fetch_one(&scene.app.services.db).await.unwrap()
    };
    let before = stands().await;
    let moved = async |session: &str| {
        let to = [
            ("event", &*scene.event),
            ("session", session),
            ("starts_at", "2026-09-25T15:10"),
            ("venue_room", ""),
            ("snap", "15"),
            ("back", "grid"),
        ];
        let answer = browser.submit("/api/agenda/move_session", &to).await;
        let page = answer.location().split('#').next().unwrap().to_owned();
        browser.get(&page).await.html()
    };
    let notice = moved(&opening).await;
    assert_ne!(stands().await, before);
    undo(browser, &notice).await;
    assert_eq!(stands().await, before, "time and room, to the minute");
    assert!(
        !browser.get(&scene.path("/agenda")).await.html().has(".toast form"),
        "elsewhere nothing is offered"
    );
    let placed = "select starts_at is not null from agenda_sessions where id = $1::uuid";
    let is_placed = async || {
        let row = sqlx::query_scalar::<_, bool>(placed).bind(&in_tray);
        row.fetch_one(&scene.app.services.db).await.unwrap()
    };
    let notice = moved(&in_tray).await;
    assert!(is_placed().await);
    undo(browser, &notice).await;
    assert!(!is_placed().await, "it had no time: back into the tray");
}

#[tokio::test]
async fn a_session_that_went_into_the_tray_comes_back_from_its_notice() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Hall").await;
    let opening = scene.add("Opening", ("09:00", "10:30"), Some(hall)).await.to_string();
    let browser = &scene.olivia.browser;
    let stands = async || {
        let stored = "select starts_at, ends_at, venue_room_id from agenda_sessions where id = $1::uuid";
        let row = sqlx::query_as::<
            _,
            (Option<time::OffsetDateTime>, Option<time::OffsetDateTime>, Option<uuid::Uuid>),
        >(stored);
        row.bind(&opening).fetch_one(&scene.app.services.db).await.unwrap()
    };
    let before = stands().await;
    let fields = [("event", &*scene.event), ("session", &opening), ("back", "grid")];
    let answer = browser.submit("/api/agenda/unschedule_session", &fields).await;
    let page = answer.location().to_owned();
    assert!(page.ends_with("/manage/agenda#tray"), "{page}");
    assert_eq!(stands().await.0, None);
    undo(browser, &browser.get(page.trim_end_matches("#tray")).await.html()).await;
    assert_eq!(stands().await, before, "as long as it was");
    browser.get(page.trim_end_matches("#tray")).await;

    let answer = browser.submit("/api/agenda/unschedule_session", &fields).await;
    let notice = browser.get(answer.location().trim_end_matches("#tray")).await.html();
    let elsewhere =
        [("session", opening.as_str()), ("starts_at", "2026-09-25T15:00"), ("venue_room", "none")];
    assert_eq!(scene.status("agenda/move_session", &elsewhere).await, StatusCode::OK);
    let colleagues = stands().await;
    undo(browser, &notice).await;
    assert_eq!(stands().await, colleagues, "somebody else has given it a time");

    let attendee = scene.member("Ada", "ATTENDEE").await;
    let refused = scene.call_as(&attendee, "agenda/unschedule_session", &[("session", &opening)]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_cancelled_session_takes_place_again_from_its_notice() {
    let scene = AgendaScene::set().await;
    let opening = scene.add("Opening", ("09:00", "10:00"), None).await.to_string();
    let browser = &scene.olivia.browser;
    let status = async || {
        let stored = "select status from agenda_sessions where id = $1::uuid";
        let row = sqlx::query_scalar::<_, String>(stored).bind(&opening);
        row.fetch_one(&scene.app.services.db).await.unwrap()
    };
    let page = scene.path(&format!("/manage/agenda/{opening}"));
    let set = async |status: &str| {
        let fields = [("event", &*scene.event), ("session", &*opening), ("status", status)];
        browser.submit("/api/agenda/set_session_status", &fields).await;
        browser.get(&page).await.html()
    };
    let notice = set("CANCELLED").await;
    assert!(notice.text(".toast").contains("The session is cancelled."), "{}", notice.text(".toast"));
    assert_eq!(status().await, "CANCELLED");
    undo(browser, &notice).await;
    assert_eq!(status().await, "SCHEDULED");
    browser.get(&page).await;
    set("LIVE").await;
    let again = set("LIVE").await;
    assert_eq!(
        (again.text(".toast"), again.has(".toast form")),
        ("Saved.".to_owned(), false),
        "nothing to take back"
    );
}

#[tokio::test]
async fn a_moved_sponsor_goes_back_from_its_notice() {
    let scene = SponsorScene::set().await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C"] {
        ids.push(scene.add("Gold", name).await.to_string());
    }
    let silver = scene.app.sponsor_tier(&scene.olivia, &scene.event, "Silver").await;
    let (browser, board) = (&scene.olivia.browser, format!("/events/{}/manage/sponsors", scene.event));
    for (sponsor, place) in [(2, format!("{silver}.first")), (0, format!("{silver}.last"))] {
        let fields = [("event", &*scene.event), ("sponsor", &*ids[sponsor]), ("place", &place)];
        browser.submit("/api/sponsors/move", &fields).await;
        assert_eq!(scene.names("Gold").await.len(), 2);
        undo(browser, &browser.get(&board).await.html()).await;
        assert_eq!(scene.names("Gold").await, ["A", "B", "C"]);
    }
}

#[tokio::test]
async fn entries_of_a_list_go_to_any_place() {
    let scene = SponsorScene::set().await;
    for title in ["Where?", "When?", "How?"] {
        let fields = [("list", "faqs"), ("title", title), ("text", "By the water.")];
        assert_eq!(scene.status("events/add_entry", &fields).await, StatusCode::OK);
    }
    let page = format!("/events/{}/manage/content/faqs", scene.event);
    let shown = async || scene.olivia.browser.get(&page).await.html();
    let shift = async |at: &str, shift: &str| {
        let version = shown().await.value("version");
        let fields = [("list", "faqs"), ("at", at), ("version", &*version), ("shift", shift)];
        scene.status("events/shift_entry", &fields).await
    };
    for (at, to, order) in [
        ("2", "first", ["How?", "Where?", "When?"]),
        ("0", "after.1", ["Where?", "How?", "When?"]),
        ("0", "after.2", ["How?", "When?", "Where?"]),
    ] {
        assert_eq!(shift(at, to).await, StatusCode::OK);
        assert_eq!(shown().await.texts("[data-order] .row-title"), order, "{at} to {to}");
    }
    assert_eq!(shift("0", "after.3").await, StatusCode::CONFLICT, "nothing is there");
    // What was removed comes back to its place.
    let version = shown().await.value("version");
    let event = scene.event.as_str();
    let remove =
        [("event", event), ("list", "faqs"), ("at", "1"), ("version", &*version), ("shift", "remove")];
    let after = scene.olivia.browser.submit_and_follow("/api/events/shift_entry", &remove).await.html();
    assert_eq!(after.texts("[data-order] .row-title"), ["How?", "Where?"]);
    let value = |name: &str| after.attributes(&format!(".toast input[name={name}]"), "value").remove(0);
    let undo = ["event", "list", "title", "text", "icon", "place"].map(|name| (name, value(name)));
    let undo = undo.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(scene.olivia.browser.status("/api/events/add_entry", &undo).await, StatusCode::OK);
    assert_eq!(shown().await.texts("[data-order] .row-title"), ["How?", "When?", "Where?"]);
    assert_eq!(shift("0", "after.-1").await, StatusCode::UNPROCESSABLE_ENTITY);
    let stale = [("list", "faqs"), ("at", "0"), ("version", "1"), ("shift", "after.2")];
    assert_eq!(scene.status("events/shift_entry", &stale).await, StatusCode::CONFLICT);
    assert_eq!(shown().await.texts("[data-order] .row-title"), ["How?", "When?", "Where?"]);
}

#[tokio::test]
async fn a_page_that_fetches_itself_anew_leaves_the_notice_to_who_comes_from_the_form() {
    let scene = AgendaScene::set().await;
    let opening = scene.add("Opening", ("09:00", "10:00"), None).await.to_string();
    let browser = &scene.olivia.browser;
    let fields = [("event", &*scene.event), ("session", &opening), ("status", "CANCELLED")];
    let page = browser.submit("/api/agenda/set_session_status", &fields).await.location().to_owned();
    let fetched = browser.request(http::Method::GET, &page).header("x-refresh", "yes").send().await.unwrap();
    assert!(!fetched.text().await.unwrap().contains("The session is cancelled."));
    assert!(browser.get(&page).await.html().text(".toast").contains("The session is cancelled."));
    assert!(!browser.get(&page).await.html().has(".toast"), "once");
}
