use http::StatusCode;

use crate::support::{Member, TestApp};

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
    let (ben, zoe) = (app.person("Ben").await, app.person("Zoe").await);
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
