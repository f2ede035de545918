//! What every page owes its readers: few statements, no scripts it doesn't need, the right headers.

use domain::chat::RoomKind;
use futures_util::StreamExt as _;
use http::StatusCode;

use crate::support::{EventForm, Member, TestApp};

/// The most SQL statements a page may take (issue: 6).
const MOST_STATEMENTS: u32 = 6;

const PAGES: &[&str] = &[
    "/",
    "/events",
    "/home",
    "/inbox",
    "/confirm-password",
    "/notifications",
    "/reports",
    "/settings/profile",
    "/settings/privacy",
    "/settings/blocked",
    "/connections",
    "/connections?list=received",
    "/connections?list=sent",
    "/settings/notifications",
    "/settings/security",
    "/settings/devices",
    "/settings/account",
    "/organizations/new",
    "/organizations/deleted",
    "/organizations/atria-test",
    "/organizations/atria-test/members",
    "/organizations/atria-test/invitations",
    "/organizations/atria-test/invitations/many",
    "/organizations/atria-test/statistics",
    "/organizations/atria-test/audit",
    "/organizations/atria-test/settings",
    "/organizations/atria-test/settings/streaming",
    "/organizations/atria-test/danger",
    "/organizations/atria-test/events",
    "/organizations/atria-test/events/new",
];
const PAGES_OF_EVENT: &[&str] = &[
    "",
    "/now",
    "/me",
    "/rooms",
    "/people",
    "/calendar",
    "/changes",
    "/manage/agenda/import",
    "/manage",
    "/manage/details",
    "/manage/content",
    "/manage/content/highlights",
    "/manage/content/faqs",
    "/manage/settings",
    "/manage/danger",
    "/manage/branding",
    "/manage/people",
    "/manage/people/add",
    "/manage/people/several",
    "/manage/check-in",
    "/manage/moderation",
    "/manage/log",
    "/manage/statistics",
    "/manage/invitations",
    "/manage/invitations/many",
    "/sponsors",
    "/manage/sponsors",
    "/manage/sponsors/new",
    "/manage/sponsors/tiers",
    "/agenda",
    "/speakers",
    "/manage/agenda",
    "/manage/agenda/new",
    "/manage/agenda/rooms",
    "/manage/agenda/tracks",
    "/rooms?search=message",
    "/manage/rooms",
];

fn pages_of(event: &str) -> impl Iterator<Item = String> {
    PAGES_OF_EVENT.iter().map(move |below| format!("/events/{event}{below}"))
}

#[tokio::test]
async fn every_form_sends_only_what_its_function_knows() {
    let app = TestApp::start().await;
    let (olivia, visitor) = (app.person("Olivia").await, app.browser());
    let event = app.published(&olivia).await;
    let mia = app.person("Mia").await;
    app.join_organization("atria-test", &mia, "MEMBER").await;
    invite_to_both(&app, &olivia, &event, "one@example.org").await;
    let mut forms = Vec::new();
    for page in pages_of_conversation(&app, &olivia, &mia, &event).await {
        forms.extend(olivia.browser.get(&page).await.html().forms());
    }
    let (acme, gone) = two_sponsors(&app, &olivia, &event).await;
    let tier = app.sponsor_tier(&olivia, &event, "Gold").await;
    olivia.browser.submit("/api/sponsors/delete", &[("event", &event), ("sponsor", &gone)]).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    let message = app.post(&olivia, general, "a message").await.id;
    for page in [format!("/rooms/{general}/messages/{message}"), format!("/manage/rooms/{general}")] {
        forms.extend(olivia.browser.get(&format!("/events/{event}{page}")).await.html().forms());
    }
    for page in [acme, format!("tiers/{tier}")] {
        let page = format!("/events/{event}/manage/sponsors/{page}");
        forms.extend(olivia.browser.get(&page).await.html().forms());
    }
    let agenda = pages_of_agenda(&app, &olivia, &event).await;
    for page in PAGES.iter().map(ToString::to_string).chain(pages_of(&event)).chain(agenda) {
        forms.extend(olivia.browser.get(&page).await.html().forms());
    }
    let token = app.invite(&olivia, "organizations/atria-test", "two@example.org", "MEMBER").await;
    visitor.submit("/api/accounts/forgot_password", &[("email", &olivia.email)]).await;
    let reset = app.inbox.token_for(&olivia.email, "reset").await;
    let (invitation, reset) = (format!("/invitations/{token}"), format!("/reset/{reset}"));
    for page in ["/signin", "/signup", "/reset", &invitation, &reset] {
        forms.extend(visitor.get(page).await.html().forms());
    }
    assert!(forms.len() > 40, "{}", forms.len());
    for (function, names) in forms {
        let fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        let answer = visitor.call(&function, &fields).await;
        assert!(!answer.body.contains("isn't known here"), "{function}: {}", answer.body);
    }
    let forced = visitor.call("/api/events/publish", &[("event", &event), ("status", "LIVE")]).await;
    assert_eq!(forced.status, StatusCode::UNPROCESSABLE_ENTITY, "any other field is refused");
}

