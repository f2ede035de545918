use http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn an_outsider_sees_the_same_for_a_foreign_and_a_missing_organization() {
    let app = TestApp::start().await;
    let (olivia, zoe) = (app.person("Olivia").await, app.person("Zoe").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    assert_eq!(olivia.browser.get(&format!("/organizations/{slug}")).await.status, StatusCode::OK);

    let foreign = zoe.browser.get(&format!("/organizations/{slug}")).await;
    let missing = zoe.browser.get("/organizations/no-such-one").await;
    assert_eq!((foreign.status, missing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(foreign.html().texts("main"), missing.html().texts("main"));
    assert!(!foreign.body.contains("Atria Test"));
}

#[tokio::test]
async fn a_taken_address_is_refused_when_typed_and_varied_when_made_from_the_name() {
    let app = TestApp::start().await;
    let (olivia, zoe) = (app.person("Olivia").await, app.person("Zoe").await);
    assert_eq!(app.organization(&olivia, "Café Größe").await, "cafe-grosse");
    assert_eq!(app.organization(&zoe, "Cafe Grosse").await, "cafe-grosse-2");

    let key = "00000000-0000-0000-0000-000000000001";
    let fields = [("name", "Another"), ("slug", "cafe-grosse"), ("form_key", key)];
    let form = zoe.browser.submit_and_follow("/api/organizations/create", &fields).await.html();
    assert_eq!(form.field_error("slug").as_deref(), Some("This address is already taken."));
    assert_eq!(form.value("name"), "Another", "what was typed stays");
}
