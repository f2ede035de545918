//! How invitations end that nobody answers.

use domain::{AppError, Conflict, Gone};
use http::StatusCode;
use services::invitations;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{EventForm, Member, Team, TestApp};

async fn log(reader: &Member) -> Vec<String> {
    reader.browser.get("/organizations/atria-test/audit").await.html().texts(".row .row-body")
}

#[tokio::test]
async fn an_invitation_that_ends_by_itself_stands_in_the_log() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let ada = app.person("Ada").await;
    let target = format!("organizations/{}", team.slug);
    let token = app.invite(&team.adam, &target, &ada.email, "MEMBER").await;
    assert_eq!(team.change(&team.olivia, &team.adam, "MEMBER").await, StatusCode::OK);
    let void = ada.browser.call("/api/invitations/accept", &[("token", &token)]).await;
    assert_eq!(void.error(), AppError::Conflict(Conflict::InvitationVoid));
    assert!(log(&team.olivia).await[0].starts_with("Atria cancelled the invitation of ada@example.org"));

    let token = app.invite(&team.olivia, &target, "dan@example.org", "MEMBER").await;
    app.wait(Duration::days(7));
    team.olivia.browser.sign_in(&team.olivia.email, PASSWORD).await;
    assert_eq!(app.join(&token, "Dan").await, StatusCode::GONE);
    let last = log(&team.olivia).await.remove(0);
    assert!(last.starts_with("Atria closed the expired invitation of dan@example.org"), "{last}");
    assert_eq!(app.join(&token, "Dan").await, StatusCode::GONE);
    assert_eq!(log(&team.olivia).await[0], last, "once");
}

#[tokio::test]
async fn what_ran_out_stands_in_the_log_once_whoever_noticed_it() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let event = app.draft(&team.olivia, &team.slug, EventForm::default()).await;
    let (to_team, to_event) = (format!("organizations/{}", team.slug), format!("events/{event}"));
    for (target, address, role) in [
        (&to_team, "dan@example.org", "MEMBER"),
        (&to_event, "eve@example.org", "SPEAKER"),
        (&to_team, "finn@example.org", "MEMBER"),
    ] {
        app.invite(&team.olivia, target, address, role).await;
    }
    app.until_delivered().await;
    app.wait(Duration::days(7));
    team.olivia.browser.sign_in(&team.olivia.email, PASSWORD).await;
    let expired = async || -> Vec<(String, bool, Option<String>)> {
        sqlx::query_as(
            "select subject, event_id is not null, value_after from audit_entries
              where action = 'INVITATION_EXPIRED' order by subject",
        )
        .fetch_all(&app.services.db)
        .await
        .unwrap()
    };
    // A new invitation finds the old one over.
    app.invite(&team.olivia, &to_team, "finn@example.org", "MEMBER").await;
    assert_eq!(expired().await, [("finn@example.org".to_owned(), false, None)]);
    for _again in 0..2 {
        invitations::sweep(&app.services).await.unwrap();
        let of_all = [("dan@example.org", false), ("eve@example.org", true), ("finn@example.org", false)];
        let of_all = of_all.map(|(address, in_event)| (address.to_owned(), in_event, None));
        assert_eq!(expired().await, of_all);
    }
    let lines = log(&team.olivia).await;
    let of_event = lines.iter().find(|line| line.contains("eve@example.org")).expect("a line");
    assert!(
        of_event.starts_with("Atria closed the expired invitation of eve@example.org to Rust Day"),
        "{of_event}"
    );
    assert!(!lines.iter().any(|line| line.starts_with("Atria cancelled")), "{lines:?}");
}

#[tokio::test]
async fn who_looked_at_an_old_link_does_not_end_the_newer_one() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, "organizations/atria-test", &ada.email, "MEMBER").await;
    app.wait(Duration::days(7));
    let ada = app.browser();
    ada.sign_in("ada@example.org", PASSWORD).await;
    let mut tx = app.services.db.begin().await.unwrap();
    sqlx::query("select id from organizations for no key update").fetch_one(&mut *tx).await.unwrap();
    let late = tokio::spawn(async move { ada.call("/api/invitations/accept", &[("token", &token)]).await });
    loop {
        let waiting: i64 = sqlx::query_scalar(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        )
        .fetch_one(&app.services.db)
        .await
        .unwrap();
        if waiting > 0 {
            break;
        }
        tokio::task::yield_now().await;
    }
    sqlx::query(
        "update invitations set token_hash = sha256('newer'), expires_at = expires_at + interval '7 days'",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(late.await.unwrap().error(), AppError::Gone(Gone::InvitationExpired));
    assert_eq!(app.invitation_status("ada@example.org").await, "PENDING", "the newer one is open");
}

