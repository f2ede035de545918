use domain::invitations::{BulkRow, Verdict};
use domain::{AppError, Conflict, Gone};
use http::StatusCode;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{EventForm, Member, TestApp};

const ORGANIZATION: &str = "organizations/atria-test";

/// Olivia's organization with a published event; answers her and the event as a target.
async fn stage(app: &TestApp) -> (Member, String, String) {
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let target = format!("events/{event}");
    (olivia, event, target)
}

#[tokio::test]
async fn org_invitation_flow() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    let fields = [
        ("target", ORGANIZATION),
        ("email", " ADA@Example.org "),
        ("role", "ADMIN"),
        ("message", "Welcome."),
    ];
    let sent = olivia.browser.submit("/api/invitations/invite", &fields).await;
    assert_eq!(sent.location(), "/organizations/atria-test/invitations");

    let mail = app.inbox.next_for(&ada.email).await;
    assert_eq!(mail.subject, "You're invited to Atria Test");
    let link = format!("/invitations/{}", mail.token("invitations"));
    let page = ada.browser.get(&link).await;
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(page.html().text("h1"), "You're invited to Atria Test");
    let list = olivia.browser.get("/organizations/atria-test/invitations").await.html();
    assert_eq!(list.texts(".row strong"), ["ada@example.org"]);
    assert!(app.organization_members(&slug).await.len() == 1, "a look is no answer");

    let accepted =
        ada.browser.submit("/api/invitations/accept", &[("token", &mail.token("invitations"))]).await;
    assert_eq!(accepted.location(), "/organizations/atria-test");
    let expected = [("ada@example.org", "ADMIN"), ("olivia@example.org", "OWNER")];
    assert_eq!(app.organization_members(&slug).await, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(ada.browser.get(&link).await.status, StatusCode::GONE, "once");
    let log = olivia.browser.get("/organizations/atria-test/audit").await.body;
    assert!(log.contains("invited") && log.contains("accepted the invitation of"), "both are told");
}

#[tokio::test]
async fn event_invitation_flow() {
    let app = TestApp::start().await;
    let (olivia, event, target) = stage(&app).await;
    let sam = app.person("Sam").await;
    let token = app.invite(&olivia, &target, &sam.email, "SPEAKER").await;
    let home = sam.browser.get("/home").await.html();
    assert_eq!(home.texts("#my-invitations"), ["Invitations"], "on the start page too");

    let id = app.invitation_of(&sam.email).await;
    let accepted = sam.browser.submit("/api/invitations/accept", &[("invitation", &id)]).await;
    assert_eq!(accepted.location(), format!("/events/{event}"));
    let members = app.event_members(&event).await;
    let row = |email: &str, role: &str| (email.to_owned(), role.to_owned(), "ACTIVE".to_owned());
    assert_eq!(members, [row("olivia@example.org", "ADMIN"), row("sam@example.org", "SPEAKER")]);
    assert_eq!(sam.browser.get(&format!("/events/{event}/now")).await.status, StatusCode::OK);
    assert_eq!(app.accept(&sam, &token).await, StatusCode::GONE, "the link is used too");
    assert!(!sam.browser.get("/home").await.html().has("#my-invitations"));
}

#[tokio::test]
async fn placeholder_user_creation() {
    let app = TestApp::start().await;
    let (olivia, event, target) = stage(&app).await;
    let token = app.invite(&olivia, &target, "new@example.org", "ATTENDEE").await;
    let row: (String, Option<String>, String) =
        sqlx::query_as("select state, password_hash, first_name from users where email = 'new@example.org'")
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    assert_eq!(row, ("PLACEHOLDER".to_owned(), None, String::new()), "known by the address alone");
    let sign_in = [("email", "new@example.org"), ("password", PASSWORD)];
    let refused = app.browser().status("/api/accounts/sign_in", &sign_in).await;
    assert_eq!(refused, StatusCode::UNAUTHORIZED, "as an unknown address");
    let members = olivia.browser.get("/organizations/atria-test/members").await;
    assert!(!members.body.contains("new@example.org"), "in no list of people");

    let browser = app.browser();
    let fields = [("token", &*token), ("first_name", "Nora"), ("last_name", "New"), ("password", PASSWORD)];
    let joined = browser.submit("/api/invitations/join", &fields).await;
    assert_eq!(joined.location(), format!("/events/{event}"));
    assert!(browser.is_signed_in().await, "the link confirmed the address");
    let people: Vec<(String, String)> =
        sqlx::query_as("select state, first_name from users where email = 'new@example.org'")
            .fetch_all(&app.services.db)
            .await
            .unwrap();
    assert_eq!(people, [("ACTIVE".to_owned(), "Nora".to_owned())], "no second account");
}

