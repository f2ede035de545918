//! What an event's page offers to keep and to pass on: its primary action, its days, its link, picture and calendar file.

use http::StatusCode;
use time::Duration;

use crate::support::attending::START;
use crate::support::pictures::{png, upload};
use crate::support::{AttendingScene, Client, EventForm, TestApp};

/// The picture under an address, with the name browsers keep it under; `None` where there is none.
async fn picture(browser: &Client, path: &str) -> Option<(image::DynamicImage, String)> {
    let response = browser.request(http::Method::GET, path).send().await.unwrap();
    if response.status() != StatusCode::OK {
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        return None;
    }
    assert_eq!(response.headers()["content-type"], "image/png");
    assert_eq!(response.headers()["cache-control"], "public, max-age=3600");
    let etag = response.headers()["etag"].to_str().unwrap().to_owned();
    let file = response.bytes().await.unwrap();
    Some((image::load_from_memory_with_format(&file, image::ImageFormat::Png).expect("a PNG"), etag))
}

async fn again(browser: &Client, path: &str, etag: &str) -> StatusCode {
    let request = browser.request(http::Method::GET, path).header("if-none-match", etag);
    request.send().await.unwrap().status()
}

#[tokio::test]
async fn every_public_event_and_session_has_a_picture_for_link_previews() {
    let scene = AttendingScene::set().await;
    let visitor = scene.app.browser();
    let event = format!("/events/{}", scene.event);
    let page = visitor.get(&event).await.html();
    let meta = |property: &str| page.attributes(&format!("meta[property='{property}']"), "content").concat();
    assert_eq!(meta("og:image"), format!("{}{event}/og.png", scene.app.origin));
    assert_eq!((meta("og:image:width"), meta("og:image:height")), ("1200".to_owned(), "630".to_owned()));
    assert!(meta("og:image:alt").starts_with("Rust Day: Thursday 24"), "{}", meta("og:image:alt"));
    let (drawn, etag) = picture(&visitor, &format!("{event}/og.png")).await.expect("a picture");
    assert_eq!((drawn.width(), drawn.height()), (1200, 630));
    assert_eq!(again(&visitor, &format!("{event}/og.png"), &etag).await, StatusCode::NOT_MODIFIED);

    let session = scene.path("");
    let page = visitor.get(&session).await.html();
    let image = page.attributes("meta[property='og:image']", "content").concat();
    assert_eq!(image, format!("{}{session}/og.png", scene.app.origin));
    let (of_session, _) = picture(&visitor, &format!("{session}/og.png")).await.expect("a picture");
    assert_ne!(of_session.as_bytes(), drawn.as_bytes(), "another one");

    let logo = vec![("logo", "logo.png", png(400, 200))];
    let sent = upload(&scene.olivia.browser, &format!("/files{event}"), logo).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    let (with_logo, newer) = picture(&visitor, &format!("{event}/og.png")).await.expect("a picture");
    assert_ne!(with_logo.as_bytes(), drawn.as_bytes(), "the logo is on it");
    assert_ne!(newer, etag);
    assert_eq!(again(&visitor, &format!("{event}/og.png"), &etag).await, StatusCode::OK, "drawn anew");
}

