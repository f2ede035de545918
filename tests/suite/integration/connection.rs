//! Asking, answering and ending, through the real router.

use domain::connections::ContactList;
use domain::ids::ConnectionId;
use domain::realtime::{ServerFrame, Topic};
use domain::{Conflict, Denied};
use http::StatusCode;
use services::connections;
use time::Duration;

use super::connection_edges;
use crate::support::{ConnectionScene, Member, refusal};

#[tokio::test]
async fn connection_request_flow() {
    let scene = ConnectionScene::set().await;
    let (ada, ben, sam) = (&scene.ada, &scene.ben, &scene.sam);
    let (page, person) = (scene.profile(ben), ben.signed_in.user.to_string());
    let form = ada.browser.get(&page).await.html();
    let offered = form.attributes("select[name=suggestion] option", "value");
    assert_eq!(offered.len(), 9, "own words, or one of the event's eight: {offered:?}");
    let submit = async |icebreaker: &str, suggestion: &str| {
        let words = [("icebreaker", icebreaker), ("suggestion", suggestion)];
        let fields = [&[("event", &*scene.event), ("person", &*person)], &words[..]].concat();
        ada.browser.submit_and_follow("/api/connections/request", &fields).await.html()
    };
    for nothing in ["", "  \n", &"x".repeat(501)] {
        let refused = submit(nothing, "").await;
        assert!(refused.field_error("icebreaker").is_some(), "{} characters", nothing.len());
        assert_eq!(refused.value("icebreaker").trim(), nothing.trim(), "what was typed stays");
    }
    let asked = submit(" ", &offered[1]).await;
    assert!(asked.text(".contact-state").contains("have no answer yet") && !asked.has("#connect"));
    let received = ben.browser.get("/connections?list=received").await.html();
    assert_eq!(received.texts(".contact-name"), ["Ada Test"]);
    assert_eq!(received.text(".icebreaker"), offered[1], "read before it is answered");
    let id: ConnectionId = received.value("connection").parse().unwrap();
    assert_eq!(scene.stored(id).await, "PENDING");
    let done = ben.browser.submit("/api/connections/accept", &[("connection", &id.to_string())]).await;
    assert_eq!(done.location(), "/connections?list=connected");
    assert_eq!(scene.stored(id).await, "ACCEPTED");
    for (who, other) in [(ada, "Ben Test"), (ben, "Ada Test")] {
        assert_eq!(scene.names(who, "/connections").await, [other]);
    }

    let declined: ConnectionId = scene.ask(ada, sam, "Your talk moved me.").await.json();
    let seen_by_ada = async || {
        let sent = ada.browser.get("/connections?list=sent").await.html();
        let profile = ada.browser.get(&scene.profile(sam)).await.html().text(".contact-state");
        (sent.texts(".contact, .pill"), profile)
    };
    let before = seen_by_ada().await;
    assert_eq!(scene.act(sam, "decline", declined).await, StatusCode::OK);
    assert_eq!(scene.stored(declined).await, "REJECTED", "in the database");
    let shown = sam.browser.get("/connections?list=declined").await.html();
    assert!(shown.text(".contact").contains("Declined"), "in words");
    assert_eq!(seen_by_ada().await, before, "and to whoever asked it looks as before");
    assert_eq!(scene.act(ada, "withdraw", declined).await, StatusCode::OK, "also when they take it back");
    assert_eq!(scene.names(ada, "/connections?list=sent").await, [""; 0]);
}

#[tokio::test]
async fn icebreaker_message_to_dm_thread() {
    let scene = ConnectionScene::set().await;
    let asked_at = scene.app.services.clock.now();
    let id: ConnectionId = scene.ask(&scene.ada, &scene.ben, "Kites, or boats?").await.json();
    assert!(scene.messages().await.is_empty(), "nothing opens before they accept");
    scene.app.wait(Duration::hours(3));
    let opened = scene.ben.browser.call("/api/connections/accept", &[("connection", &id.to_string())]).await;
    let conversation: uuid::Uuid = opened.json();
    let first = (conversation, 1, "Ada".to_owned(), "Kites, or boats?".to_owned(), asked_at, true, 1);
    assert_eq!(scene.messages().await, [first], "the global one, dated when it was written");
    assert_eq!(scene.count("select count(*) from conversation_sides").await, 2);

    assert_eq!(scene.act(&scene.ada, "remove", id).await, StatusCode::OK);
    let again: ConnectionId = scene.ask(&scene.ben, &scene.ada, "Boats after all.").await.json();
    assert_eq!(scene.act(&scene.ada, "accept", again).await, StatusCode::OK);
    let second = scene.messages().await.remove(1);
    assert_eq!((second.0, second.1, &*second.3), (conversation, 2, "Boats after all."), "it opens again");
}