#[tokio::test]
async fn invitation_expiry() {
    let app = TestApp::start().await;
    let (olivia, event, target) = stage(&app).await;
    let ada = app.person("Ada").await;
    let token = app.invite(&olivia, &target, &ada.email, "ATTENDEE").await;
    app.wait(Duration::days(7) - Duration::seconds(1));
    ada.browser.sign_in(&ada.email, PASSWORD).await;
    let link = format!("/invitations/{token}");
    assert_eq!(ada.browser.get(&link).await.status, StatusCode::OK, "until its last second");
    app.wait(Duration::seconds(1));
    let over = ada.browser.get(&link).await;
    assert_eq!(over.status, StatusCode::GONE);
    assert_eq!(over.html().text("h1"), "This invitation has expired.");
    assert_eq!(app.invitation_status(&ada.email).await, "PENDING", "a look changes nothing");
    let refused = ada.browser.call("/api/invitations/accept", &[("token", &token)]).await;
    assert_eq!(refused.error(), AppError::Gone(Gone::InvitationExpired));
    assert_eq!(app.invitation_status(&ada.email).await, "EXPIRED", "on sight");
    assert_eq!(app.event_members(&event).await.len(), 1);

    olivia.browser.sign_in(&olivia.email, PASSWORD).await;
    app.invite(&olivia, &target, "bo@example.org", "ATTENDEE").await;
    // The job leaves what somebody works on to its next run, here the note that the mail left.
    app.until_delivered().await;
    app.wait(Duration::days(7));
    services::invitations::sweep(&app.services).await.unwrap();
    assert_eq!(app.invitation_status("bo@example.org").await, "EXPIRED", "by the daily job");
}

#[tokio::test]
async fn invitation_cancellation() {
    let app = TestApp::start().await;
    let (olivia, _, target) = stage(&app).await;
    let (ada, otto) = (app.person("Ada").await, app.person("Otto").await);
    let token = app.invite(&olivia, &target, &ada.email, "ATTENDEE").await;
    let id = app.invitation_of(&ada.email).await;
    let cancel = async |who: &Member, target: &str| {
        who.browser.status("/api/invitations/cancel", &[("target", target), ("invitation", &id)]).await
    };
    assert_eq!(cancel(&otto, &target).await, StatusCode::FORBIDDEN);
    assert_eq!(
        cancel(&olivia, ORGANIZATION).await,
        StatusCode::NOT_FOUND,
        "it is none of the organization's"
    );
    assert_eq!(cancel(&olivia, &target).await, StatusCode::OK);
    assert_eq!(cancel(&olivia, &target).await, StatusCode::OK, "twice is fine");
    let refused = ada.browser.call("/api/invitations/accept", &[("token", &token)]).await;
    assert_eq!(refused.error(), AppError::Gone(Gone::InvitationCancelled));

    app.wait(Duration::SECOND);
    let again = app.invite(&olivia, &target, &ada.email, "ATTENDEE").await;
    assert_eq!(app.accept(&ada, &again).await, StatusCode::OK);
    let id = app.invitation_of(&ada.email).await;
    let fields = [("target", &*target), ("invitation", &*id)];
    let late = olivia.browser.call("/api/invitations/cancel", &fields).await;
    assert_eq!(late.error(), AppError::Conflict(Conflict::InvitationClosed), "only an open one");
}

