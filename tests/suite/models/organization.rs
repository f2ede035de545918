use http::StatusCode;

use crate::support::TestApp;

const TARGET: &str = "organizations/atria-test";

#[tokio::test]
async fn member_management() {
    let app = TestApp::start().await;
    let (olivia, adam) = (app.person("Olivia").await, app.person("Adam").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, TARGET, &adam.email, "MEMBER").await;
    assert_eq!(app.organization_members(&slug).await.len(), 1, "an invitation makes nobody a member");
    assert_eq!(app.accept(&adam, &token).await, StatusCode::OK, "accepting it does");

    let user = adam.signed_in.user.to_string();
    let fields = [("organization", slug.as_str()), ("user", user.as_str()), ("role", "ADMIN")];
    assert_eq!(olivia.browser.status("/api/organizations/change_role", &fields).await, StatusCode::OK);
    assert!(app.organization_members(&slug).await.contains(&(adam.email.clone(), "ADMIN".to_owned())));
    assert_eq!(olivia.browser.status("/api/organizations/remove_member", &fields).await, StatusCode::OK);
    assert_eq!(
        app.organization_members(&slug).await,
        [("olivia@example.org".to_owned(), "OWNER".to_owned())]
    );
    assert_eq!(app.accept(&adam, &token).await, StatusCode::GONE, "the old link brings nobody back");
    let again = app.invite(&olivia, TARGET, &adam.email, "MEMBER").await;
    assert_eq!(app.accept(&adam, &again).await, StatusCode::OK, "a new one does");
}