#[tokio::test]
async fn an_invitation_to_an_archived_event_can_be_cancelled_and_nothing_else() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    let target = format!("events/{event}");
    app.invite(&olivia, &target, &ada.email, "SPEAKER").await;
    sqlx::query("update events set status = 'ARCHIVED'").execute(&app.services.db).await.unwrap();
    let id = app.invitation_of(&ada.email).await;
    let page = olivia.browser.get(&format!("/events/{event}/manage/invitations")).await.html();
    assert!(page.has("form[action='/api/invitations/cancel']"));
    assert!(!page.has("form[action='/api/invitations/resend']"));
    assert!(!page.has("form[action='/api/invitations/change_role']"));
    let call = async |function: &str| {
        let mut fields = vec![("target", &*target), ("invitation", &*id)];
        fields.extend((function == "change_role").then_some(("role", "ATTENDEE")));
        olivia.browser.status(&format!("/api/invitations/{function}"), &fields).await
    };
    assert_eq!(call("resend").await, StatusCode::CONFLICT);
    assert_eq!(call("change_role").await, StatusCode::CONFLICT);
    assert_eq!(call("cancel").await, StatusCode::OK);
    assert_eq!(app.invitation_status(&ada.email).await, "CANCELLED");
}

#[tokio::test]
async fn open_invitations_come_back_with_their_organization() {
    let app = TestApp::start().await;
    let (olivia, ada, ben) = (app.person("Olivia").await, app.person("Ada").await, app.person("Ben").await);
    let event = app.published(&olivia).await;
    let to_event = app.invite(&olivia, &format!("events/{event}"), &ada.email, "SPEAKER").await;
    app.invite(&olivia, "organizations/atria-test", &ben.email, "MEMBER").await;
    let id = app.invitation_of(&ben.email).await;
    let fields = [("target", "organizations/atria-test"), ("invitation", &*id)];
    assert_eq!(olivia.browser.status("/api/invitations/cancel", &fields).await, StatusCode::OK);
    app.wait(Duration::days(3));
    let to_organization = app.invite(&olivia, "organizations/atria-test", &ada.email, "MEMBER").await;
    olivia.browser.call("/api/accounts/confirm_password", &[("current_password", PASSWORD)]).await;
    let fields = [("organization", "atria-test"), ("delete_name", "Atria Test")];
    assert_eq!(olivia.browser.status("/api/organizations/delete", &fields).await, StatusCode::OK);
    assert_eq!(app.accept(&ada, &to_organization).await, StatusCode::GONE);
    app.wait(Duration::days(5));
    olivia.browser.sign_in(&olivia.email, PASSWORD).await;
    ada.browser.sign_in(&ada.email, PASSWORD).await;
    let id = olivia.browser.get("/organizations/deleted").await.html().value("organization");
    let restored =
        olivia.browser.submit_and_follow("/api/organizations/restore", &[("organization", &id)]).await;
    assert!(restored.body.contains("with its events and open invitations"));
    assert_eq!(app.invitation_status(&ben.email).await, "CANCELLED", "what ended before stays so");
    assert_eq!(app.accept(&ada, &to_event).await, StatusCode::GONE, "its week is over");
    assert_eq!(app.accept(&ada, &to_organization).await, StatusCode::OK, "the link in the mail works again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_ends_an_invitation_and_who_notes_that_its_mail_left_do_not_wait_for_each_other() {
    let mut app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    app.invite(&olivia, "organizations/atria-test", "ada@example.org", "MEMBER").await;
    app.until_delivered().await;
    app.stop().await;
    let db = app.services.db.clone();
    let again =
        "update outbox_mails set sent_at = null, html_body = 'x', text_body = 'x' where recipient = $1";
    sqlx::query(again).bind("ada@example.org").execute(&db).await.unwrap();

    // As an erasure does: the invitation, then what was written to its address.
    let mut ending = db.begin().await.unwrap();
    sqlx::query("set local lock_timeout = '300ms'").execute(&mut *ending).await.unwrap();
    sqlx::query("select id from invitations for update").execute(&mut *ending).await.unwrap();
    let services = app.services.clone();
    let sending = tokio::spawn(async move { services::mail::deliver_due(&services).await });
    app.until_it_waits(&sending).await;
    let mails = sqlx::query("delete from outbox_mails where recipient = 'ada@example.org'");
    assert_eq!(mails.execute(&mut *ending).await.expect("nobody holds them").rows_affected(), 1);
    ending.rollback().await.unwrap();
    assert_eq!(sending.await.unwrap().expect("it was sent"), 1);
    assert_eq!(noted(&app).await, "SENT");

    // What PostgreSQL breaks off is noted by another try.
    let mut holding = db.begin().await.unwrap();
    sqlx::query(again).bind("ada@example.org").execute(&mut *holding).await.unwrap();
    sqlx::query("update invitations set delivery = 'QUEUED'").execute(&mut *holding).await.unwrap();
    holding.commit().await.unwrap();
    let mut holding = db.begin().await.unwrap();
    sqlx::query("select id from invitations for update").execute(&mut *holding).await.unwrap();
    let services = app.services.clone();
    let sending = tokio::spawn(async move { services::mail::deliver_due(&services).await });
    app.until_it_waits(&sending).await;
    let cancel = "select pg_cancel_backend(pid) from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock'";
    sqlx::query(cancel).execute(&db).await.unwrap();
    app.until_it_waits(&sending).await;
    holding.rollback().await.unwrap();
    assert_eq!(sending.await.unwrap().expect("it is noted"), 1);
    assert_eq!(noted(&app).await, "SENT");
}

/// What the invitation says of its mail.
async fn noted(app: &TestApp) -> String {
    sqlx::query_scalar("select delivery from invitations").fetch_one(&app.services.db).await.unwrap()
}
