use domain::chat::RoomKind;
use domain::realtime::Topic;
use http::StatusCode;

use crate::support::{Answer, EventForm, Member, TestApp};

/// Two tenants with an event each; nobody belongs to both.
struct Tenants {
    app: TestApp,
    olivia: Member,
    zoe: Member,
    /// Olivia's.
    event: String,
    /// Zoe's.
    foreign: String,
}

impl Tenants {
    async fn set_up() -> Self {
        let app = TestApp::start().await;
        let (olivia, zoe) = (app.person("Olivia").await, app.person("Zoraida").await);
        let event = app.published(&olivia).await;
        let zoo = app.organization(&zoe, "Zoological Garden").await;
        let mut form = EventForm::default();
        form.0.title = "Zebra Day".to_owned();
        form.0.visibility = "PRIVATE".to_owned();
        let foreign = app.draft(&zoe, &zoo, form).await;
        Self { app, olivia, zoe, event, foreign }
    }
}

/// What an answer tells: its status, its body without what is the request's own, and its headers' names.
fn told(answer: &Answer, asked: &str) -> (StatusCode, Vec<String>, Vec<String>) {
    let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
    headers.sort();
    headers.dedup();
    let texts = answer.html().texts("body").into_iter().map(|text| text.replace(asked, ""));
    (answer.status, texts.collect(), headers)
}

#[tokio::test]
async fn org_data_isolation() {
    let it = Tenants::set_up().await;
    for below in ["", "/members", "/settings", "/statistics", "/audit", "/danger", "/events/new"] {
        let own = it.olivia.browser.get(&format!("/organizations/atria-test{below}")).await;
        assert_eq!(own.status, StatusCode::OK, "{below}");
        assert!(!own.body.contains("Zoological") && !own.body.contains("Zebra"), "{below}");
        let foreign = it.olivia.browser.get(&format!("/organizations/zoological-garden{below}")).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{below}");
        assert!(!foreign.body.contains("Zoological") && !foreign.body.contains("Zoraida"), "{below}");
    }
}

#[tokio::test]
async fn event_data_isolation() {
    let it = Tenants::set_up().await;
    for below in ["", "/now", "/rooms", "/manage", "/manage/details"] {
        let own = it.zoe.browser.get(&format!("/events/{}{below}", it.foreign)).await;
        assert_eq!(own.status, StatusCode::OK, "{below}");
        let foreign = it.olivia.browser.get(&format!("/events/{}{below}", it.foreign)).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{below}");
        assert!(!foreign.body.contains("Zebra"), "{below}");
    }
    let room = it.app.room(&it.zoe, &it.foreign, RoomKind::Global).await;
    let page = |event: &str| format!("/events/{event}/rooms/{room}");
    assert_eq!(it.zoe.browser.get(&page(&it.foreign)).await.status, StatusCode::OK);
    for browser in [&it.olivia.browser, &it.zoe.browser] {
        let crossed = browser.get(&page(&it.event)).await;
        assert_eq!(crossed.status, StatusCode::NOT_FOUND, "a room of another event is none of this one");
    }
    let mut socket = it.olivia.browser.socket().await;
    let answer = socket.subscribe(Topic::Room(room), None).await;
    assert!(matches!(answer, domain::realtime::ServerFrame::Refused { .. }), "{answer:?}");
}

#[tokio::test]
async fn id_enumeration() {
    let it = Tenants::set_up().await;
    let room = it.app.room(&it.zoe, &it.foreign, RoomKind::Global).await.to_string();
    let random = "0199f0a0-0000-7000-8000-000000000001";
    for (foreign, missing) in [
        ("/organizations/zoological-garden".to_owned(), "/organizations/nil".to_owned()),
        (format!("/events/{}", it.foreign), "/events/missing-one".to_owned()),
        (format!("/events/{}/rooms/{room}", it.event), format!("/events/{}/rooms/{random}", it.event)),
    ] {
        let (one, other) = (it.olivia.browser.get(&foreign).await, it.olivia.browser.get(&missing).await);
        assert_eq!(one.status, StatusCode::NOT_FOUND, "{foreign}");
        assert_eq!(told(&one, &foreign), told(&other, &missing), "{foreign} and {missing} answer alike");
    }
    let zoe = it.zoe.signed_in.user.to_string();
    for user in [zoe.as_str(), random] {
        let fields = [("organization", "atria-test"), ("user", user), ("role", "ADMIN")];
        let answer = it.olivia.browser.call("/api/organizations/change_role", &fields).await;
        assert_eq!((answer.status, answer.error()), (StatusCode::NOT_FOUND, domain::AppError::NotFound));
    }
}