#[tokio::test]
async fn bulk_invitation() {
    let app = TestApp::start().await;
    let (olivia, event, target) = stage(&app).await;
    let ada = app.person("Ada").await;
    app.register(&ada, &event).await;
    app.invite(&olivia, &target, "waiting@example.org", "ATTENDEE").await;
    let list = "new@example.org; Ben <BEN@example.org>, nonsense\nada@example.org\nwaiting@example.org\n\
                ben@example.org";
    let fields = [("target", &*target), ("addresses", list), ("role", "SPEAKER"), ("message", "")];
    let expected = |fresh| {
        let row = |address: &str, verdict| BulkRow { address: address.to_owned(), verdict };
        vec![
            row("new@example.org", fresh),
            row("ben@example.org", fresh),
            row("nonsense", Verdict::Invalid),
            row("ada@example.org", Verdict::Member),
            row("waiting@example.org", Verdict::Pending),
            row("ben@example.org", Verdict::Duplicate),
        ]
    };
    let preview = olivia.browser.call("/api/invitations/preview", &fields).await;
    assert_eq!(preview.json::<Vec<BulkRow>>(), expected(Verdict::Ok));
    let count = async || {
        sqlx::query_scalar::<_, i64>("select count(*) from invitations")
            .fetch_one(&app.services.db)
            .await
            .unwrap()
    };
    assert_eq!(count().await, 1, "a preview sends nothing");
    let sent = olivia.browser.call("/api/invitations/send", &fields).await;
    assert_eq!(sent.json::<Vec<BulkRow>>(), expected(Verdict::Ok), "good rows are not held up");
    let again = olivia.browser.call("/api/invitations/send", &fields).await;
    assert_eq!(again.json::<Vec<BulkRow>>(), expected(Verdict::Pending), "again is harmless");
    assert_eq!(count().await, 3);
    let token = app.inbox.token_for("ben@example.org", "invitations").await;
    assert_eq!(app.join(&token, "Ben").await, StatusCode::OK);
    assert!(app.event_members(&event).await.contains(&(
        "ben@example.org".to_owned(),
        "SPEAKER".to_owned(),
        "ACTIVE".to_owned()
    )));
}

#[tokio::test]
async fn invitation_resend() {
    let app = TestApp::start().await;
    let (olivia, _, target) = stage(&app).await;
    let ada = app.person("Ada").await;
    let old = app.invite(&olivia, &target, &ada.email, "ATTENDEE").await;
    let id = app.invitation_of(&ada.email).await;
    let fields = [("target", &*target), ("invitation", &*id)];
    assert_eq!(olivia.browser.status("/api/invitations/resend", &fields).await, StatusCode::OK);
    let new = app.inbox.token_for(&ada.email, "invitations").await;
    let refused = ada.browser.call("/api/invitations/accept", &[("token", &old)]).await;
    assert_eq!(refused.error(), AppError::Gone(Gone::InvitationReplaced), "a newer link was sent");
    let page = ada.browser.get(&format!("/invitations/{old}")).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.html().text("h1").starts_with("A newer link was sent"));

    app.wait(Duration::days(8));
    ada.browser.sign_in(&ada.email, PASSWORD).await;
    olivia.browser.sign_in(&olivia.email, PASSWORD).await;
    assert_eq!(app.accept(&ada, &new).await, StatusCode::GONE);
    assert_eq!(
        olivia.browser.status("/api/invitations/resend", &fields).await,
        StatusCode::OK,
        "also an expired"
    );
    let newest = app.inbox.token_for(&ada.email, "invitations").await;
    assert_eq!(app.accept(&ada, &newest).await, StatusCode::OK);
    assert_eq!(
        olivia.browser.status("/api/invitations/resend", &fields).await,
        StatusCode::CONFLICT,
        "answered"
    );
}