#[tokio::test]
async fn what_visitors_do_not_see_has_no_picture_and_no_calendar_file() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    let event = format!("/events/{}", scene.event);
    let paths = [format!("{event}/og.png"), scene.path("/og.png"), format!("{event}/calendar.ics")];
    let set = async |sql: &'static str| sqlx::query(sql).execute(&scene.app.services.db).await.unwrap();
    for sql in [
        "update events set visibility = 'PRIVATE'",
        "update events set visibility = 'PUBLIC', status = 'DRAFT'",
    ] {
        set(sql).await;
        for path in &paths {
            assert_eq!(scene.app.browser().get(path).await.status, StatusCode::NOT_FOUND, "{sql} {path}");
        }
        assert_eq!(ada.browser.get(&paths[0]).await.status, StatusCode::NOT_FOUND, "not for members either");
    }
    set("update events set status = 'PUBLISHED'").await;
    for path in &paths {
        assert_eq!(scene.app.browser().get(path).await.status, StatusCode::OK, "{path}");
    }
    set("update agenda_sessions set starts_at = null, ends_at = null").await;
    for path in
        [paths[1].as_str(), "/events/no-such-event/og.png", &format!("{event}/sessions/nonsense/og.png")]
    {
        assert_eq!(scene.app.browser().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    set("update events set visibility = 'PRIVATE'").await;
    assert_eq!(ada.browser.get(&paths[2]).await.status, StatusCode::OK, "members keep the calendar file");
    let head = ada.browser.get(&event).await.html().attributes("meta[property='og:image']", "content");
    assert_eq!(head, [format!("{}/og.png", scene.app.origin)], "and the head names no picture of theirs");
}

#[tokio::test]
async fn the_page_shows_the_days_and_a_link_to_pass_on() {
    let scene = AttendingScene::set().await;
    let second =
        scene.app.agenda_session(&scene.olivia, &scene.event, "Closing", START + Duration::hours(30)).await;
    let page = scene.app.browser().get(&format!("/events/{}", scene.event)).await.html();
    assert_eq!(page.texts(".programme-day h3"), ["Thursday 24 September 2026", "Friday 25 September 2026"]);
    assert_eq!(page.texts(".programme-day .row-title"), ["Opening", "Closing"]);
    let links = page.attributes(".programme-day .row-title", "href");
    assert_eq!(links, [scene.path(""), format!("/events/{}/sessions/{second}", scene.event)]);
    assert_eq!(
        page.attributes("#share-link", "value"),
        [format!("{}/events/{}", scene.app.origin, scene.event)]
    );
    assert!(page.has(&format!("a[href='/events/{}/calendar.ics']", scene.event)));
    assert!(page.has("button[data-copy='share-link'][hidden]"), "for scripts alone");

    sqlx::query("update events set visibility = 'PRIVATE'").execute(&scene.app.services.db).await.unwrap();
    let page = scene.olivia.browser.get(&format!("/events/{}", scene.event)).await.html();
    assert!(!page.has("#share-link"), "nobody else could open it");
    assert!(page.has(&format!("a[href='/events/{}/calendar.ics']", scene.event)));
}

#[tokio::test]
async fn the_primary_action_follows_what_goes_on() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    let event = format!("/events/{}", scene.event);
    let action = async || {
        let page = ada.browser.get(&event).await.html();
        let link = page.attributes(".event-hero-action .button", "href").concat();
        (page.text(".event-hero-action .button"), link)
    };
    let is = |words: &str, below: &str| (words.to_owned(), format!("{event}/{below}"));
    assert_eq!(action().await, is("My schedule", "agenda?mine=yes"));
    scene.until_start(Duration::minutes(-1), &[&ada]).await;
    services::agenda::tick(&scene.app.services).await.unwrap();
    assert_eq!(action().await, is("Watch live", &format!("sessions/{}", scene.session)));
    scene.app.wait(Duration::hours(2));
    services::agenda::tick(&scene.app.services).await.unwrap();
    assert_eq!(action().await, is("My schedule", "agenda?mine=yes"), "it is over");
    scene.app.wait(Duration::days(3));
    assert_eq!(action().await, is("Recap", "now"));
    let visitor = scene.app.browser().get(&event).await.html();
    assert!(!visitor.has(".event-hero-action .button"), "nothing to do for who was not there");
    assert_eq!(visitor.text(".event-closed"), "This event has taken place.");
}

#[tokio::test]
async fn who_waits_reads_their_place_in_line() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut form = EventForm::default();
    form.0.max_attendees = "1".to_owned();
    let event = app.draft(&olivia, &organization, form).await;
    olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;
    let mut people = Vec::new();
    for name in ["Ada", "Ben", "Cleo"] {
        let person = app.person(name).await;
        app.register(&person, &event).await;
        app.wait(Duration::minutes(1));
        people.push(person);
    }
    let words = async |of: usize| {
        people[of]
            .browser
            .get(&format!("/events/{event}"))
            .await
            .html()
            .text(".event-hero-action .event-closed")
    };
    assert_eq!(words(1).await, "You're the first on the waitlist. We'll write when a seat is free.");
    assert_eq!(words(2).await, "You're number 2 of 2 on the waitlist. We'll write when a seat is free.");
    let leave = [("event", event.as_str()), ("confirmed", "yes")];
    assert_eq!(people[1].browser.status("/api/attendees/leave", &leave).await, StatusCode::OK);
    assert_eq!(words(2).await, "You're the first on the waitlist. We'll write when a seat is free.");
    let stranger = app.person("Dora").await;
    let page = stranger.browser.get(&format!("/events/{event}")).await.html();
    assert_eq!(page.text(".event-hero-action .button"), "Join waitlist");
}
