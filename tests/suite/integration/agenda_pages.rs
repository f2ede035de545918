//! What visitors, members and organizers find on the pages of an agenda.

use domain::agenda::SessionSpeakerRole;
use http::StatusCode;

use crate::support::{AgendaScene, EventForm};

#[tokio::test]
async fn filters_stand_in_the_address_and_come_off_one_by_one() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Main hall").await;
    let web = scene.app.track(&scene.olivia, &scene.event, "Web").await.to_string();
    let opening = scene.add("Opening", ("09:00", "10:00"), Some(hall)).await;
    let islands = scene.add("Islands", ("10:00", "11:00"), None).await.to_string();
    let save = [
        ("session", islands.as_str()),
        ("version", "1"),
        ("track", &web),
        ("kind", "WORKSHOP"),
        ("language", "de"),
        ("tags", "Rust, Web"),
    ];
    assert_eq!(scene.status("agenda/save_session", &save).await, StatusCode::OK);
    let sam = scene.member("Sam", "SPEAKER").await;
    scene.speaks(opening, &sam, SessionSpeakerRole::Host).await;
    let page =
        async |query: &str| scene.app.browser().get(&scene.path(&format!("/agenda{query}"))).await.html();
    let shown = async |query: &str| page(query).await.texts(".session-title");
    assert_eq!(shown("").await, ["Opening", "Islands"]);
    for (query, only) in [
        (format!("?room={hall}"), "Opening"),
        (format!("?speaker={}", sam.signed_in.user), "Opening"),
        (format!("?track={web}"), "Islands"),
        ("?kind=WORKSHOP".to_owned(), "Islands"),
        ("?language=DE".to_owned(), "Islands"),
        ("?tag=rust".to_owned(), "Islands"),
        ("?q=sam+test".to_owned(), "Opening"),
    ] {
        assert_eq!(shown(&query).await, [only], "{query}");
    }
    let both = page(&format!("?track={web}&q=island")).await;
    let path = scene.path("/agenda");
    assert_eq!(
        both.attributes(".filter-pill", "href"),
        [format!("{path}?q=island"), format!("{path}?track={web}")]
    );
    let nothing = page("?q=nowhere").await;
    assert!(nothing.text(".empty").contains("No session fits"));
    assert_eq!(nothing.attributes(".empty a", "href"), [path], "one step back to all of it");
    assert_eq!(shown("?room=nonsense&kind=PARTY").await.len(), 2, "what can't be read filters nothing");
}

#[tokio::test]
async fn times_are_shown_in_one_zone_with_a_switch_where_the_other_differs() {
    let scene = AgendaScene::set().await;
    let mut form = EventForm::default();
    form.0.title = "Perth nights".to_owned();
    form.0.time_zone = "Australia/Perth".to_owned();
    let event = scene.app.draft(&scene.olivia, "atria-test", form).await;
    scene.olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;
    let times = ("2026-09-25T00:00", "2026-09-25T01:00");
    scene.app.session(&scene.olivia, &event, "Midnight", times, None).await;
    let at = async |zone: &str, query: &str| {
        let path = format!("/events/{event}/agenda{query}");
        scene.app.browser().get_with_cookie(&path, &format!("zone={zone}")).await.html()
    };
    let phoenix = at("America/Phoenix", "").await;
    assert_eq!(
        phoenix.texts(".session-time"),
        ["09:00 −1 day – 10:00 −1 day, 1 h"],
        "an online event opens in mine"
    );
    assert!(phoenix.text(".agenda-zone").starts_with("Times of America/Phoenix (UTC−7)."));
    assert_eq!(
        phoenix.texts(".agenda-day h2"),
        ["Thursday 24 September 2026 Day 1", "Friday 25 September 2026 Day 2"]
    );
    let link = phoenix.attributes(".agenda-zone a", "href").remove(0);
    assert_eq!(link, format!("/events/{event}/agenda?zone=event"));
    let perth = at("America/Phoenix", "?zone=event").await;
    assert_eq!(perth.texts(".session-time"), ["00:00 – 01:00, 1 h"]);
    assert!(perth.text(".agenda-zone").contains("Show my times: America/Phoenix (UTC−7)"));
    for same in ["Australia/Perth", "Asia/Shanghai", "Nowhere/Land"] {
        assert!(!at(same, "").await.has(".agenda-zone a"), "{same}: nothing to choose");
    }
}

