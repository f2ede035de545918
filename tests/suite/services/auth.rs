use domain::accounts::{Admitted, EmailAddress};
use domain::error::Unauthenticated;
use domain::{AppError, Denied, Gone};
use services::accounts::{self, Begun, Caller, Credentials, NewAccount, SignInOutcome};
use services::{ServiceError, Services};
use time::Duration;

use crate::support::TestApp;
use crate::support::cast::PASSWORD;

const ADA: &str = "ada@example.org";

fn credentials(email: &str, password: &str) -> Credentials {
    Credentials { email: email.to_owned(), password: password.to_owned() }
}

/// A stranger of a network of their own.
fn caller(last: u8) -> Caller {
    Caller { address: Some([192, 0, 2, last].into()), ..Caller::default() }
}

fn refusal<T>(outcome: Result<T, ServiceError>) -> AppError {
    match outcome {
        Err(ServiceError::Refused(refusal)) => refusal,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("a refusal"),
    }
}

async fn signed_up(services: &Services) {
    let ada = NewAccount::parse("Ada", "Okafor", ADA, PASSWORD).unwrap();
    accounts::sign_up(services, ada, None, &caller(1)).await.unwrap();
}

/// What the row of a column holds, as text.
async fn stored(services: &Services, query: &'static str) -> Vec<String> {
    sqlx::query_scalar(query).fetch_all(&services.db).await.unwrap()
}

#[tokio::test]
async fn login_validation() {
    let app = TestApp::start().await;
    let services = &app.services;
    signed_up(services).await;
    let wrong = AppError::Unauthenticated(Unauthenticated::WrongCredentials);
    let sign_in = async |email: &str, password: &str, last: u8| {
        accounts::sign_in(services, &credentials(email, password), &caller(last)).await
    };
    assert_eq!(refusal(sign_in(ADA, PASSWORD, 1).await), Denied::AddressUnconfirmed.into());
    assert_eq!(refusal(sign_in(ADA, "wrong", 2).await), wrong, "a wrong password learns nothing of that");
    let token = app.inbox.token_for(ADA, "verify").await;
    accounts::confirm_address(services, &token, None, PASSWORD, &caller(9)).await.unwrap();

    assert!(sign_in(" ADA@example.org ", PASSWORD, 3).await.is_ok(), "the canonical address counts");
    for (email, password) in [
        (ADA, "wrong"),
        (ADA, ""),
        (ADA, &PASSWORD.to_uppercase()),
        (ADA, &format!("{PASSWORD} ")),
        (ADA, &PASSWORD.repeat(100)),
        ("nobody@example.org", PASSWORD),
        ("no address", PASSWORD),
    ] {
        let answer = refusal(sign_in(email, password, 4).await);
        assert_eq!(answer, wrong, "{email} {password}");
    }
}

#[tokio::test]
async fn token_generation() {
    let app = TestApp::start().await;
    let (ada, ben) = (app.person("Ada").await, app.person("Ben").await);
    let ids = [&ada, &ben].map(|person| person.browser.cookie("atria").unwrap());
    assert_ne!(ids[0], ids[1]);
    assert!(ids.iter().all(|id| id.len() == 22), "128 bits in base64: {ids:?}");
    let hashes = stored(&app.services, "select encode(id_hash, 'hex') from login_sessions").await;
    assert!(hashes.iter().all(|hash| hash.len() == 64), "only a SHA-256 is kept");
    let rows = stored(&app.services, "select to_jsonb(s)::text from login_sessions s").await.join("\n");
    assert!(ids.iter().all(|id| !rows.contains(id.as_str())), "the id itself is nowhere");
    let before = ada.browser.cookie("atria");
    ada.browser.sign_in(ADA, PASSWORD).await;
    assert_ne!(ada.browser.cookie("atria"), before, "each sign-in makes a fresh one");
}

