//! What somebody chose of an agenda, and how its pages keep up with the day.

use http::StatusCode;

use crate::support::cast::PASSWORD;
use crate::support::{AgendaScene, AttendingScene};

const STAR: &str = "/api/attending/star";

#[tokio::test]
async fn stars_on_cards_make_a_schedule_before_sign_in_and_after() {
    let scene = AgendaScene::set().await;
    let opening = scene.add("Opening", ("09:00", "10:00"), None).await.to_string();
    let islands = scene.add("Islands", ("09:30", "10:30"), None).await.to_string();
    scene.add("Closing", ("10:30", "11:00"), None).await;
    let (account, visitor) = (scene.app.person("Ada").await, scene.app.browser());
    let agenda = scene.path("/agenda");
    let page = async |query: &str| visitor.get(&format!("{agenda}{query}")).await.html();
    let before = page("?q=n").await;
    assert_eq!(before.text(".mine-link"), "Only mine (0)");
    let back = before.attributes(".session-card .star-form [name=next]", "value");
    assert_eq!(back[0], format!("{agenda}?q=n#session-{opening}"), "back to the very card");
    let nothing = page("?mine=yes").await;
    assert!(nothing.text(".empty").contains("Nothing chosen yet"));
    assert_eq!(nothing.attributes(".empty a", "href"), [agenda.as_str()]);

    for session in [&opening, &islands] {
        let star = [("event", &*scene.event), ("session", session), ("starred", "yes"), ("next", &back[0])];
        assert_eq!(visitor.submit(STAR, &star).await.location(), back[0]);
    }
    let overlaps = ["Overlaps with “Islands” of yours.", "Overlaps with “Opening” of yours."];
    for who in ["a visitor", "Ada"] {
        let all = page("").await;
        assert_eq!(all.text(".mine-link"), "Only mine (2)", "{who}");
        assert_eq!(all.texts(".session-title"), ["Opening", "Islands", "Closing"]);
        assert_eq!(all.texts(".session-overlap"), overlaps, "{who}: the third one touches only");
        assert_eq!(all.attributes(".session-card .star-button", "aria-pressed"), ["true", "true", "false"]);
        let mine = page("?mine=yes").await;
        assert_eq!((mine.text("h1"), mine.texts(".session-title").len()), ("My schedule".to_owned(), 2));
        assert_eq!(page("?mine=yes&q=islands").await.texts(".session-title"), ["Islands"]);
        visitor.sign_in(&account.email, PASSWORD).await;
    }
    let other = scene.app.browser().get(&agenda).await.html();
    assert_eq!(other.text(".mine-link"), "Only mine (0)", "nobody else's");
    let unstar = [("event", &*scene.event), ("session", &*islands), ("starred", "no"), ("next", &agenda)];
    visitor.submit(STAR, &unstar).await;
    assert!(!page("").await.has(".session-overlap"));
}

#[tokio::test]
async fn speakers_pages_have_stars_for_their_sessions() {
    let scene = AgendaScene::set().await;
    let opening = scene.add("Opening", ("09:00", "10:00"), None).await;
    let sam = scene.member("Sam", "SPEAKER").await;
    scene.speaks(opening, &sam, domain::agenda::SessionSpeakerRole::Speaker).await;
    let own = scene.path(&format!("/speakers/{}", sam.signed_in.user));
    let visitor = scene.app.browser();
    for page in [scene.path("/speakers?q=sam"), own.clone()] {
        let html = visitor.get(&page).await.html();
        assert_eq!(html.attributes(".star-form [name=next]", "value"), [page.as_str()]);
        assert_eq!(html.attributes(".star-button", "aria-pressed"), ["false"]);
    }
    let session = opening.to_string();
    let star = [("event", &*scene.event), ("session", &*session), ("starred", "yes"), ("next", &*own)];
    let page = visitor.submit_and_follow(STAR, &star).await.html();
    assert_eq!(page.attributes(".star-button", "aria-pressed"), ["true"]);
}