#[tokio::test]
async fn invitation_role_assignment() {
    let app = TestApp::start().await;
    let (olivia, event, target) = stage(&app).await;
    let omar = app.person("Omar").await;
    let token = app.invite(&olivia, &target, &omar.email, "ORGANIZER").await;
    assert_eq!(app.accept(&omar, &token).await, StatusCode::OK);
    for above in ["ORGANIZER", "ADMIN"] {
        let refused = app.try_invite(&omar, &target, "x@example.org", above).await.status;
        assert_eq!(refused, StatusCode::FORBIDDEN, "an organizer invites no {above}");
    }
    for unknown in ["OWNER", "KING", ""] {
        let refused = app.try_invite(&olivia, &target, "x@example.org", unknown).await.status;
        assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY, "{unknown:?} is no role of an event");
        let refused = app.try_invite(&olivia, ORGANIZATION, "x@example.org", unknown).await.status;
        assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY, "{unknown:?} is nothing to be invited as");
    }
    app.invite(&omar, &target, "maya@example.org", "SPEAKER").await;
    let id = app.invitation_of("maya@example.org").await;
    let change = async |who: &Member, role: &str| {
        let fields = [("target", &*target), ("invitation", &*id), ("role", role)];
        who.browser.status("/api/invitations/change_role", &fields).await
    };
    assert_eq!(change(&omar, "ADMIN").await, StatusCode::FORBIDDEN);
    assert_eq!(change(&omar, "MODERATOR").await, StatusCode::OK);
    let resent = [("target", &*target), ("invitation", &*id)];
    assert_eq!(omar.browser.status("/api/invitations/resend", &resent).await, StatusCode::OK);
    let token = app.inbox.token_for("maya@example.org", "invitations").await;
    assert_eq!(app.join(&token, "Maya").await, StatusCode::OK);
    let roles: Vec<String> = app.event_members(&event).await.into_iter().map(|row| row.1).collect();
    assert_eq!(roles, ["MODERATOR", "ADMIN", "ORGANIZER"], "Maya, Olivia, Omar");
}

#[tokio::test]
async fn duplicate_invitation_handling() {
    let app = TestApp::start().await;
    let (olivia, event, target) = stage(&app).await;
    let (ada, bea) = (app.person("Ada").await, app.person("Bea").await);
    app.register(&ada, &event).await;
    app.register(&bea, &event).await;
    sqlx::query("update event_members set status = 'BANNED' where user_id = $1")
        .bind(bea.signed_in.user.get())
        .execute(&app.services.db)
        .await
        .unwrap();
    app.invite(&olivia, &target, "new@example.org", "ATTENDEE").await;
    let refusal = async |email: &str| app.try_invite(&olivia, &target, email, "ATTENDEE").await.error();
    assert_eq!(refusal("NEW@example.org").await, AppError::Conflict(Conflict::AlreadyInvited));
    assert_eq!(refusal("ada@example.org").await, AppError::Conflict(Conflict::AlreadyMember));
    assert_eq!(refusal("bea@example.org").await, AppError::Conflict(Conflict::PersonBanned));
    let again = [("target", target.as_str()), ("email", "ada@example.org"), ("role", "ATTENDEE")];
    let page = olivia.browser.submit_and_follow("/api/invitations/invite", &again).await.html();
    assert_eq!(
        page.field_error("email").as_deref(),
        Some("This address belongs to somebody who is there already.")
    );
    assert_eq!(page.value("email"), "ada@example.org", "at its field, with what was typed");
    let other = app.draft(&olivia, "atria-test", EventForm::default()).await;
    app.invite(&olivia, &format!("events/{other}"), "new@example.org", "SPEAKER").await;
    let both = (0..8).map(|_| app.try_invite(&olivia, &target, "race@example.org", "ATTENDEE"));
    let statuses: Vec<_> =
        futures_util::future::join_all(both).await.into_iter().map(|answer| answer.status).collect();
    let sent = statuses.iter().filter(|status| **status == StatusCode::OK).count();
    assert_eq!(sent, 1, "of parallel ones one is sent: {statuses:?}");
}
