//! The address of an account, and the way back.

use domain::realtime::CloseReason;
use domain::{AppError, Conflict, Denied};
use http::StatusCode;
use services::accounts::{self, NewAccount};
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{Member, TestApp};

const ASK: &str = "/api/accounts/request_address_change";
const CONFIRM: &str = "/api/accounts/confirm_address_change";
const UNDO: &str = "/api/accounts/undo_address_change";
const NEW: &str = "ada@new.example";
const FRESH: &str = "seven-kites-over-harbour";

/// Asks; answers the tokens of the two mails.
async fn asked(app: &TestApp, ada: &Member) -> (String, String) {
    assert_eq!(ada.browser.status(ASK, &[("email", NEW)]).await, StatusCode::OK);
    let confirm = app.inbox.about(NEW, "Confirm your new address").await.token("address");
    let undo = app.inbox.about(&ada.email, "Your account is about to get another address").await;
    (confirm, undo.token("address/undo"))
}

async fn signs_in(app: &TestApp, email: &str, password: &str) -> StatusCode {
    app.browser().status("/api/accounts/sign_in", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn a_new_address_counts_once_it_is_confirmed_and_ends_what_was_open() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let phone = app.browser();
    phone.sign_in(&ada.email, PASSWORD).await;
    let mut socket = phone.socket().await;
    let (token, _) = asked(&app, &ada).await;
    app.browser().submit("/api/accounts/forgot_password", &[("email", &ada.email)]).await;
    let reset = app.inbox.about(&ada.email, "Set a new password").await.token("reset");

    let page = ada.browser.get(&format!("/address/{token}")).await;
    assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, Some("no-referrer")));
    assert!(page.body.contains(NEW));
    assert_eq!(
        signs_in(&app, &ada.email, PASSWORD).await,
        StatusCode::OK,
        "opening the link changes nothing"
    );

    assert_eq!(ada.browser.submit(CONFIRM, &[("token", &token)]).await.location(), "/settings/security");
    assert!(ada.browser.is_signed_in().await, "the login session that confirms goes on");
    assert_eq!(socket.closes().await, Some(CloseReason::SignedOut));
    assert!(!phone.is_signed_in().await, "the others end");
    assert_eq!(signs_in(&app, &ada.email, PASSWORD).await, StatusCode::UNAUTHORIZED);
    assert_eq!(signs_in(&app, NEW, PASSWORD).await, StatusCode::OK);
    assert_eq!(app.browser().get(&format!("/reset/{reset}")).await.status, StatusCode::GONE);
    assert_eq!(ada.browser.status(CONFIRM, &[("token", &token)]).await, StatusCode::GONE, "once");
}

#[tokio::test]
async fn a_change_needs_a_recent_sign_in_and_a_link_lives_a_day() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    app.wait(Duration::minutes(11));
    let late = ada.browser.call(ASK, &[("email", NEW)]).await;
    assert_eq!((late.status, late.error()), (StatusCode::FORBIDDEN, Denied::SignInNotRecent.into()));
    let sent_on = ada.browser.submit(ASK, &[("email", NEW)]).await;
    assert_eq!(sent_on.location(), "/confirm-password?next=%2Fsettings%2Fsecurity");
    let confirmed = [("current_password", PASSWORD), ("next", "/settings/security")];
    let form = ada.browser.submit_and_follow("/api/accounts/confirm_password", &confirmed).await.html();
    assert_eq!(form.value("email"), NEW, "what was typed stays");
    let same = ada.browser.status(ASK, &[("email", " ADA@example.org ")]).await;
    assert_eq!(same, StatusCode::UNPROCESSABLE_ENTITY);

    let (token, _) = asked(&app, &ada).await;
    app.wait(Duration::hours(24) + Duration::SECOND);
    assert_eq!(ada.browser.get(&format!("/address/{token}")).await.status, StatusCode::GONE);
    assert_eq!(ada.browser.status(CONFIRM, &[("token", &token)]).await, StatusCode::GONE);
}

