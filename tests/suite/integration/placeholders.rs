//! People who are known by their invitations alone.

use http::StatusCode;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{Member, TestApp};

const DAN: &str = "dan@example.org";
const FORGOT: &str = "/api/accounts/forgot_password";

async fn invited(app: &TestApp) -> (Member, String) {
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, "organizations/atria-test", DAN, "MEMBER").await;
    (olivia, token)
}

/// The log and the list of invitations, row by row.
async fn inviter_sees(inviter: &Member) -> Vec<String> {
    let mut seen = Vec::new();
    for page in ["/organizations/atria-test/audit", "/organizations/atria-test/invitations"] {
        seen.extend(inviter.browser.get(page).await.html().texts("main .row"));
    }
    seen
}

#[tokio::test]
async fn who_forgot_a_password_they_never_had_gets_their_invitations_again() {
    let app = TestApp::start().await;
    let (olivia, first) = invited(&app).await;
    app.wait(Duration::days(3));
    olivia.browser.sign_in(&olivia.email, PASSWORD).await;
    app.until_delivered().await;
    let before = inviter_sees(&olivia).await;
    assert!(before.iter().any(|row| row.contains("Mail sent")), "{before:?}");
    let asked = async |address: &str| app.browser().call(FORGOT, &[("email", address)]).await;
    let (known, unknown) = (asked(DAN).await, asked("nobody@example.org").await);
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body), "the same answer");
    let mail = app.inbox.about(DAN, "You're invited to Atria Test").await;
    assert!(
        mail.text.contains("Olivia Test invites you") && mail.text.contains("11 May 2026"),
        "{}",
        mail.text
    );
    let second = mail.token("invitations");
    let old = app.browser().get(&format!("/invitations/{first}")).await;
    assert_eq!(old.status, StatusCode::GONE);
    assert!(old.body.contains("newer link"), "replaced");
    app.wait(Duration::HOUR);
    olivia.browser.sign_in(&olivia.email, PASSWORD).await;
    for _ in 0..4 {
        assert_eq!(asked(DAN).await.status, StatusCode::OK, "also when nothing is sent any more");
    }
    assert_eq!(
        inviter_sees(&olivia).await,
        before,
        "neither the log nor the state of the mail tells that somebody asked"
    );
    let mails: i64 = sqlx::query_scalar("select count(*) from outbox_mails where recipient = $1")
        .bind(DAN)
        .fetch_one(&app.services.db)
        .await
        .unwrap();
    assert!(mails <= 2 + 3, "three an hour: {mails}");
    let id = app.invitation_of(DAN).await;
    let resend = [("target", "organizations/atria-test"), ("invitation", &*id)];
    for n in 0..3 {
        let resent = olivia.browser.status("/api/invitations/resend", &resend).await;
        assert_eq!(resent, StatusCode::OK, "the inviter's own three an hour are untouched: {n}");
    }
    assert_eq!(app.browser().get(&format!("/invitations/{second}")).await.status, StatusCode::GONE);
    app.wait(Duration::days(7));
    asked(DAN).await;
    assert_eq!(app.browser().status("/api/invitations/join", &[("token", &second)]).await, StatusCode::GONE);
    let resets: i64 =
        sqlx::query_scalar("select count(*) from account_tokens").fetch_one(&app.services.db).await.unwrap();
    assert_eq!(resets, 0, "no password for somebody without an account");
}

/// The first mail bounced; the one somebody asked for doesn't make it look as if it had not.
#[tokio::test]
async fn a_mail_that_was_asked_for_changes_nothing_of_a_failed_one() {
    let app = TestApp::start().await;
    let (olivia, _) = invited(&app).await;
    app.until_delivered().await;
    sqlx::query("update invitations set delivery = 'FAILED', delivery_answer = '550 no such mailbox'")
        .execute(&app.services.db)
        .await
        .unwrap();
    app.browser().call(FORGOT, &[("email", DAN)]).await;
    app.inbox.about(DAN, "You're invited to Atria Test").await;
    app.until_delivered().await;
    let list = async || olivia.browser.get("/organizations/atria-test/invitations").await.body;
    assert!(list().await.contains("550 no such mailbox"), "as the inviter saw it before");
    let id = app.invitation_of(DAN).await;
    let fields = [("target", "organizations/atria-test"), ("invitation", &*id)];
    assert_eq!(olivia.browser.status("/api/invitations/resend", &fields).await, StatusCode::OK);
    app.until_delivered().await;
    assert!(!list().await.contains("550 no such mailbox"), "a mail of their own tells how it went");
}

