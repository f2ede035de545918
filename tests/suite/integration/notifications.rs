//! What people want to be told.

use http::StatusCode;

use crate::support::TestApp;

const SAVE: &str = "/api/accounts/save_notifications";

#[tokio::test]
async fn a_mail_that_was_switched_off_is_not_sent_and_others_are() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    let saved = [("in_app[]", "REGISTRATION"), ("mail[]", "MENTION"), ("mail[]", "DIRECT_MESSAGE")];
    let page = ada.browser.submit_and_follow(SAVE, &saved).await.html();
    assert_eq!(page.attributes("input[name='in_app[]'][checked]", "value"), ["REGISTRATION"]);
    assert_eq!(page.attributes("input[name='mail[]'][checked]", "value"), ["DIRECT_MESSAGE", "MENTION"]);
    assert!(!page.has("input[name='mail[]'][value=SECURITY]"), "what always goes is no choice");

    app.register(&ada, &event).await;
    let phone = app.browser();
    phone.sign_in(&ada.email, crate::support::cast::PASSWORD).await;
    let first = app.inbox.next_for(&ada.email).await;
    assert_eq!(
        first.subject, "New sign-in to your account",
        "the registration was not mailed, this always is"
    );

    let ben = app.person("Ben").await;
    app.register(&ben, &event).await;
    app.inbox.about(&ben.email, "You're registered: Rust Day").await;
}

#[tokio::test]
async fn a_kind_that_does_not_exist_is_refused() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let unknown = ada.browser.status(SAVE, &[("mail[]", "NEWSLETTER")]).await;
    assert_eq!(unknown, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.browser.status(SAVE, &[]).await, StatusCode::OK, "all off");
    let page = ada.browser.get("/settings/notifications").await.html();
    assert!(!page.has("main input[checked]"));
}