#[tokio::test]
async fn a_taken_address_is_answered_like_a_free_one_and_its_owner_is_told() {
    let app = TestApp::start().await;
    let (ada, ben) = (app.person("Ada").await, app.person("Ben").await);
    let free = ada.browser.call(ASK, &[("email", NEW)]).await;
    let taken = ada.browser.call(ASK, &[("email", &ben.email)]).await;
    assert_eq!((free.status, &free.body), (taken.status, &taken.body));
    let told = app.inbox.next_for(&ben.email).await;
    assert_eq!(told.subject, "Somebody wanted to use your address");
    for _ in 0..2 {
        let notice = app.inbox.next_for(&ada.email).await;
        assert_eq!(
            notice.subject, "Your account is about to get another address",
            "the own mailbox shows no difference"
        );
    }
    // Three an hour; further ones answer the same and do nothing.
    for n in 0..2 {
        let more = ada.browser.call(ASK, &[("email", &*format!("ada{n}@new.example"))]).await;
        assert_eq!((more.status, &more.body), (free.status, &free.body));
    }
    app.inbox.about("ada0@new.example", "Confirm your new address").await;
    let links: i64 =
        sqlx::query_scalar("select count(*) from account_tokens where purpose = 'CHANGE_ADDRESS'")
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    assert_eq!(links, 3, "for the first three, of which the taken one's link went to nobody");

    let token = asked_by_service(&app, &ada).await;
    let squatter = NewAccount::parse("Eve", "", "late@new.example", PASSWORD).unwrap();
    accounts::sign_up_confirmed(&app.services, squatter).await.unwrap();
    let refused = ada.browser.call(CONFIRM, &[("token", &token)]).await;
    let conflict = AppError::Conflict(Conflict::AddressTaken);
    assert_eq!((refused.status, refused.error()), (StatusCode::CONFLICT, conflict), "taken meanwhile");
}

/// An hour later, for an address that is free at that moment.
async fn asked_by_service(app: &TestApp, ada: &Member) -> String {
    app.wait(Duration::hours(1) + Duration::SECOND);
    ada.browser.submit("/api/accounts/confirm_password", &[("current_password", PASSWORD)]).await;
    assert_eq!(ada.browser.status(ASK, &[("email", "late@new.example")]).await, StatusCode::OK);
    app.inbox.about("late@new.example", "Confirm your new address").await.token("address")
}

#[tokio::test]
async fn the_old_address_takes_the_account_back_from_a_thief() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let thief = app.browser();
    thief.sign_in(&ada.email, PASSWORD).await;
    let (confirm, undo) = asked(&app, &ada).await;
    thief.submit(CONFIRM, &[("token", &confirm)]).await;
    let change = [("current_password", PASSWORD), ("password", "thief-lantern-battery-3")];
    assert_eq!(thief.status("/api/accounts/change_password", &change).await, StatusCode::OK);
    let again = [("email", "thief@evil.example")];
    assert_eq!(thief.status(ASK, &again).await, StatusCode::OK);
    let thiefs_undo =
        app.inbox.about(NEW, "Your account is about to get another address").await.token("address/undo");
    let closing = [("confirmation", NEW)];
    assert_eq!(thief.status("/api/accounts/delete_account", &closing).await, StatusCode::OK);

    app.wait(Duration::days(6));
    let owner = app.browser();
    assert_eq!(owner.get(&format!("/address/undo/{undo}")).await.status, StatusCode::OK);
    let taken_back = owner.submit(UNDO, &[("token", &undo)]).await;
    let reset = taken_back.location().strip_prefix("/reset/").expect("on to a new password").to_owned();
    assert!(!thief.is_signed_in().await, "nobody is signed in");
    for (email, password) in
        [(&*ada.email, PASSWORD), (&*ada.email, "thief-lantern-battery-3"), (NEW, PASSWORD)]
    {
        assert_eq!(signs_in(&app, email, password).await, StatusCode::UNAUTHORIZED, "{email} {password}");
    }
    let dead = owner.status(UNDO, &[("token", &thiefs_undo)]).await;
    assert_eq!(dead, StatusCode::GONE, "the thief has no way back");
    let set = [("token", &*reset), ("password", FRESH)];
    assert_eq!(owner.status("/api/accounts/reset_password", &set).await, StatusCode::OK);
    owner.sign_in(&ada.email, FRESH).await;
    assert_eq!(owner.status(UNDO, &[("token", &undo)]).await, StatusCode::GONE, "once");
}