#[tokio::test]
async fn a_written_name_greets_in_the_mail_and_fills_in_the_form() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let ada = app.person("Ada").await;
    let list = "Dan van Dyke <dan@example.org>, Somebody Else <ada@example.org>";
    let fields = [("target", "organizations/atria-test"), ("addresses", list), ("role", "MEMBER")];
    let preview = olivia.browser.submit_and_follow("/api/invitations/preview", &fields).await.html();
    let addresses = preview.value("addresses");
    let fields = [("target", "organizations/atria-test"), ("addresses", &*addresses), ("role", "MEMBER")];
    assert_eq!(olivia.browser.status("/api/invitations/send", &fields).await, StatusCode::OK);
    let mail = app.inbox.about(DAN, "You're invited to Atria Test").await;
    assert!(mail.text.starts_with("Hello Dan van Dyke,"), "{}", mail.text);
    let to_ada = app.inbox.about(&ada.email, "You're invited to Atria Test").await;
    assert!(to_ada.text.starts_with("Hello Ada Test,"), "an account's own name: {}", to_ada.text);
    let page = app.browser().get(&format!("/invitations/{}", mail.token("invitations"))).await.html();
    assert_eq!((&*page.value("first_name"), &*page.value("last_name")), ("Dan", "van Dyke"));
    let id = app.invitation_of(DAN).await;
    let fields = [("target", "organizations/atria-test"), ("invitation", &*id)];
    assert_eq!(olivia.browser.status("/api/invitations/resend", &fields).await, StatusCode::OK);
    let again = app.inbox.about(DAN, "You're invited to Atria Test").await;
    assert!(again.text.starts_with("Hello Dan van Dyke,"), "also when it is sent again");
}

#[tokio::test]
async fn a_workbook_given_as_a_table_is_named_as_such() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let fields = [("target", "organizations/atria-test"), ("file", "PK\u{3}\u{4}ÐÏ"), ("role", "MEMBER")];
    let page = olivia.browser.submit_and_follow("/api/invitations/preview", &fields).await.html();
    assert!(page.field_error("file").is_some_and(|error| error.contains("no CSV file")));
    assert!(page.texts(".meta").iter().any(|text| text == "Fill in one of these, or both."));
}

/// Waits until somebody in this database waits for a lock. Outside of any transaction: within one, it would see the
/// same for ever.
async fn until_somebody_waits(app: &TestApp) {
    loop {
        let waiting: i64 = sqlx::query_scalar(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        )
        .fetch_one(&app.services.db)
        .await
        .unwrap();
        if waiting > 0 {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn invitations_are_locked_before_the_people_they_are_for() {
    let app = TestApp::start().await;
    let (_olivia, _) = invited(&app).await;
    let sign_up = [("first_name", "Dan"), ("email", DAN), ("password", PASSWORD)];
    app.browser().submit("/api/accounts/sign_up", &sign_up).await;
    let token = app.inbox.about(DAN, "Confirm your address").await.token("verify");
    // As somebody who accepts: the invitation is theirs, the person comes next.
    let mut tx = app.services.db.begin().await.unwrap();
    sqlx::query("select id from invitations where address = $1 for update")
        .bind(DAN)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    let browser = app.browser();
    let removing =
        tokio::spawn(
            async move { browser.status("/api/accounts/withdraw_sign_up", &[("token", &token)]).await },
        );
    until_somebody_waits(&app).await;
    sqlx::query("select id from users where email = $1 for update nowait")
        .bind(DAN)
        .fetch_one(&mut *tx)
        .await
        .expect("who waits for the invitation doesn't hold the person");
    tx.commit().await.unwrap();
    assert_eq!(removing.await.unwrap(), StatusCode::OK);
}

#[tokio::test]
async fn the_sweep_waits_for_invitations_before_it_holds_placeholders() {
    let app = TestApp::start().await;
    let (olivia, _) = invited(&app).await;
    // Noting that a mail is sent holds its invitation, and the sweep passes by what others hold.
    app.until_delivered().await;
    app.wait(Duration::days(38));
    services::invitations::sweep(&app.services).await.unwrap();
    let mut tx = app.services.db.begin().await.unwrap();
    sqlx::query("select id from invitations where address = $1 for update")
        .bind(DAN)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    let services = app.services.clone();
    let sweeping = tokio::spawn(async move { services::accounts::sweep(&services).await });
    until_somebody_waits(&app).await;
    sqlx::query("select id from users where email = $1 for update nowait")
        .bind(DAN)
        .fetch_one(&mut *tx)
        .await
        .expect("the sweep holds nobody while it waits");
    tx.commit().await.unwrap();
    sweeping.await.unwrap().unwrap();
    olivia.browser.sign_in(&olivia.email, PASSWORD).await;
    app.invite(&olivia, "organizations/atria-test", DAN, "MEMBER").await;
}
