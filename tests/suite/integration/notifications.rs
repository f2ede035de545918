//! What people want to be told.

use domain::notifications::NotificationKind;
use domain::{AppError, Conflict};
use http::StatusCode;
use services::notifications::{unsubscribe, unsubscribe_link};

use crate::support::TestApp;
use crate::support::smtp::ReceivedMail;

const SAVE: &str = "/api/accounts/save_notifications";

#[tokio::test]
async fn a_mail_that_was_switched_off_is_not_sent_and_others_are() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    let saved =
        [("version", "1"), ("in_app[]", "PROMOTION"), ("mail[]", "MENTION"), ("mail[]", "DIRECT_MESSAGE")];
    let page = ada.browser.submit_and_follow(SAVE, &saved).await.html();
    assert_eq!(page.attributes("input[name='in_app[]'][checked]", "value"), ["PROMOTION"]);
    assert!(!page.has("input[name='in_app[]'][value=REGISTRATION]"), "what one did oneself is no news");
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

/// The link of a header that mail programs show as a button.
fn one_click_link(mail: &ReceivedMail) -> Option<String> {
    let line = mail.raw.replace("\r\n ", " ");
    let link = line.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: <")?.strip_suffix('>'));
    link.map(ToOwned::to_owned)
}

#[tokio::test]
async fn one_click_stops_the_mails_of_one_kind() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    let mail = app.inbox.about(&ada.email, "You're registered: Rust Day").await;
    assert!(mail.raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{}", mail.raw);
    let link = one_click_link(&mail).expect("a mail that may be switched off");
    let (_, path) = link.split_once("/unsubscribe").expect("a link of ours");
    let path = format!("/unsubscribe{path}");

    let page = ada.browser.get(&path).await;
    assert!(page.body.contains("Your registration or your place on a waitlist"), "{}", page.body);
    let settings = async || ada.browser.get("/settings/notifications").await.html();
    let registration = "input[name='mail[]'][value=REGISTRATION][checked]";
    assert!(settings().await.has(registration), "looking changes nothing");

    let forged = format!("{}A", &path[..path.len() - 1]);
    let provider = app.browser();
    let post = async |path: &str| {
        let form = [("List-Unsubscribe", "One-Click")];
        provider.send(provider.request(http::Method::POST, path).form(&form)).await.status
    };
    assert_eq!(post(&forged).await, StatusCode::GONE, "another kind, unsigned");
    assert!(settings().await.has(registration));
    assert_eq!(post(&path).await, StatusCode::OK, "without cookies, from another site");
    assert_eq!(post(&path).await, StatusCode::OK, "again");
    assert!(!settings().await.has(registration));
    assert!(settings().await.has("input[name='mail[]'][value=ROLE_CHANGED][checked]"), "others go on");

    let phone = app.browser();
    phone.sign_in(&ada.email, crate::support::cast::PASSWORD).await;
    let always = app.inbox.about(&ada.email, "New sign-in to your account").await;
    assert_eq!(one_click_link(&always), None, "what always goes has no such link");
}

#[tokio::test]
async fn a_kind_that_does_not_exist_is_refused() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let unknown = ada.browser.status(SAVE, &[("version", "1"), ("mail[]", "NEWSLETTER")]).await;
    assert_eq!(unknown, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.browser.status(SAVE, &[("version", "1")]).await, StatusCode::OK, "all off");
    let page = ada.browser.get("/settings/notifications").await.html();
    assert!(!page.has("main input[checked]"));
}

#[tokio::test]
async fn choices_over_newer_ones_are_refused_and_can_be_repeated() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let page = ada.browser.get("/settings/notifications").await.html();
    assert_eq!(page.value("version"), "1");
    // Meanwhile the link of a mail switched one kind off.
    let link = unsubscribe_link(&app.services, ada.signed_in.user, NotificationKind::Mention).unwrap();
    unsubscribe(&app.services, link.rsplit('/').next().unwrap()).await.unwrap();
    let late = [("version", "1"), ("in_app[]", "MENTION"), ("mail[]", "MENTION")];
    let refused = ada.browser.call(SAVE, &late).await;
    let conflict = AppError::Conflict(Conflict::StaleEdit { by: "You".to_owned() });
    assert_eq!((refused.status, refused.error()), (StatusCode::CONFLICT, conflict));
    let page = ada.browser.submit_and_follow(SAVE, &late).await.html();
    assert_eq!(
        page.attributes("main input[checked]", "value"),
        ["MENTION", "MENTION"],
        "what was chosen stays"
    );
    assert_eq!(page.value("version"), "2");
    let again = [("version", "2"), ("mail[]", "MENTION")];
    assert_eq!(ada.browser.status(SAVE, &again).await, StatusCode::OK);
}