#[tokio::test]
async fn an_undone_change_that_was_not_confirmed_yet_is_over() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let (confirm, undo) = asked(&app, &ada).await;
    assert!(app.browser().submit(UNDO, &[("token", &undo)]).await.location().starts_with("/reset/"));
    assert_eq!(app.browser().status(CONFIRM, &[("token", &confirm)]).await, StatusCode::GONE);
    assert!(!ada.browser.is_signed_in().await);
}

#[tokio::test]
async fn links_to_addresses_end_after_7_days_and_by_20_guesses() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let (_, undo) = asked(&app, &ada).await;
    app.wait(Duration::days(7) + Duration::SECOND);
    assert_eq!(app.browser().get(&format!("/address/undo/{undo}")).await.status, StatusCode::GONE);
    let guesser = app.browser();
    for n in 0..20 {
        assert_eq!(guesser.get(&format!("/address/guess{n}")).await.status, StatusCode::GONE);
    }
    assert_eq!(guesser.get("/address/guess20").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn an_invitation_to_an_address_keeps_nobody_from_it() {
    let app = TestApp::start().await;
    let (ada, eve) = (app.person("Ada").await, app.person("Eve").await);
    let club = app.organization(&eve, "Club").await;
    let target = format!("organizations/{club}");
    app.invite(&eve, &target, NEW, "MEMBER").await;
    let (confirm, undo) = asked(&app, &ada).await;
    assert_eq!(
        ada.browser.status(CONFIRM, &[("token", &confirm)]).await,
        StatusCode::OK,
        "a placeholder gives way"
    );
    let old = ada.email.clone();
    let token = app.invite(&eve, &target, &old, "MEMBER").await;
    let undone = app.browser().status(UNDO, &[("token", &undo)]).await;
    assert_eq!(undone, StatusCode::OK, "also on the way back: a thief must not be able to close it");
    let page = app.browser().get(&format!("/invitations/{token}")).await;
    assert_eq!(page.status, StatusCode::OK, "invitations go by the address");
}

#[tokio::test]
async fn the_answer_of_an_older_link_does_not_tell_whether_an_address_is_taken() {
    let app = TestApp::start().await;
    let (ada, ben) = (app.person("Ada").await, app.person("Ben").await);
    for (person, wanted) in [(&ada, "free@new.example"), (&ben, ada.email.as_str())] {
        let (older, _) = asked(&app, person).await;
        assert_eq!(app.browser().get(&format!("/address/{older}")).await.status, StatusCode::OK);
        assert_eq!(person.browser.status(ASK, &[("email", wanted)]).await, StatusCode::OK);
        let gone = app.browser().get(&format!("/address/{older}")).await.status;
        assert_eq!(gone, StatusCode::GONE, "after asking for {wanted}");
    }
}

#[tokio::test]
async fn a_change_that_waits_is_shown_and_can_be_given_up_whoever_has_the_address() {
    let app = TestApp::start().await;
    let (ada, ben) = (app.person("Ada").await, app.person("Ben").await);
    let waits = async || ada.browser.get("/settings/security").await.html().texts(".notice strong");
    assert!(waits().await.is_empty());
    let (token, undo) = asked(&app, &ada).await;
    assert_eq!(waits().await, [NEW]);
    let cancel = "/api/accounts/cancel_address_change";
    let page = ada.browser.submit_and_follow(cancel, &[]).await;
    assert!(
        page.body.contains("The change is cancelled.")
            && !page.html().has("form[action$='cancel_address_change']")
    );
    assert_eq!(ada.browser.status(CONFIRM, &[("token", &token)]).await, StatusCode::GONE, "its link is dead");
    assert_eq!(app.browser().get(&format!("/address/undo/{undo}")).await.status, StatusCode::OK);
    assert_eq!(ada.browser.status(cancel, &[]).await, StatusCode::OK, "again is fine");
    assert_eq!(app.browser().status(cancel, &[]).await, StatusCode::UNAUTHORIZED);
    assert_eq!(ada.browser.status(ASK, &[("email", &ben.email)]).await, StatusCode::OK);
    assert_eq!(waits().await, [ben.email], "a taken address looks like a free one");
    app.wait(Duration::DAY);
    assert!(waits().await.is_empty(), "it waits for a day");
}