#[tokio::test]
async fn connection_listing_with_filters() {
    let scene = ConnectionScene::set().await;
    let (ada, browser) = (&scene.ada, &scene.ada.browser);
    scene.privacy(&scene.ben, "company = 'Kite Works'").await;
    scene.privacy(&scene.sam, "company = 'Kite Works', show_company = false").await;
    for other in [&scene.ben, &scene.sam, &scene.omar] {
        scene.app.wait(Duration::minutes(1));
        let id = scene.connected(other, ada).await;
        if other.email == scene.omar.email {
            assert_eq!(scene.note(ada, id, "Owes me a kite").await, StatusCode::OK);
        }
    }
    scene.requested(ada, &scene.olivia).await;
    for (query, expected) in [
        ("", vec!["Omar Test", "Sam Test", "Ben Test"]),
        ("?sort=name", vec!["Ben Test", "Omar Test", "Sam Test"]),
        ("?search=kite&sort=name", vec!["Ben Test", "Omar Test"]),
        ("?search=kite+works", vec!["Ben Test"]),
        ("?search=SAM", vec!["Sam Test"]),
        ("?search=nobody", vec![]),
        ("?list=sent", vec!["Olivia Test"]),
        ("?list=received", vec![]),
        ("?sort=name&per_page=2&page=2", vec!["Sam Test"]),
    ] {
        assert_eq!(scene.names(ada, &format!("/connections{query}")).await, expected, "{query:?}");
    }
    let page = browser.get("/connections?per_page=2").await.html();
    assert_eq!(page.text(".pager-position"), "Page 1 of 2");
    assert_eq!(page.texts(".pill-count"), ["3", "0", "1"], "connected, received, sent");
    assert_eq!(scene.names(&scene.otto, "/connections").await, [""; 0], "nobody else's");
}

#[tokio::test]
async fn privacy_filtering_in_connections() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let hidden = "company = 'Kite Works', title = 'Pilot', github = 'https://github.com/ben',
                  social_links_visibility = 'CONNECTIONS'";
    scene.privacy(ben, hidden).await;
    let seen = async |who: &Member, list| {
        let profile = scene.list(who, list).await.remove(0).profile;
        (profile.email.is_some(), profile.company.is_some(), profile.links.github.is_some())
    };
    let id = scene.requested(ben, ada).await;
    scene.requested(ben, &scene.omar).await;
    assert_eq!(seen(ada, ContactList::Received).await, (false, true, false), "a fellow member");
    assert_eq!(seen(&scene.omar, ContactList::Received).await, (true, true, false), "an organizer");
    connections::accept(&scene.app.services, &ada.signed_in, id).await.unwrap();
    assert_eq!(seen(ada, ContactList::Connected).await, (true, true, true), "a connection");
    scene.privacy(ben, "email_visibility = 'ORGANIZERS_ONLY', show_company = false").await;
    assert_eq!(seen(ada, ContactList::Connected).await, (false, false, true));
    let profile = format!("/people/{}", ben.signed_in.user);
    for page in ["/connections", "/connections.csv", "/connections.vcf", &profile] {
        let body = ada.browser.get(page).await.body;
        assert!(body.contains("Ben Test") && body.contains("github.com/ben"), "{page}: {body}");
        assert!(!body.contains("ben@example.org") && !body.contains("Kite Works"), "{page}: {body}");
    }
    scene.privacy(ben, "show_public_email = true, public_email = 'hello@ben.example'").await;
    let shown = ada.browser.get("/connections").await.body;
    assert!(
        shown.contains("hello@ben.example") && !shown.contains("ben@example.org"),
        "instead of the real one"
    );
}