#[tokio::test]
async fn no_page_takes_more_than_six_statements_and_rows_do_not_count() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    app.post(&ada, general, "one").await;
    let mut pages: Vec<String> = PAGES.iter().map(ToString::to_string).collect();
    pages.extend(pages_of(&event));
    pages.push(format!("/events/{event}/rooms/{general}"));
    let message = app.post(&olivia, general, "a message").await.id;
    pages.push(format!("/events/{event}/rooms/{general}?message={message}"));
    pages.push(format!("/events/{event}/rooms/{general}/messages/{message}"));
    pages.push(format!("/events/{event}/manage/rooms/{general}"));
    pages.extend(pages_of_conversation(&app, &olivia, &ada, &event).await);
    invite_to_both(&app, &olivia, &event, "one@example.org").await;
    let acme = app.sponsor(&olivia, &event, Some("Gold"), "Acme").await;
    let tier = app.sponsor_tier(&olivia, &event, "Gold").await;
    let agenda = pages_of_agenda(&app, &olivia, &event).await;
    pages.extend(agenda);
    pages.push(format!("/events/{event}/manage/sponsors/{acme}"));
    pages.push(format!("/events/{event}/manage/sponsors/tiers/{tier}"));
    let count = async || {
        let mut counts = Vec::new();
        for page in &pages {
            let answer = olivia.browser.get(page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            counts.push((page.clone(), answer.statements()));
        }
        counts
    };
    let at_one = count().await;
    for (page, statements) in &at_one {
        assert!((1..=MOST_STATEMENTS).contains(statements), "{page} takes {statements}");
    }
    for n in 2..=3 {
        app.post(&ada, general, &format!("message {n}")).await;
        two_sponsors(&app, &olivia, &event).await;
        let times = ("2026-09-24T09:00", "2026-09-24T10:00");
        app.session(&olivia, &event, &format!("Session {n}"), times, None).await;
        let organization = app.organization(&olivia, &format!("Number {n}")).await;
        let more = app.draft(&olivia, &organization, EventForm::default()).await;
        olivia.browser.submit("/api/events/publish", &[("event", &more)]).await;
        invite_to_both(&app, &olivia, &event, &format!("number{n}@example.org")).await;
        app.join_event(&event, &app.person(&format!("Member{n}")).await, "ATTENDEE", "ACTIVE").await;
        let another = app.draft(&olivia, "atria-test", EventForm::default()).await;
        assert!(another.starts_with("rust-day-"));
    }
    olivia.browser.get("/home").await;
    assert_eq!(count().await, at_one, "the number does not grow with rows");
}

/// The pages of one session, its speaker, its room and a track.
async fn pages_of_agenda(app: &TestApp, olivia: &Member, event: &str) -> Vec<String> {
    let place = app.agenda_place(olivia, event).await;
    vec![
        format!("/events/{event}/sessions/{}", place.session),
        format!("/events/{event}/sessions/{}/sign-ups", place.session),
        format!("/events/{event}/sessions/{}/stage", place.session),
        format!("/events/{event}/manage/agenda/{}/stream", place.session),
        format!("/events/{event}/speakers/{}", place.speaker),
        format!("/events/{event}/manage/agenda/{}?find=Ada", place.session),
        format!("/events/{event}/manage/agenda/rooms/{}", place.venue_room),
        format!("/events/{event}/manage/agenda/tracks/{}", place.track),
    ]
}

/// A conversation with two messages, asked whether to clear it, and the page of each message.
async fn pages_of_conversation(app: &TestApp, olivia: &Member, other: &Member, event: &str) -> Vec<String> {
    app.connect(olivia, other, event).await;
    let conversation = app.conversation(olivia, other).await;
    let asked = app.write(other, conversation, "Lunch?").await;
    let answered = app.reply(olivia, conversation, &asked, "Gladly").await;
    let page = format!("/inbox/{conversation}");
    vec![
        format!("{page}?clear=yes"),
        format!("{page}?search=lunch"),
        format!("{page}/messages/{}", asked.id),
        format!("{page}/messages/{}", answered.id),
        page,
    ]
}