#[tokio::test]
async fn token_refresh() {
    let app = TestApp::start().await;
    let services = &app.services;
    let id = [7; 16];
    let data = serde_json::json!({});
    let user = app.person("Ada").await.signed_in.user;
    let new = accounts::NewLoginSession {
        user: Some(Admitted { user, epoch: 0 }),
        data: &data,
        user_agent: None,
        source_address: None,
    };
    assert_eq!(accounts::begin(services, &id, &new).await.unwrap(), Begun::Yes);
    app.wait(Duration::days(6));
    accounts::rotate(services, &id, &[8; 16]).await.unwrap();
    assert!(accounts::load(services, &id).await.unwrap().is_none(), "the old id is dead");
    let again = refusal(accounts::rotate(services, &id, &[9; 16]).await);
    assert_eq!(again, AppError::Unauthenticated(Unauthenticated::SignInRequired), "and makes no other");
    app.wait(Duration::days(6));
    assert!(accounts::load(services, &[8; 16]).await.unwrap().is_some(), "the idle limit was slid");
    for _ in 0..3 {
        assert!(accounts::load(services, &[8; 16]).await.unwrap().is_some(), "used often enough");
        app.wait(Duration::days(6));
    }
    assert!(accounts::load(services, &[8; 16]).await.unwrap().is_none(), "not past the absolute limit");
}

#[tokio::test]
async fn password_reset() {
    let app = TestApp::start().await;
    let services = &app.services;
    signed_up(services).await;
    let address = EmailAddress::parse(ADA).unwrap();
    accounts::forgot_password(services, &address, &caller(1)).await.unwrap();
    let verify = app.inbox.token_for(ADA, "verify").await;
    let first = app.inbox.token_for(ADA, "reset").await;
    let hashes = stored(services, "select to_jsonb(t)::text from account_tokens t").await.join("\n");
    assert!(!hashes.contains(&first), "only hashes are kept");

    for _ in 0..3 {
        assert_eq!(
            accounts::find_reset(services, &first, &caller(2)).await.unwrap(),
            ADA,
            "looking uses nothing"
        );
    }
    accounts::forgot_password(services, &address, &caller(1)).await.unwrap();
    let second = app.inbox.token_for(ADA, "reset").await;
    let gone = AppError::Gone(Gone::Link);
    assert_eq!(refusal(accounts::find_reset(services, &first, &caller(2)).await), gone, "replaced");

    let fresh = "seven-kites-over-harbour";
    let (who, other) = (caller(3), caller(4));
    let (one, two) = tokio::join!(
        accounts::reset_password(services, &second, fresh, &who),
        accounts::reset_password(services, &second, "green-lantern-tr0mbone", &other),
    );
    assert_eq!([&one, &two].iter().filter(|done| done.is_ok()).count(), 1, "once, also in parallel");
    assert_eq!(
        refusal(accounts::confirm_address(services, &verify, None, PASSWORD, &caller(9)).await),
        gone,
        "every open link dies with it"
    );
    let password = if one.is_ok() { fresh } else { "green-lantern-tr0mbone" };
    accounts::sign_in(services, &credentials(ADA, password), &caller(5))
        .await
        .expect("the link proved the address");
}

#[tokio::test]
async fn email_verification() {
    let app = TestApp::start().await;
    let services = &app.services;
    signed_up(services).await;
    let first = app.inbox.token_for(ADA, "verify").await;
    accounts::resend_confirmation(services, &EmailAddress::parse(ADA).unwrap(), &caller(1)).await.unwrap();
    let second = app.inbox.token_for(ADA, "verify").await;
    let gone = AppError::Gone(Gone::Link);
    assert_eq!(
        refusal(accounts::confirm_address(services, &first, None, PASSWORD, &caller(9)).await),
        gone,
        "a newer one kills it"
    );
    for _ in 0..3 {
        let pending = accounts::find_sign_up(services, &second, &caller(1)).await.unwrap();
        assert_eq!(pending.full_name, "Ada Okafor", "looking uses nothing");
    }
    app.wait(Duration::hours(24));
    assert_eq!(
        refusal(accounts::confirm_address(services, &second, None, PASSWORD, &caller(9)).await),
        gone,
        "24 hours"
    );
    accounts::resend_confirmation(services, &EmailAddress::parse(ADA).unwrap(), &caller(1)).await.unwrap();
    let third = app.inbox.token_for(ADA, "verify").await;
    let who = caller(9);
    let (one, two) = tokio::join!(
        accounts::confirm_address(services, &third, None, PASSWORD, &who),
        accounts::confirm_address(services, &third, None, PASSWORD, &who)
    );
    assert_eq!([&one, &two].iter().filter(|done| done.is_ok()).count(), 1, "once, also in parallel");
}