#[tokio::test]
async fn event_scoped_connections() {
    let scene = ConnectionScene::set().await;
    let (app, ada, ben, sam) = (&scene.app, &scene.ada, &scene.ben, &scene.sam);
    let zoe = app.person("Zoe").await;
    let club = app.organization(&zoe, "Club").await;
    let other = app.published_in(&zoe, &club).await;
    for person in [ada, sam] {
        app.register(person, &other).await;
    }
    scene.connected(ada, ben).await;
    scene.connected(ada, sam).await;
    let narrowed =
        async |event: &str| scene.names(ada, &format!("/connections?sort=name&event={event}")).await;
    assert_eq!(narrowed(&scene.event).await, ["Ben Test", "Sam Test"]);
    assert_eq!(narrowed(&other).await, ["Sam Test"], "both are members there, wherever they met");
    assert_eq!(scene.organizers_only(sam, &other).await, StatusCode::OK);
    let address = async |event: Option<&str>| {
        let found = scene.page(ada, ContactList::Connected, event, "sam").await.unwrap();
        found.people.items[0].profile.email.is_some()
    };
    assert!(address(None).await && address(Some(&scene.event)).await);
    assert!(!address(Some(&other)).await, "in the light of that event its own privacy counts");
    let foreign = ben.browser.get(&format!("/connections?event={other}")).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "not an event of theirs");
}

#[tokio::test]
async fn connection_removal_flow() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let id = scene.connected(ada, ben).await;
    assert_eq!(scene.note(ada, id, "Flies kites").await, StatusCode::OK);
    assert_eq!(scene.act(&scene.sam, "remove", id).await, StatusCode::NOT_FOUND, "a third person");
    assert_eq!(scene.act(ben, "remove", id).await, StatusCode::OK);
    assert_eq!(scene.stored(id).await, "REMOVED");
    assert_eq!(scene.act(ada, "remove", id).await, StatusCode::CONFLICT, "it is over");
    for who in [ada, ben] {
        assert_eq!(scene.names(who, "/connections").await, [""; 0]);
    }
    connection_edges::conversation_is_over(&scene).await;
    assert_eq!(scene.connected(ada, ben).await, id, "at once, by either, on the same row");
    let page = ada.browser.get("/connections").await.html();
    assert_eq!(page.text(".contact-note"), "Flies kites", "notes stay");
    assert!(!ben.browser.get("/connections").await.body.contains("Flies kites"), "and are the own side's");
}

#[tokio::test]
async fn duplicate_connection_prevention() {
    let scene = ConnectionScene::set().await;
    let (app, ada, ben, sam) = (&scene.app, &scene.ada, &scene.ben, &scene.sam);
    let (one, two) = tokio::join!(scene.ask(ada, ben, "Hi"), scene.ask(ben, ada, "Hello"));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "of two at once one asks");
    assert_eq!(scene.count("select count(*) from connections").await, 1);
    let id = scene.requested(ada, sam).await;
    assert_eq!(scene.ask(ada, sam, "Again").await.error(), Conflict::RequestedAlready.into());
    assert_eq!(scene.ask(sam, ada, "Me too").await.error(), Conflict::RequestWaits.into());
    assert_eq!(scene.act(ada, "withdraw", id).await, StatusCode::OK);
    let early = refusal(scene.try_ask(ada, sam).await);
    assert_eq!(early, Conflict::AskAgainIn { hours: 24 }.into(), "who withdrew waits a day");
    app.wait(Duration::hours(24));
    assert_eq!(scene.requested(ada, sam).await, id, "the row is used again");
    connections::decline(&app.services, &sam.signed_in, id).await.unwrap();
    app.wait(Duration::days(30) - Duration::SECOND);
    let early = refusal(scene.try_ask(ada, sam).await);
    assert_eq!(early, Conflict::RequestedAlready.into(), "as for one that was never answered");
    app.wait(Duration::SECOND);
    assert_eq!(scene.requested(ada, sam).await, id);
    connections::decline(&app.services, &sam.signed_in, id).await.unwrap();
    assert_eq!(scene.connected(sam, ada).await, id, "who declined may ask at any time");
    assert_eq!(refusal(scene.try_ask(ada, sam).await), Conflict::ConnectedAlready.into());
    scene.privacy(ada, "allow_connection_requests = 'NONE'").await;
    connections::remove(&app.services, &ada.signed_in, id).await.unwrap();
    let closed = refusal(scene.try_ask(sam, ada).await);
    assert_eq!(closed, Denied::NotOpenToRequests.into(), "all checks again");
    assert_eq!(scene.count("select count(*) from connections").await, 2);
}