#[tokio::test]
async fn visitors_see_a_public_agenda_and_nothing_of_a_draft_a_private_event_or_the_tray() {
    let scene = AgendaScene::set().await;
    let opening = scene.add("Opening", ("09:00", "10:00"), None).await;
    let tray = scene.app.session(&scene.olivia, &scene.event, "Undecided", ("", ""), None).await.id;
    let (sam, ada) = (scene.member("Sam", "SPEAKER").await, scene.member("Ada", "ATTENDEE").await);
    scene.speaks(opening, &sam, SessionSpeakerRole::Keynote).await;
    let visitor = scene.app.browser();
    let pages = [
        "/agenda".to_owned(),
        format!("/sessions/{opening}"),
        "/speakers".to_owned(),
        format!("/speakers/{}", sam.signed_in.user),
    ];
    for page in &pages {
        assert_eq!(visitor.get(&scene.path(page)).await.status, StatusCode::OK, "{page}");
    }
    assert!(
        visitor.get(&scene.path("")).await.html().text("main").contains("Opening"),
        "and what comes next"
    );
    for who in [&visitor, &sam.browser, &ada.browser] {
        assert_eq!(who.get(&scene.path(&format!("/sessions/{tray}"))).await.status, StatusCode::NOT_FOUND);
        assert!(!who.get(&scene.path("/agenda")).await.body.contains("Undecided"));
    }
    assert_eq!(
        scene.olivia.browser.get(&scene.path(&format!("/sessions/{tray}"))).await.status,
        StatusCode::OK
    );
    assert!(
        scene
            .olivia
            .browser
            .get(&scene.path("/manage/agenda"))
            .await
            .html()
            .text("main")
            .contains("Undecided")
    );
    assert_eq!(
        visitor.get(&scene.path(&format!("/speakers/{}", ada.signed_in.user))).await.status,
        StatusCode::NOT_FOUND
    );
    for (change, of_member) in
        [("visibility = 'PRIVATE'", StatusCode::OK), ("status = 'DRAFT'", StatusCode::NOT_FOUND)]
    {
        let change = format!("update events set {change} where slug = $1");
        let change = sqlx::query(sqlx::AssertSqlSafe(change)).bind(&scene.event);
        change.execute(&scene.app.services.db).await.unwrap();
        for page in &pages {
            assert_eq!(visitor.get(&scene.path(page)).await.status, StatusCode::NOT_FOUND, "{page}");
            assert_eq!(ada.browser.get(&scene.path(page)).await.status, of_member, "{page}");
            assert_eq!(sam.browser.get(&scene.path(page)).await.status, StatusCode::OK, "{page}");
        }
    }
}

#[tokio::test]
async fn rooms_and_tracks_are_named_ordered_and_deleted_without_their_sessions() {
    let scene = AgendaScene::set().await;
    let names = async || scene.agenda().await.rooms.into_iter().map(|room| room.name).collect::<Vec<_>>();
    let mut ids = Vec::new();
    for name in ["A", "B", "C"] {
        ids.push(scene.app.venue_room(&scene.olivia, &scene.event, name).await);
    }
    let session = scene.add("Opening", ("09:00", "10:00"), Some(ids[1])).await;
    let [a, b, c] = [ids[0].to_string(), ids[1].to_string(), ids[2].to_string()];
    let step = [("venue_room", c.as_str()), ("after", a.as_str())];
    assert_eq!(scene.status("venue_rooms/move", &step).await, StatusCode::OK);
    assert_eq!(names().await, ["A", "C", "B"]);
    let key = scene.app.form_key();
    let twin = [("event", scene.event.as_str()), ("name", "a"), ("form_key", &key)];
    let page = scene.olivia.browser.submit_and_follow("/api/venue_rooms/create", &twin).await.html();
    assert_eq!(page.field_error("name").as_deref(), Some("Another room of this event has this name."));
    let grow = [("venue_room", b.as_str()), ("version", "1"), ("capacity", "many")];
    assert_eq!(scene.status("venue_rooms/save", &grow).await, StatusCode::UNPROCESSABLE_ENTITY);
    let grow = [("venue_room", b.as_str()), ("version", "1"), ("capacity", "40")];
    assert_eq!(scene.status("venue_rooms/save", &grow).await, StatusCode::OK);
    assert_eq!(
        scene.status("venue_rooms/save", &grow).await,
        StatusCode::CONFLICT,
        "a newer version is there"
    );
    assert_eq!(scene.status("venue_rooms/delete", &[("venue_room", &b)]).await, StatusCode::OK);
    assert_eq!(scene.status("venue_rooms/delete", &[("venue_room", &b)]).await, StatusCode::NOT_FOUND);
    assert_eq!(scene.agenda().await.session(session).unwrap().room, None, "its session stays");
    let gone = [("venue_room", a.as_str()), ("after", b.as_str())];
    assert_eq!(scene.call("venue_rooms/move", &gone).await.error(), domain::Conflict::OrderChanged.into());
    let web = scene.app.track(&scene.olivia, &scene.event, "Web").await.to_string();
    let paint = [("track", web.as_str()), ("version", "1"), ("colour", "blue")];
    assert_eq!(scene.status("tracks/save", &paint).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(scene.status("tracks/delete", &[("track", &web)]).await, StatusCode::OK);
    assert_eq!(scene.agenda().await.tracks, []);
}