/// One in a tier and one in none.
async fn two_sponsors(app: &TestApp, olivia: &Member, event: &str) -> (String, String) {
    let in_tier = app.sponsor(olivia, event, Some("Gold"), "Acme").await;
    (in_tier.to_string(), app.sponsor(olivia, event, None, "Bolt").await.to_string())
}

/// Into the organization and to the event.
async fn invite_to_both(app: &TestApp, olivia: &Member, event: &str, address: &str) {
    for target in ["organizations/atria-test".to_owned(), format!("events/{event}")] {
        app.invite(olivia, &target, address, "ADMIN").await;
    }
}

#[tokio::test]
async fn pages_without_islands_ship_no_wasm_and_the_room_does() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    for page in
        ["/".to_owned(), "/home".to_owned(), format!("/events/{event}"), format!("/events/{event}/rooms")]
    {
        let body = olivia.browser.get(&page).await.body;
        assert!(!body.contains(".wasm") && !body.contains("modulepreload"), "{page}");
        assert!(body.contains("__RESOLVED_RESOURCES=[];"), "{page} carries no hydration data");
    }
    let room = olivia.browser.get(&format!("/events/{event}/rooms/{general}")).await.body;
    assert!(room.contains(".wasm") && room.contains("leptos-island"), "the room is live");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for path in ["/", "/no-such-page", "/healthz", "/pkg/none.js", "/api/none"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"),
            "{path}: {policy}"
        );
        assert!(answer.header("x-request-id").is_some(), "{path}");
    }
    let nonce = |policy: Option<&str>| {
        policy
            .and_then(|policy| policy.split("'nonce-").nth(1))
            .map(|rest| rest.split('\'').next().unwrap().to_owned())
    };
    let (first, second) = (browser.get("/").await, browser.get("/").await);
    let (first, second) =
        (nonce(first.header("content-security-policy")), nonce(second.header("content-security-policy")));
    assert!(first.is_some() && first != second, "a nonce is used once: {first:?} {second:?}");
}

#[tokio::test]
async fn text_that_looks_like_markup_stays_text_on_every_surface() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "</title><script>alert(1)</script>").await;
    let evil = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>";
    let mut form = EventForm::default();
    form.0.title = evil.to_owned();
    form.0.description = evil.to_owned();
    let event = app.draft(&olivia, &organization, form).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    app.post(&olivia, general, evil).await;
    let pages = [
        format!("/organizations/{organization}"),
        format!("/events/{event}"),
        format!("/events/{event}/now"),
        format!("/events/{event}/manage"),
        format!("/events/{event}/manage/details"),
        format!("/events/{event}/rooms/{general}"),
    ];
    for page in pages {
        let answer = olivia.browser.get(&page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let html = answer.html();
        assert!(!html.texts("script").iter().any(|script| script.trim() == "alert(1)"), "{page}");
        assert!(!html.has("img[onerror]"), "{page}");
    }
    let details = olivia.browser.get(&format!("/events/{event}/manage/details")).await.html();
    assert_eq!(details.value("description"), evil, "the person gets back what they typed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_its_own_whatever_runs_beside_it() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut pages = Vec::new();
    for (title, reader, name) in [
        ("Alpha Day", &olivia.browser, Some("Olivia Test")),
        ("Beta Day", &ada.browser, Some("Ada Test")),
        ("Gamma Day", &app.browser(), None),
    ] {
        let mut form = EventForm::default();
        form.0.title = title.to_owned();
        let event = app.draft(&olivia, &organization, form).await;
        olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;
        pages.push((title, format!("/events/{event}"), reader.clone(), name));
    }
    let rounds = futures_util::stream::iter(pages.iter().cycle().take(60));
    let opened = rounds.map(async |page| (page, page.2.get(&page.1).await)).buffer_unordered(6);
    for ((title, path, _, name), answer) in opened.collect::<Vec<_>>().await {
        let page = answer.html();
        let meta = |key: &str| page.attributes(&format!("head meta[{key}]"), "content");
        assert!(page.text("title").starts_with(title));
        assert_eq!(meta("property='og:title'"), [*title]);
        assert_eq!(meta("property='og:url'"), [format!("{}{path}", app.origin)]);
        assert_eq!(meta("name=description").len(), 1);
        assert_eq!(page.texts(".menu-name").first().map(String::as_str), *name);
        let policy = answer.header("content-security-policy").expect("a policy");
        let nonces = page.attributes("script", "nonce");
        assert!(
            !nonces.is_empty() && nonces.iter().all(|nonce| policy.contains(&format!("'nonce-{nonce}'")))
        );
    }
}