#[tokio::test]
async fn connection_notifications() {
    let scene = ConnectionScene::set().await;
    let (app, ada, ben) = (&scene.app, &scene.ada, &scene.ben);
    let listening = async |who: &Member| who.browser.listening(Topic::User(who.signed_in.user)).await;
    let (mut at_ada, mut at_ben, mut at_otto) =
        (listening(ada).await, listening(ben).await, listening(&scene.otto).await);
    scene.privacy(ada, "company = 'Harbour', title = 'Pilot', show_company = false").await;
    let id: ConnectionId = scene.ask(ada, ben, "Which talk? https://evil.example").await.json();
    assert!(
        matches!(at_ben.next().await, ServerFrame::ConnectionRequested { connection, .. } if connection == id)
    );
    assert!(matches!(at_ben.next().await, ServerFrame::Notification { .. }));
    let mail = app.inbox.about(&ben.email, "Ada Test would like to connect with you").await;
    assert!(mail.text.contains("Which talk?") && mail.text.contains("Event: Rust Day"), "{}", mail.text);
    assert!(
        !mail.text.contains("Harbour") && !mail.text.contains("ada@example.org"),
        "what Ben may see: {}",
        mail.text
    );
    assert!(!mail.text.contains("https://evil") && mail.text.contains("/connections?list=received"));
    assert_eq!(scene.act(ben, "accept", id).await, StatusCode::OK);
    assert!(
        matches!(at_ada.next().await, ServerFrame::ConnectionAccepted { connection, .. } if connection == id)
    );
    assert!(matches!(at_ada.next().await, ServerFrame::Notification { .. }));
    assert!(matches!(at_ben.next().await, ServerFrame::WaitingChanged { .. }), "his other pages count anew");
    let id: ConnectionId = scene.ask(ada, &scene.sam, "Hi").await.json();
    assert_eq!(scene.act(&scene.sam, "decline", id).await, StatusCode::OK);
    for socket in [&mut at_ada, &mut at_otto, &mut at_ben] {
        socket.is_quiet().await;
    }
}

#[tokio::test]
async fn pending_requests_endpoint() {
    let scene = ConnectionScene::set().await;
    let (app, ada, ben) = (&scene.app, &scene.ada, &scene.ben);
    let first = scene.requested(&scene.sam, ada).await;
    app.wait(Duration::minutes(1));
    scene.requested(ben, ada).await;
    scene.requested(ada, &scene.omar).await;
    let page = ada.browser.get("/connections?list=received").await.html();
    assert_eq!(page.texts(".contact-name"), ["Ben Test", "Sam Test"], "the newest first");
    assert_eq!(page.text(".lead"), "2 people wait for your answer.");
    assert_eq!(scene.names(ada, "/connections?list=sent").await, ["Omar Test"]);
    connections::decline(&app.services, &ada.signed_in, first).await.unwrap();
    let names = async |who: &Member, list| -> Vec<String> {
        scene.list(who, list).await.into_iter().map(|contact| contact.profile.full_name).collect()
    };
    app.wait(Duration::days(30) - Duration::minutes(2));
    assert_eq!(names(ada, ContactList::Received).await, ["Ben Test"]);
    app.wait(Duration::minutes(3));
    assert_eq!(names(ada, ContactList::Received).await, [""; 0], "after 30 days it is over");
    assert_eq!(names(ben, ContactList::Sent).await, [""; 0], "for both");
    let open = "select count(*) from connections where status = 'PENDING'";
    assert_eq!(scene.count(open).await, 2, "until somebody looks");
    connections::sweep(&app.services).await.unwrap();
    assert_eq!(scene.count(open).await, 0);
}