#[tokio::test]
async fn a_place_in_a_session_stands_in_the_schedule_to_which_ones_own_page_leads() {
    let scene = AttendingScene::set().await;
    scene.seats(Some(10), true).await;
    let (ada, ben) = (scene.join("Ada", "ATTENDEE").await, scene.join("Ben", "ATTENDEE").await);
    assert_eq!(scene.status(&ada, "attending/sign_up", &[]).await, StatusCode::OK);
    let page = async |who: &crate::support::Member, below: &str| {
        who.browser.get(&format!("/events/{}{below}", scene.event)).await.html()
    };
    assert_eq!(page(&ada, "/agenda").await.texts(".session-place"), ["You have a place."]);
    assert_eq!(page(&ada, "/agenda?mine=yes").await.texts(".session-title"), ["Opening"]);
    assert!(!page(&ben, "/agenda").await.has(".session-place"));
    let links = page(&ada, "/me").await.attributes("section[aria-labelledby=own-sessions] a", "href");
    let event = format!("/events/{}", scene.event);
    assert_eq!(links, [format!("{event}/agenda?mine=yes"), format!("{event}/calendar")]);
    assert_eq!(scene.status(&ada, "attending/cancel_sign_up", &[]).await, StatusCode::OK);
    assert_eq!(page(&ada, "/agenda").await.text(".mine-link"), "Only mine (0)");
}

#[tokio::test]
async fn a_session_that_moved_says_so_once_everybody_may_know() {
    let scene = AgendaScene::set().await;
    let (moved, stays) = (
        scene.add("Opening", ("09:00", "10:00"), None).await,
        scene.add("Islands", ("09:00", "10:00"), None),
    );
    stays.await;
    let badges = async || {
        let page = scene.app.browser().get(&scene.path("/agenda")).await.html();
        page.texts(".session-card .badge")
    };
    assert!(badges().await.is_empty());
    let id = moved.to_string();
    let save = [("session", id.as_str()), ("version", "1"), ("title", "Welcome")];
    assert_eq!(scene.status("agenda/save_session", &save).await, StatusCode::OK);
    assert!(badges().await.is_empty(), "another title is no move");
    let to = [("session", id.as_str()), ("venue_room", "none"), ("starts_at", "2026-09-24T11:00")];
    assert_eq!(scene.status("agenda/move_session", &to).await, StatusCode::OK);
    assert_eq!(badges().await, ["Moved"]);
    let back = [("session", id.as_str()), ("venue_room", "none"), ("starts_at", "2026-09-24T09:00")];
    assert_eq!(scene.status("agenda/move_session", &back).await, StatusCode::OK);
    assert!(badges().await.is_empty(), "it is where it was");
    let fields: Vec<String> = scene.changes().await.into_iter().map(|(field, ..)| field).collect();
    assert_eq!(fields, ["TITLE"], "and nobody hears of what was taken back at once");
    assert_eq!(scene.status("agenda/move_session", &to).await, StatusCode::OK);
    let told = "update agenda_changes set told_at = released_at";
    sqlx::query(told).execute(&scene.app.services.db).await.unwrap();
    assert_eq!(scene.status("agenda/move_session", &back).await, StatusCode::OK);
    assert!(badges().await.is_empty(), "also after some were told");
    assert_eq!(scene.changes().await.len(), 3, "who hear of the way back");
    assert_eq!(scene.status("agenda/move_session", &to).await, StatusCode::OK);
    assert_eq!(badges().await, ["Moved"]);
    let tray =
        scene.app.session(&scene.olivia, &scene.event, "Harbours", ("", ""), None).await.id.to_string();
    let first = [("session", &*tray), ("venue_room", "none"), ("starts_at", "2026-09-24T15:00")];
    assert_eq!(scene.status("agenda/move_session", &first).await, StatusCode::OK);
    assert_eq!(badges().await, ["Moved"], "a first time is no move");
}

#[tokio::test]
async fn the_zone_somebody_switched_to_stays_in_that_event() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let shown = async |below: &str, cookie: &str| {
        scene.app.browser().get_with_cookie(&scene.path(below), cookie).await.html().text(".agenda-zone")
    };
    let phoenix = "zone=America/Phoenix";
    let kept = format!("{phoenix}; event-zone=event");
    for page in ["/agenda".to_owned(), format!("/sessions/{session}")] {
        assert!(shown(&page, phoenix).await.starts_with("Times of America/Phoenix"), "{page}: it is online");
        assert!(shown(&page, &kept).await.starts_with("Times of Europe/Berlin"), "{page}");
        let back = format!("{page}?zone=mine");
        assert!(
            shown(&back, &kept).await.starts_with("Times of America/Phoenix"),
            "{page}: the address wins"
        );
    }
    let odd = format!("{phoenix}; event-zone=moon");
    assert!(shown("/agenda", &odd).await.starts_with("Times of America/Phoenix"), "as if nothing was kept");
    for same in ["event-zone=mine", "zone=Europe/Berlin; event-zone=mine"] {
        assert!(
            shown("/agenda", same).await.starts_with("Times of Europe/Berlin"),
            "{same}: there is no other"
        );
    }
}

