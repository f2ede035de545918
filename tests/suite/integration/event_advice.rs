//! The organizers' overview: what keeps an event from being published, and what would make it better.

use domain::agenda::SessionSpeakerRole;
use domain::events::Advice;
use http::StatusCode;
use services::events;

use crate::support::{AgendaScene, TestApp};

/// What is advised, as people read it, with the page each leads to.
async fn advised(scene: &AgendaScene) -> Vec<(String, String)> {
    let page = scene.olivia.browser.get(&scene.path("/manage")).await.html();
    let texts = page.texts("section[aria-labelledby='advice'] a");
    let manage = scene.path("/manage/");
    let pages = page.attributes("section[aria-labelledby='advice'] a", "href");
    texts.into_iter().zip(pages.into_iter().map(|page| page.replacen(&manage, "", 1))).collect()
}

fn has(found: &[(String, String)], sentence: &str, page: &str) -> bool {
    found.iter().any(|(text, link)| text == sentence && link == page)
}

#[tokio::test]
async fn an_organizer_is_told_what_lacks_and_led_to_it() {
    let scene = AgendaScene::set().await;
    let bare = advised(&scene).await;
    for (sentence, page) in [
        ("Say in a line why to come.", "content#field-hero_text"),
        ("Add a logo, so that people recognize it.", "branding#pictures"),
        ("Add a picture for the top of its page.", "branding#pictures"),
        ("Give an address for questions.", "content#field-contact_email"),
        ("Add sessions to the agenda.", "agenda/new"),
    ] {
        assert!(has(&bare, sentence, page), "{sentence}: {bare:?}");
    }
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Hall").await;
    let attic = scene.app.venue_room(&scene.olivia, &scene.event, "Attic").await;
    let first = scene.add("Opening", ("09:00", "10:00"), Some(hall)).await;
    scene.add("Keynote", ("09:30", "10:30"), Some(hall)).await;
    let sam = scene.member("Sam", "SPEAKER").await;
    let idle = scene.member("Ida", "SPEAKER").await;
    scene.speaks(first, &sam, SessionSpeakerRole::Speaker).await;
    let target = format!("events/{}", scene.event);
    scene.app.invite(&scene.olivia, &target, "new@example.org", "SPEAKER").await;
    let acme = scene.app.sponsor(&scene.olivia, &scene.event, Some("Gold"), "Acme").await;
    let found = advised(&scene).await;
    let of = |user: &crate::support::Member, anchor: &str| format!("people/{}{anchor}", user.signed_in.user);
    for (sentence, page) in [
        (
            "2 sessions need a room or a speaker that another needs at the same time.",
            format!("agenda/{first}"),
        ),
        ("2 sessions have no stream.", format!("agenda/{first}/stream")),
        ("A room has no session.", format!("agenda/rooms/{attic}")),
        ("A speaker has no session.", "people?role=SPEAKER".to_owned()),
        ("2 speakers have no picture.", of(&idle, "")),
        ("2 speakers have no biography.", of(&idle, "#field-event_bio")),
        ("A sponsor has no logo.", format!("sponsors/{acme}")),
        ("An invitation has no answer yet.", "invitations?status=PENDING".to_owned()),
    ] {
        assert!(has(&found, sentence, &page), "{sentence} {page}: {found:?}");
    }
    assert!(found.iter().any(|(text, _)| text == "A session has no speaker."), "{found:?}");
    assert!(!found.iter().any(|(text, _)| text == "Add sessions to the agenda."), "it has some now");
    assert!(!found.iter().any(|(text, _)| text.contains("no room")), "an online event needs none");
    for (_, page) in found {
        let path = scene.path(&format!("/manage/{}", page.split('#').next().unwrap_or_default()));
        assert_eq!(scene.olivia.browser.get(&path).await.status, StatusCode::OK, "{path}");
    }
    let page = events::manage(&scene.app.services, &scene.olivia.signed_in, &scene.event).await.unwrap();
    let order = |advice: Advice| Advice::ALL.iter().position(|known| *known == advice).unwrap();
    assert!(page.advice.is_sorted_by_key(|advised| order(advised.advice)), "in one order");
    let sam_reads = sam.browser.get(&scene.path("/manage")).await.status;
    assert_eq!(sam_reads, StatusCode::FORBIDDEN, "it is for organizers");
}

#[tokio::test]
async fn where_the_organizers_are_missing_the_list_leads_to_the_people() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let event = app.draft(&olivia, &organization, crate::support::EventForm::default()).await;
    let manage = format!("/events/{event}/manage");
    let link = format!("a[href='{manage}/people']");
    let is_asked = async || {
        let page = olivia.browser.get(&manage).await.html();
        page.has(&format!("#preflight ~ .checklist {link}"))
    };
    assert!(!is_asked().await, "Olivia organizes it");
    sqlx::query("delete from event_members").execute(&app.services.db).await.unwrap();
    assert!(is_asked().await);
    assert_eq!(olivia.browser.get(&format!("{manage}/people")).await.status, StatusCode::OK, "no dead link");
}

#[tokio::test]
async fn a_step_the_event_cannot_take_says_why_instead_of_a_button() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let page = async || olivia.browser.get(&format!("/events/{event}/manage/danger")).await.html();
    let early = page().await;
    assert!(early.has("form[action$='events/unpublish']") && !early.has("form[action$='events/archive']"));
    assert_eq!(early.texts(".step-refusal").len(), 1);
    app.wait(time::macros::datetime!(2026-09-24 12:00 UTC) - app.services.clock.now());
    olivia.browser.sign_in(&olivia.email, crate::support::cast::PASSWORD).await;
    let begun = page().await;
    assert!(!begun.has("form[action$='events/unpublish']") && begun.has("form[action$='events/cancel']"));
    assert_eq!(begun.texts(".step-refusal").len(), 2, "not over yet either");
}