#[tokio::test]
async fn connection_authorization() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let visitor = scene.app.browser();
    assert_eq!(visitor.get("/connections").await.location(), "/signin?next=%2Fconnections");
    let id = scene.requested(ada, ben).await;
    for what in ["accept", "decline", "withdraw", "remove", "save_note"] {
        let path = format!("/api/connections/{what}");
        let refused = visitor.status(&path, &[("connection", &id.to_string())]).await;
        assert_eq!(refused, StatusCode::UNAUTHORIZED, "{what}");
        assert_eq!(scene.act(&scene.omar, what, id).await, StatusCode::NOT_FOUND, "{what} by a third person");
        let expected = if what == "withdraw" { StatusCode::OK } else { StatusCode::CONFLICT };
        let own = scene.act(ada, what, id).await;
        assert_eq!(own, expected, "{what} by whoever asked");
    }
    assert_eq!(scene.act(ben, "accept", id).await, StatusCode::CONFLICT, "it was withdrawn");
    let ask = async |from: &Member, to: &Member| scene.ask(from, to, "Hi").await;
    assert_eq!(ask(ada, ada).await.error(), Denied::Oneself.into());
    assert_eq!(ask(&scene.otto, ben).await.status, StatusCode::NOT_FOUND, "not a member");
    assert_eq!(ask(ada, &scene.otto).await.status, StatusCode::NOT_FOUND, "nor they");
    scene.privacy(ben, "allow_connection_requests = 'SPEAKERS_ORGANIZERS'").await;
    assert_eq!(ask(ada, ben).await.error(), Denied::NotOpenToRequests.into());
    assert!(ada.browser.get(&scene.profile(ben)).await.body.contains("Not open to requests"));
    assert_eq!(ask(&scene.sam, ben).await.status, StatusCode::OK, "a speaker");
    scene.privacy(&scene.omar, "allow_connection_requests = 'NONE'").await;
    assert_eq!(ask(&scene.sam, &scene.omar).await.error(), Denied::NotOpenToRequests.into());
}

#[tokio::test]
async fn bulk_connection_export() {
    let scene = ConnectionScene::set().await;
    let (ada, browser) = (&scene.ada, &scene.ada.browser);
    let bens = "title = '=HYPERLINK(1)', company = 'Kites; boats, more', website = 'https://ben.example/'";
    scene.privacy(&scene.ben, bens).await;
    scene.privacy(&scene.sam, "email_visibility = 'ORGANIZERS_ONLY'").await;
    let id = scene.connected(&scene.ben, ada).await;
    scene.connected(ada, &scene.sam).await;
    scene.requested(&scene.omar, ada).await;
    assert_eq!(scene.note(ada, id, "Line one\nEND:VCARD").await, StatusCode::OK);
    let page = browser.get("/connections").await.html();
    let links = page.attributes("a[download]", "href");
    let csv = browser.get(&links[0]).await;
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    let expected = "Name,Pronouns,Title,Company,Email address,Public email address,Links,Met at,Event dates,Connected at,Note\n\
        Ben Test,,'=HYPERLINK(1),\"Kites; boats, more\",ben@example.org,,https://ben.example/,Rust Day,\
        Thursday 24 – Friday 25 September 2026,2026-05-04 09:00,\"Line one\nEND:VCARD\"\n\
        Sam Test,,,,,,,Rust Day,Thursday 24 – Friday 25 September 2026,2026-05-04 09:00,\n";
    assert_eq!(csv.body, expected, "what Ada sees, and nothing runs");
    let cards = browser.get(&links[1]).await;
    assert_eq!(cards.header("content-type"), Some("text/vcard; charset=utf-8"));
    let cards: Vec<String> = cards.body.replace("\r\n ", "").split("\r\n").map(ToOwned::to_owned).collect();
    let bens = &cards[..cards.iter().position(|line| line == "END:VCARD").unwrap()];
    let uid = format!("UID:urn:uuid:{}", scene.ben.signed_in.user);
    let met = "NOTE:Met at Rust Day (Thursday 24 – Friday 25 September 2026).\\nLine one\\nEND:VCARD";
    let expected = format!(
        "BEGIN:VCARD|VERSION:4.0|{uid}|FN:Ben Test|ORG:Kites\\; boats\\, more|TITLE:=HYPERLINK(1)|\
         EMAIL:ben@example.org|URL:https://ben.example/|{met}"
    );
    assert_eq!(bens.join("|"), expected);
    assert_eq!(cards.iter().filter(|line| *line == "BEGIN:VCARD").count(), 2, "no open requests");
}