#[tokio::test]
async fn cross_tenant_injection() {
    let it = Tenants::set_up().await;
    let hostile = [
        "' or 1=1 --",
        "%' or organization_id is not null or name like '%",
        "\\'; select * from organizations; --",
        "%%",
        "__",
        "**",
        "$1",
        "');--",
    ];
    for text in hostile {
        let encoded = app::ssr::encoded(text);
        let path = format!("/organizations/atria-test/members?search={encoded}");
        let found = it.olivia.browser.get(&path).await;
        assert_eq!(found.status, StatusCode::OK, "{text}");
        assert!(found.html().texts(".row strong").is_empty(), "{text} finds nobody");
        assert!(!found.body.contains("Zoraida"), "{text} finds no other tenant");
        let path = format!("/organizations/{encoded}");
        assert_eq!(it.olivia.browser.get(&path).await.status, StatusCode::NOT_FOUND, "{text}");
    }
    let key = "00000000-0000-0000-0000-000000000001";
    let name = "Robert'); drop table organizations; --";
    let created =
        it.olivia.browser.call("/api/organizations/create", &[("name", name), ("form_key", key)]).await;
    assert_eq!(created.status, StatusCode::OK);
    let home = it.olivia.browser.get("/home").await.html();
    assert!(home.texts(".row-title").contains(&name.to_owned()), "stored and shown literally");
    assert_eq!(it.zoe.browser.get("/organizations/zoological-garden").await.status, StatusCode::OK);
}

/// What Ada says about herself; no two people have it by chance.
const CANARIES: [&str; 7] = [
    "canary-company",
    "canary-title",
    "canary-bio",
    "canary-github",
    "canary-public@example.org",
    "ada@example.org",
    "canary-pronouns",
];

async fn fill_profile(ada: &Member) {
    let profile = [
        ("version", "1"),
        ("first_name", "Ada"),
        ("last_name", "Test"),
        ("company", CANARIES[0]),
        ("title", CANARIES[1]),
        ("bio", CANARIES[2]),
        ("github", "https://github.com/canary-github"),
        ("pronouns", CANARIES[6]),
    ];
    assert_eq!(ada.browser.status("/api/accounts/save_profile", &profile).await, StatusCode::OK);
    let privacy = [
        ("version", "1"),
        ("email_visibility", "ORGANIZERS_ONLY"),
        ("connection_requests", "NONE"),
        ("social_links", "HIDDEN"),
        ("public_email", CANARIES[4]),
    ];
    assert_eq!(ada.browser.status("/api/accounts/save_privacy", &privacy).await, StatusCode::OK);
}

#[tokio::test]
async fn user_data_privacy() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let (ben, zoe) = (app.person("Ben").await, app.person("Zoraida").await);
    let event = app.published(&olivia).await;
    app.join_organization("atria-test", &ada, "MEMBER").await;
    app.join_organization("atria-test", &ben, "MEMBER").await;
    for attendee in [&ada, &ben] {
        app.register(attendee, &event).await;
    }
    fill_profile(&ada).await;
    let pages = [
        "/home".to_owned(),
        "/settings/profile".to_owned(),
        "/settings/privacy".to_owned(),
        "/settings/security".to_owned(),
        "/settings/account".to_owned(),
        "/organizations/atria-test".to_owned(),
        "/organizations/atria-test/members".to_owned(),
        format!("/events/{event}"),
        format!("/events/{event}/now"),
        format!("/events/{event}/me"),
        format!("/events/{event}/rooms"),
    ];
    let mut own = String::new();
    for page in &pages {
        own.push_str(&ada.browser.get(page).await.body);
        for stranger in [&ben.browser, &zoe.browser, &app.browser()] {
            let body = stranger.get(page).await.body;
            let leaked: Vec<_> = CANARIES.into_iter().filter(|canary| body.contains(canary)).collect();
            assert!(leaked.is_empty(), "{page} tells a stranger {leaked:?}");
        }
    }
    let missing: Vec<_> = CANARIES.into_iter().filter(|canary| !own.contains(canary)).collect();
    assert!(missing.is_empty(), "the person sees all of it: {missing:?}");
    let list = olivia.browser.get("/organizations/atria-test/members").await.body;
    assert!(list.contains("ada@example.org"), "owners see addresses");
    assert!(!list.contains("canary-bio"), "and nothing else");

    let forged = [("version", "1"), ("first_name", "Mallory"), ("user", &*ada.signed_in.user.to_string())];
    zoe.browser.call("/api/accounts/save_profile", &forged).await;
    let named = ada.browser.get("/settings/profile").await.html();
    assert_eq!(named.value("first_name"), "Ada", "a form changes the profile of who posts it");
}
