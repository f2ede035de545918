//! The people of an event as its members find them, and profiles.

use domain::Conflict;
use domain::agenda::SessionSpeakerRole;
use http::StatusCode;
use services::agenda;

use crate::support::{ConnectionScene, Member};

fn directory(scene: &ConnectionScene, query: &str) -> String {
    format!("/events/{}/people{query}", scene.event)
}

#[tokio::test]
async fn members_find_each_other_by_what_they_may_see() {
    let scene = ConnectionScene::set().await;
    let (ada, omar) = (&scene.ada, &scene.omar);
    scene.privacy(&scene.ben, "company = 'Kite Works', title = 'Pilot', bio = 'Collects lighthouses.'").await;
    scene
        .privacy(
            &scene.sam,
            "company = 'Kite Works', show_company = false, bio = 'Lighthouses!', show_bio = false",
        )
        .await;
    let here = "update event_members set event_title = 'Keeper of the light' where user_id = $1";
    sqlx::query(here).bind(scene.sam.signed_in.user.get()).execute(&scene.app.services.db).await.unwrap();
    let find = async |who: &Member, query: &str| scene.names(who, &directory(&scene, query)).await;
    let everybody = ["Ada Test", "Ben Test", "Olivia Test", "Omar Test", "Sam Test"];
    assert_eq!(find(ada, "").await, everybody);
    for (query, for_member, for_organizer) in [
        ("?search=OLI", vec!["Olivia Test"], vec!["Olivia Test"]),
        ("?search=kite+works", vec!["Ben Test"], vec!["Ben Test", "Sam Test"]),
        ("?search=pilot", vec!["Ben Test"], vec!["Ben Test"]),
        ("?search=lighthouses", vec!["Ben Test"], vec!["Ben Test", "Sam Test"]),
        ("?search=keeper", vec!["Sam Test"], vec!["Sam Test"]),
        ("?search=ben%40example", vec![], vec![]),
        ("?role=SPEAKER", vec!["Sam Test"], vec!["Sam Test"]),
        ("?role=ATTENDEE&search=test", vec!["Ada Test", "Ben Test"], vec!["Ada Test", "Ben Test"]),
    ] {
        assert_eq!(find(ada, query).await, for_member, "{query}");
        assert_eq!(find(omar, query).await, for_organizer, "{query} by an organizer");
    }
    let page = ada.browser.get(&directory(&scene, "")).await.html();
    let line = page.text("#own-visibility");
    assert!(
        line.starts_with("You are listed here; your address is for: my connections and organizers"),
        "{line}"
    );
    for (query, status) in [("?search=x", 422), ("?role=BOSS", 422), ("?cursor=abc", 422), ("?limit=0", 422)]
    {
        assert_eq!(ada.browser.get(&directory(&scene, query)).await.status.as_u16(), status, "{query}");
    }
    assert_eq!(scene.otto.browser.get(&directory(&scene, "")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.app.browser().get(&directory(&scene, "")).await.status, StatusCode::FOUND);
}

#[tokio::test]
async fn the_directory_goes_on_both_ways_and_its_places_are_the_viewers_own() {
    let scene = ConnectionScene::set().await;
    let browser = &scene.ada.browser;
    let (mut page, mut seen) = (directory(&scene, "?limit=2&search=test"), Vec::new());
    loop {
        let shown = browser.get(&page).await.html();
        seen.push(shown.texts(".directory .row-title"));
        let Some(next) = shown.attributes("a[rel=next]", "href").pop() else { break };
        page = next;
    }
    let pages = [vec!["Ada Test", "Ben Test"], vec!["Olivia Test", "Omar Test"], vec!["Sam Test"]];
    assert_eq!(seen, pages);
    let back = browser.get(&page).await.html().attributes("a[rel=prev]", "href").remove(0);
    assert_eq!(browser.get(&back).await.html().texts(".directory .row-title"), pages[1]);
    let stolen = scene.ben.browser.get(&back).await.status;
    assert_eq!(stolen, StatusCode::UNPROCESSABLE_ENTITY, "another viewer's place");
}

#[tokio::test]
async fn the_directory_follows_a_new_name_and_goes_on_from_a_place_that_left() {
    let scene = ConnectionScene::set().await;
    let (app, browser) = (&scene.app, &scene.ada.browser);
    let rename = async |of: &Member, first: &str, last: &str| {
        let renamed = "update users set first_name = $2, last_name = $3 where id = $1";
        let renamed = sqlx::query(renamed).bind(of.signed_in.user.get()).bind(first).bind(last);
        renamed.execute(&app.services.db).await.unwrap();
    };
    rename(&scene.sam, "Sam", "Abel").await;
    rename(&scene.ben, "Ben", "zander").await;
    let shown = async |page: &str| browser.get(page).await.html();
    let names = |page: &crate::support::html::Html| page.texts(".directory .row-title");
    let first = shown(&directory(&scene, "?limit=2")).await;
    assert_eq!(names(&first), ["Sam Abel", "Ada Test"], "by last name, then by the whole");
    let next = first.attributes("a[rel=next]", "href").remove(0);
    // Whoever the place was is named otherwise, and listed no more.
    rename(&scene.ada, "Ada", "Zzz").await;
    let second = shown(&next).await;
    assert_eq!(names(&second), ["Olivia Test", "Omar Test"], "nobody twice, nobody missing");
    let last = shown(&second.attributes("a[rel=next]", "href").remove(0)).await;
    assert_eq!(names(&last), ["Ben zander", "Ada Zzz"], "whatever the case");
    assert!(!last.has("a[rel=next]"));
    let back = shown(&last.attributes("a[rel=prev]", "href").remove(0)).await;
    assert_eq!(names(&back), ["Olivia Test", "Omar Test"]);
    let top = shown(&back.attributes("a[rel=prev]", "href").remove(0)).await;
    assert_eq!((names(&top), top.has("a[rel=prev]")), (vec!["Sam Abel".to_owned()], false));
}

#[tokio::test]
async fn a_person_is_reported_and_blocked_from_their_profile_and_their_messages() {
    let scene = ConnectionScene::set().await;
    let (app, ada, ben, event) = (&scene.app, &scene.ada, &scene.ben, &scene.event);
    scene.connected(ben, ada).await;
    let id = ben.signed_in.user;
    let conversation = app.conversation(ada, ben).await;
    let theirs = app.write(ben, conversation, "Kites?").await.id;
    let own = app.write(ada, conversation, "Boats!").await.id;
    let inbox = format!("/inbox/{conversation}");
    for (page, report) in [
        (scene.profile(ben), format!("/report?kind=PERSON&target={id}&event={event}")),
        (format!("/people/{id}"), format!("/report?kind=PERSON&target={id}")),
        (format!("{inbox}/messages/{theirs}"), format!("/report?kind=DIRECT_MESSAGE&target={theirs}")),
    ] {
        let links = ada.browser.get(&page).await.html().attributes("main a[href^='/report']", "href");
        assert_eq!(links, [report.as_str()], "{page}");
        assert_eq!(ada.browser.get(&report).await.status, StatusCode::OK, "{report}");
    }
    let block = format!("form[action='/api/connections/block'] input[name=person][value='{id}']");
    for page in [scene.profile(ben), format!("/people/{id}"), inbox.clone()] {
        assert!(ada.browser.get(&page).await.html().has(&block), "{page}");
    }
    for page in
        [scene.profile(ada), format!("/people/{}", ada.signed_in.user), format!("{inbox}/messages/{own}")]
    {
        let shown = ada.browser.get(&page).await.html();
        assert!(
            !shown.has("main a[href^='/report']") && !shown.has("form[action='/api/connections/block']"),
            "{page}"
        );
    }
    let otto = scene.otto.browser.get(&format!("/report?kind=DIRECT_MESSAGE&target={theirs}")).await;
    assert_eq!(otto.status, StatusCode::NOT_FOUND, "a stranger learns of no message");
}

#[tokio::test]
async fn the_one_button_says_how_two_people_stand() {
    let scene = ConnectionScene::set().await;
    let (ada, ben, omar, sam) = (&scene.ada, &scene.ben, &scene.omar, &scene.sam);
    scene.privacy(omar, "allow_connection_requests = 'NONE'").await;
    let labels = async || {
        let page = ada.browser.get(&directory(&scene, "")).await.html();
        page.texts(".directory .row-end")
    };
    assert_eq!(labels().await, ["This is you", "Connect", "Connect", "Not open to requests", "Connect"]);
    scene.requested(ada, ben).await;
    scene.requested(&scene.olivia, ada).await;
    scene.connected(sam, ada).await;
    assert_eq!(labels().await, ["This is you", "Requested", "Respond", "Not open to requests", "Message"]);
    let profile = ada.browser.get(&scene.profile(&scene.olivia)).await.html();
    assert_eq!(
        profile.attributes(".contact-state form", "action"),
        ["/api/connections/accept", "/api/connections/decline"]
    );
    assert!(!profile.has("#connect"), "to answer, not to ask");
    assert!(!ada.browser.get(&scene.profile(omar)).await.html().has("#connect"));
}

/// Presses the first button of a profile that there is for two people's tie; answers where it leads.
async fn pressed_on(who: &Member, profile: &str) -> String {
    let page = who.browser.get(profile).await.html();
    let form = ".contact-state form:first-of-type";
    let action = page.attributes(form, "action").remove(0);
    let input = format!("{form} input");
    let (names, values) = (page.attributes(&input, "name"), page.attributes(&input, "value"));
    let fields: Vec<_> = names.iter().map(String::as_str).zip(values.iter().map(String::as_str)).collect();
    who.browser.submit(&action, &fields).await.location().to_owned()
}

#[tokio::test]
async fn what_is_answered_on_a_profile_of_an_event_leads_back_to_it() {
    let scene = ConnectionScene::set().await;
    let (ada, ben, sam) = (&scene.ada, &scene.ben, &scene.sam);
    let asked = scene.requested(ben, ada).await;
    assert_eq!(pressed_on(ada, &scene.profile(ben)).await, scene.profile(ben), "accepted");
    let profile = ada.browser.get(&scene.profile(ben)).await.html();
    assert!(profile.text(".contact-state").contains("Connected"));
    let again = [
        ("connection", &*asked.to_string()),
        ("event", &scene.event),
        ("person", &ben.signed_in.user.to_string()),
    ];
    let refused = Conflict::RequestNotOpen.to_string();
    for call in ["accept", "decline"] {
        let call = format!("/api/connections/{call}");
        assert_eq!(ada.browser.submit(&call, &again).await.location(), scene.profile(ben), "{call}");
        let page = ada.browser.submit_and_follow(&call, &again).await;
        assert!(page.body.contains(&refused), "what is refused is said there too: {call}");
    }
    scene.requested(ada, sam).await;
    assert_eq!(pressed_on(ada, &scene.profile(sam)).await, scene.profile(sam), "withdrawn");
    let asked = scene.requested(&scene.olivia, ada).await;
    let decline = [
        ("connection", &*asked.to_string()),
        ("event", &scene.event),
        ("person", &scene.olivia.signed_in.user.to_string()),
    ];
    let declined = ada.browser.submit_and_follow("/api/connections/decline", &decline).await.html();
    assert!(declined.has("#connect") && !declined.has(".contact-state"), "declined, on the profile");

    scene.requested(sam, ben).await;
    let outside = format!("/people/{}", sam.signed_in.user);
    assert_eq!(pressed_on(ben, &outside).await, "/connections?list=connected", "from outside of events");
}

#[tokio::test]
async fn a_profile_shows_what_each_viewer_may_see() {
    let scene = ConnectionScene::set().await;
    let (ada, ben, sam) = (&scene.ada, &scene.ben, &scene.sam);
    let session = scene
        .app
        .session(&scene.olivia, &scene.event, "Opening", ("2026-09-24T09:00", "2026-09-24T10:00"), None)
        .await
        .id;
    let (services, organizer, role) =
        (&scene.app.services, &scene.olivia.signed_in, SessionSpeakerRole::Speaker);
    agenda::add_speaker(services, organizer, &scene.event, session, sam.signed_in.user, role).await.unwrap();
    scene.privacy(sam, "title = 'Pilot', show_company = false, bio = 'Kites.'").await;
    let stage = "update event_members set event_title = 'Keynote speaker' where user_id = $1";
    sqlx::query(stage).bind(sam.signed_in.user.get()).execute(&services.db).await.unwrap();
    let card = async |who: &Member, page: &str| who.browser.get(page).await.html().text(".profile-card");
    let page = scene.profile(sam);
    let seen = card(ada, &page).await;
    assert!(
        seen.contains("Keynote speaker") && seen.contains("Kites."),
        "a speaker's title is for all: {seen}"
    );
    assert!(!seen.contains("sam@example.org"), "{seen}");
    assert!(card(&scene.omar, &page).await.contains("sam@example.org"), "organizers");
    let shown = ada.browser.get(&page).await.html();
    assert!(shown.has(&format!("a[href='/events/{}/sessions/{session}']", scene.event)));
    let anywhere = format!("/people/{}", sam.signed_in.user);
    assert!(!card(ada, &anywhere).await.contains("Keynote speaker"), "without the event, nothing of it");
    let shared = ada.browser.get(&anywhere).await.html();
    assert_eq!(shared.attributes("section a.row-title", "href"), std::slice::from_ref(&page));
    scene.connected(ada, sam).await;
    for page in [&page, &anywhere] {
        assert!(card(ada, page).await.contains("sam@example.org"), "a connection: {page}");
    }
    let speakers = format!("/events/{}/speakers/{}", scene.event, sam.signed_in.user);
    assert!(card(ada, &speakers).await.contains("sam@example.org"), "also among the speakers");
    assert!(!card(ben, &speakers).await.contains("sam@example.org"));
    assert_eq!(scene.otto.browser.get(&page).await.status, StatusCode::NOT_FOUND);
    let stranger = format!("/people/{}", ada.signed_in.user);
    assert_eq!(scene.otto.browser.get(&stranger).await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.otto.browser.get(&anywhere).await.status, StatusCode::OK, "who speaks in public");
    assert_eq!(card(&scene.otto, &anywhere).await, "STSam TestKites.", "as a visitor gets them");
}

#[tokio::test]
async fn pages_about_people_take_few_statements_and_rows_do_not_count() {
    let scene = ConnectionScene::set().await;
    let ada = &scene.ada;
    let pages = [
        directory(&scene, ""),
        directory(&scene, "?search=test&limit=2"),
        scene.profile(&scene.ben),
        format!("/people/{}", scene.ben.signed_in.user),
        "/connections?list=connected".to_owned(),
        "/connections?list=received".to_owned(),
        format!("/connections?event={}", scene.event),
        "/settings/blocked".to_owned(),
    ];
    let count = async || {
        let mut counts = Vec::new();
        for page in &pages {
            let answer = ada.browser.get(page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            assert!((1..=6).contains(&answer.statements()), "{page} takes {}", answer.statements());
            counts.push(answer.statements());
        }
        counts
    };
    scene.connected(&scene.sam, ada).await;
    let at_one = count().await;
    for name in ["Cleo", "Dora", "Emil"] {
        let person = scene.app.person(name).await;
        scene.app.join_event(&scene.event, &person, "SPEAKER", "ACTIVE").await;
        scene.requested(&person, ada).await;
    }
    scene.connected(ada, &scene.omar).await;
    scene.block(ada, &scene.olivia).await;
    assert_eq!(count().await, at_one);
}