#[tokio::test]
async fn paper_says_whose_times_these_are_and_leads_back_to_the_agenda() {
    let scene = AgendaScene::set().await;
    scene.add("Opening", ("09:00", "10:00"), None).await;
    let page = scene.app.browser().get(&scene.path("/agenda")).await.html();
    let foot = page.text(".print-foot");
    let address = format!("{}{}", scene.app.origin, scene.path("/agenda"));
    assert!(foot.contains("Times of Europe/Berlin") && foot.contains(&address), "{foot}");
    assert_eq!(page.attributes(".print-foot svg", "aria-label"), ["The address of this agenda as a QR code"]);
    assert!(page.attributes(".print-foot svg path", "d")[0].starts_with("M2 2h1v1h-1z"));
}

#[tokio::test]
async fn the_line_of_now_stands_in_the_hours_of_today_alone() {
    let scene = AgendaScene::set().await;
    scene.add("Opening", ("09:00", "10:00"), None).await;
    let at = async |minutes: i64| {
        let start = time::macros::datetime!(2026-09-24 07:00 UTC) + time::Duration::minutes(minutes);
        scene.app.wait(start - scene.app.services.clock.now());
        let page = scene.app.browser().get(&scene.path("/agenda")).await.html();
        (page.attributes(".day-now:not([hidden])", "class"), page.has("[data-jump-now]"))
    };
    assert_eq!(at(-24 * 60).await, (vec![], false), "the day before");
    assert_eq!(at(-30).await, (vec![], true), "before the first session");
    assert_eq!(at(30).await, (vec!["day-now slot-8".to_owned()], true));
    assert_eq!(at(60).await, (vec![], true), "after the last one");
}

#[tokio::test]
async fn the_start_page_has_stars_and_what_comes_next_of_ones_own() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    let page = format!("/events/{}/now", scene.event);
    let shown = async || ada.browser.get(&page).await.html();
    let before = shown().await;
    assert!(!before.has("#next-own"));
    assert_eq!(
        before.attributes(".star-form [name=next]", "value"),
        [page.as_str()],
        "at the one that is next"
    );
    assert_eq!(before.attributes(".star-button", "aria-pressed"), ["false"]);
    let star = async |starred: &str| {
        let session = scene.session.to_string();
        let fields =
            [("event", &*scene.event), ("session", &*session), ("starred", starred), ("next", &*page)];
        assert_eq!(ada.browser.submit(STAR, &fields).await.location(), page);
    };
    star("yes").await;
    let after = shown().await;
    assert_eq!(after.texts("[aria-labelledby=next-own] .row-title"), ["Opening"]);
    let when = after.text("[aria-labelledby=next-own] .meta");
    assert_eq!(
        when, "Thursday 24 September 2026, 09:00 – 10:00",
        "by the clocks of the event, as what is on"
    );
    assert_eq!(after.attributes(".star-button", "aria-pressed"), ["true", "true"], "in both lists");
    scene.app.wait(crate::support::attending::START - scene.app.services.clock.now());
    ada.browser.sign_in(&ada.email, PASSWORD).await;
    let begun = shown().await;
    assert!(!begun.has("#next-own"), "it is on, not next");
    assert_eq!(begun.attributes("[aria-labelledby=on-now] .star-button", "aria-pressed"), ["true"]);
    star("no").await;
    assert_eq!(shown().await.attributes(".star-button", "aria-pressed"), ["false"]);
}

#[tokio::test]
async fn whoever_gets_a_part_in_a_session_is_told() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (ada, id) = (scene.app.person("Ada").await, session.to_string());
    scene.app.register(&ada, &scene.event).await;
    for who in [&ada, &scene.olivia] {
        let user = who.signed_in.user.to_string();
        let part = [("session", id.as_str()), ("speaker", &user), ("role", "PANELIST")];
        assert_eq!(scene.status("agenda/add_speaker", &part).await, StatusCode::OK);
    }
    let mail = scene.app.inbox.about("ada@example.org", "You have a part in “Opening”").await;
    assert!(mail.text.contains("Olivia Test gave you a part"), "{}", mail.text);
    assert!(mail.text.contains(&format!("/events/{}/sessions/{id}", scene.event)));
    let news = ada.browser.get("/notifications").await.html();
    assert_eq!(news.texts(".notification-sentence"), ["New: Olivia Test gave you a part in “Opening”"]);
    assert_eq!(news.texts(".notification-detail"), ["Panelist"]);
    let own = scene.olivia.browser.get("/notifications").await.html();
    assert_eq!(own.texts(".notification-sentence"), [""; 0], "nobody is told of their own doing");
}