#[tokio::test]
async fn a_password_that_was_checked_before_a_change_opens_nothing_after_it() {
    let app = TestApp::start().await;
    let services = &app.services;
    let ada = app.person("Ada").await;
    let signed_in = accounts::sign_in(services, &credentials(ADA, PASSWORD), &caller(1)).await.unwrap();
    let SignInOutcome::SignedIn(signed_in) = signed_in else { panic!("an open account") };
    let row = app.login_session_of(&ada).await;
    let thief = app.login_session_of(&ada).await;
    let fresh = "seven-kites-over-harbour";
    accounts::change_password(services, &row, PASSWORD, fresh, &caller(2)).await.unwrap();

    let data = serde_json::json!({});
    let new = accounts::NewLoginSession {
        user: Some(signed_in.admitted),
        data: &data,
        user_agent: None,
        source_address: None,
    };
    assert_eq!(accounts::begin(services, &[7; 16], &new).await.unwrap(), Begun::TooLate);
    let now = Admitted { epoch: signed_in.admitted.epoch + 1, ..signed_in.admitted };
    let new = accounts::NewLoginSession { user: Some(now), ..new };
    assert_eq!(accounts::begin(services, &[7; 16], &new).await.unwrap(), Begun::Yes);
    assert_eq!(accounts::begin(services, &[7; 16], &new).await.unwrap(), Begun::IdTaken);

    let address = EmailAddress::parse(ADA).unwrap();
    accounts::forgot_password(services, &address, &caller(3)).await.unwrap();
    let mut mail = app.inbox.next_for(ADA).await;
    while mail.subject != "Set a new password" {
        mail = app.inbox.next_for(ADA).await;
    }
    let (token, owner, other) = (mail.token("reset"), caller(3), caller(4));
    let (reset, changed) = tokio::join!(
        accounts::reset_password(services, &token, "green-lantern-tr0mbone", &owner),
        accounts::change_password(services, &thief, fresh, "the-thief-was-here-4711", &other),
    );
    let by_thief =
        accounts::sign_in(services, &credentials(ADA, "the-thief-was-here-4711"), &caller(5)).await;
    assert_eq!(
        [reset.is_ok(), changed.is_ok()].into_iter().filter(|done| *done).count(),
        1,
        "one of them counts"
    );
    assert_eq!(by_thief.is_ok(), changed.is_ok(), "a reset is not undone by a change that began before it");
    if changed.is_ok() {
        assert_eq!(refusal(reset), AppError::Gone(Gone::Link), "a change that came first ends the link");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_is_used_while_another_is_asked_for_makes_nobody_wait_for_ever() {
    let app = TestApp::start().await;
    let services = &app.services;
    let ada = app.person("Ada").await;
    let email = EmailAddress::parse(&ada.email).unwrap();
    for round in 0..8 {
        app.wait(Duration::hours(2));
        accounts::forgot_password(services, &email, &caller(round)).await.unwrap();
        let token = app.inbox.about(&ada.email, "Set a new password").await.token("reset");
        let from = [caller(round), caller(100 + round)];
        let (used, asked) = tokio::join!(
            accounts::reset_password(services, &token, "seven-kites-over-harbour", &from[0]),
            accounts::forgot_password(services, &email, &from[1]),
        );
        assert!(asked.is_ok(), "round {round}: {asked:?}");
        let gone = |error: &ServiceError| matches!(error, ServiceError::Refused(AppError::Gone(Gone::Link)));
        assert!(
            used.as_ref().map_or_else(gone, |_| true),
            "round {round}: it works, or a newer link came first"
        );
    }
}

#[tokio::test]
async fn the_first_sign_in_sends_no_notice_and_every_later_one_on_a_new_device_does() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let mails = async || {
        sqlx::query_scalar::<_, i64>(
            "select count(*) from outbox_mails where subject = 'New sign-in to your account'",
        )
        .fetch_one(&app.services.db)
        .await
        .unwrap()
    };
    assert_eq!(mails().await, 0, "the first");
    ada.browser.sign_in(&ada.email, crate::support::cast::PASSWORD).await;
    assert_eq!(mails().await, 0, "the same device");
    // As after an undone change of the address: no device is known any more.
    sqlx::query("delete from known_devices").execute(&app.services.db).await.unwrap();
    app.browser().sign_in(&ada.email, crate::support::cast::PASSWORD).await;
    assert_eq!(mails().await, 1, "a stranger's device, or one that could be");
}
