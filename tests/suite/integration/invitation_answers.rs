//! What accepting grants, and to whom.

use domain::error::Unauthenticated;
use domain::{AppError, Conflict, Denied, Gone};
use http::StatusCode;

use crate::support::cast::PASSWORD;
use crate::support::{EventForm, Member, TestApp};

fn row(email: &str, role: &str, status: &str) -> (String, String, String) {
    (email.to_owned(), role.to_owned(), status.to_owned())
}

async fn set_membership(app: &TestApp, person: &Member, column: &str, value: &str) {
    let statement = match column {
        "role" => "update event_members set role = $2 where user_id = $1",
        _ => "update event_members set status = $2 where user_id = $1",
    };
    sqlx::query(statement)
        .bind(person.signed_in.user.get())
        .bind(value)
        .execute(&app.services.db)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_parallel_accepts_of_one_link_make_one_membership() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    let token = app.invite(&olivia, &format!("events/{event}"), &ada.email, "ATTENDEE").await;
    let accepts = (0..50).map(|_| app.accept(&ada, &token));
    let statuses = futures_util::future::join_all(accepts).await;
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(StatusCode::OK), count(StatusCode::GONE)), (1, 49), "{statuses:?}");
    let seats: i32 =
        sqlx::query_scalar("select seats_taken from events").fetch_one(&app.services.db).await.unwrap();
    assert_eq!((app.event_members(&event).await.len(), seats), (2, 1), "Ada and Olivia, and one seat");
}

#[tokio::test]
async fn a_new_link_and_an_accept_at_once_leave_one_of_both() {
    let app = TestApp::start().await;
    let (olivia, event) = {
        let olivia = app.person("Olivia").await;
        let event = app.published(&olivia).await;
        (olivia, event)
    };
    let target = format!("events/{event}");
    for name in ["Ada", "Ben", "Cy", "Di"] {
        let person = app.person(name).await;
        let token = app.invite(&olivia, &target, &person.email, "SPEAKER").await;
        let id = app.invitation_of(&person.email).await;
        let fields = [("target", &*target), ("invitation", &*id)];
        let (accepted, resent) = tokio::join!(
            app.accept(&person, &token),
            olivia.browser.status("/api/invitations/resend", &fields)
        );
        let is_member = app.event_members(&event).await.contains(&row(&person.email, "SPEAKER", "ACTIVE"));
        match (accepted, resent) {
            (StatusCode::OK, StatusCode::CONFLICT) => assert!(is_member),
            (StatusCode::GONE, StatusCode::OK) => assert!(!is_member),
            both => panic!("one of both happens: {both:?}"),
        }
    }
}

#[tokio::test]
async fn what_the_inviter_may_not_grant_any_more_is_not_granted() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let target = format!("events/{event}");
    let (omar, sam, ben) = (app.person("Omar").await, app.person("Sam").await, app.person("Ben").await);
    let token = app.invite(&olivia, &target, &omar.email, "ADMIN").await;
    assert_eq!(app.accept(&omar, &token).await, StatusCode::OK);
    let to_sam = app.invite(&omar, &target, &sam.email, "ORGANIZER").await;
    let to_ben = app.invite(&omar, &target, &ben.email, "SPEAKER").await;

    set_membership(&app, &omar, "role", "ORGANIZER").await;
    let lowered = sam.browser.submit_and_follow("/api/invitations/accept", &[("token", &to_sam)]).await;
    assert!(lowered.body.contains("with a smaller role"), "it is said on the page");
    set_membership(&app, &omar, "role", "MODERATOR").await;
    let refused = ben.browser.call("/api/invitations/accept", &[("token", &to_ben)]).await;
    assert_eq!(refused.error(), AppError::Conflict(Conflict::InvitationVoid));
    assert_eq!(app.invitation_status(&ben.email).await, "CANCELLED");
    let members = app.event_members(&event).await;
    assert!(members.contains(&row(&sam.email, "ATTENDEE", "ACTIVE")), "{members:?}");
    assert!(!members.iter().any(|member| member.0 == ben.email), "{members:?}");

    let to_new = app.invite(&olivia, &target, "new@example.org", "SPEAKER").await;
    sqlx::query("update users set state = 'DEACTIVATED' where id = $1")
        .bind(olivia.signed_in.user.get())
        .execute(&app.services.db)
        .await
        .unwrap();
    assert_eq!(app.join(&to_new, "Nora").await, StatusCode::CONFLICT, "a deactivated inviter grants nothing");
    let state: String = sqlx::query_scalar("select state from users where email = 'new@example.org'")
        .fetch_one(&app.services.db)
        .await
        .unwrap();
    assert_eq!(state, "PLACEHOLDER", "and no account is made for nothing");
    assert_eq!(app.invitation_status("new@example.org").await, "CANCELLED");
}

#[tokio::test]
async fn a_member_keeps_the_higher_role() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    let target = format!("events/{event}");
    let to_speak = app.invite(&olivia, &target, &ada.email, "SPEAKER").await;
    app.register(&ada, &event).await;
    assert_eq!(app.accept(&ada, &to_speak).await, StatusCode::OK);
    assert!(app.event_members(&event).await.contains(&row(&ada.email, "SPEAKER", "ACTIVE")), "raised");
    let seats: i32 =
        sqlx::query_scalar("select seats_taken from events").fetch_one(&app.services.db).await.unwrap();
    assert_eq!(seats, 0, "a speaker gives the attendee's seat back");

    let zoe = app.person("Zoe").await;
    let token = app.invite(&olivia, "organizations/atria-test", &zoe.email, "MEMBER").await;
    app.join_organization("atria-test", &zoe, "ADMIN").await;
    assert_eq!(app.accept(&zoe, &token).await, StatusCode::OK);
    let members = app.organization_members("atria-test").await;
    assert!(members.contains(&(zoe.email.clone(), "ADMIN".to_owned())), "not lowered: {members:?}");
}

#[tokio::test]
async fn an_attendee_of_a_full_event_waits_and_a_speaker_does_not() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut form = EventForm::default();
    form.0.visibility = "PRIVATE".to_owned();
    form.0.max_attendees = "1".to_owned();
    let event = app.draft(&olivia, &organization, form).await;
    olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;
    let target = format!("events/{event}");
    let first = app.invite(&olivia, &target, &ada.email, "ATTENDEE").await;
    let second = app.invite(&olivia, &target, "ben@example.org", "ATTENDEE").await;
    let speaker = app.invite(&olivia, &target, "sam@example.org", "SPEAKER").await;
    assert_eq!(app.accept(&ada, &first).await, StatusCode::OK);
    assert_eq!(app.join(&speaker, "Sam").await, StatusCode::OK);
    let ben = app.browser();
    let fields = [("token", &*second), ("first_name", "Ben"), ("password", PASSWORD)];
    let waiting = ben.submit("/api/invitations/join", &fields).await;
    assert!(ben.is_signed_in().await, "{waiting:?}");
    let home = ben.get("/home").await;
    assert!(home.body.contains("On the waitlist"));
    assert_eq!(
        app.event_members(&event).await,
        [
            row("ada@example.org", "ATTENDEE", "ACTIVE"),
            row("ben@example.org", "ATTENDEE", "WAITLISTED"),
            row("olivia@example.org", "ADMIN", "ACTIVE"),
            row("sam@example.org", "SPEAKER", "ACTIVE"),
        ]
    );
}

#[tokio::test]
async fn former_members_come_back_on_their_row_and_banned_ones_do_not() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let target = format!("events/{event}");
    for (name, was) in [("Ada", "LEFT"), ("Ben", "REMOVED")] {
        let person = app.person(name).await;
        app.register(&person, &event).await;
        set_membership(&app, &person, "status", was).await;
        let token = app.invite(&olivia, &target, &person.email, "MODERATOR").await;
        assert_eq!(app.accept(&person, &token).await, StatusCode::OK, "{was}");
        let rows: Vec<_> =
            app.event_members(&event).await.into_iter().filter(|member| member.0 == person.email).collect();
        assert_eq!(rows, [row(&person.email, "MODERATOR", "ACTIVE")], "{was}");
    }
    let bea = app.person("Bea").await;
    let token = app.invite(&olivia, &target, &bea.email, "SPEAKER").await;
    app.register(&bea, &event).await;
    set_membership(&app, &bea, "status", "BANNED").await;
    let refused = bea.browser.call("/api/invitations/accept", &[("token", &token)]).await;
    assert_eq!(refused.error(), AppError::Denied(Denied::BannedFromEvent), "banned after the invitation");
}

#[tokio::test]
async fn nobody_answers_for_somebody_else() {
    let app = TestApp::start().await;
    let (olivia, ada, otto) = (app.person("Olivia").await, app.person("Ada").await, app.person("Otto").await);
    let event = app.published(&olivia).await;
    let token = app.invite(&olivia, &format!("events/{event}"), &ada.email, "ADMIN").await;
    let id = app.invitation_of(&ada.email).await;
    for function in ["accept", "decline"] {
        let path = format!("/api/invitations/{function}");
        let by_link = otto.browser.call(&path, &[("token", &token)]).await;
        assert_eq!(by_link.error(), AppError::Denied(Denied::InvitationForAnother), "{function}");
        let by_id = otto.browser.call(&path, &[("invitation", &id)]).await;
        assert_eq!(by_id.error(), AppError::NotFound, "{function}: hidden");
        assert_eq!(app.browser().status(&path, &[("token", &token)]).await, StatusCode::UNAUTHORIZED);
    }
    let joined = app.join(&token, "Eve").await;
    assert_eq!(joined, StatusCode::UNAUTHORIZED, "an address with an account signs in");
    assert_eq!(app.invitation_status(&ada.email).await, "PENDING");
    let declined = ada.browser.submit_and_follow("/api/invitations/decline", &[("token", &token)]).await;
    assert!(declined.body.contains("You declined the invitation."));
    assert_eq!(app.invitation_status(&ada.email).await, "DECLINED");
    assert_eq!(app.accept(&ada, &token).await, StatusCode::GONE);
    let late = otto.browser.call("/api/invitations/accept", &[("invitation", &id)]).await;
    assert_eq!(late.error(), AppError::NotFound, "nor do others learn that it is over");
    let list = olivia.browser.get(&format!("/events/{event}/manage/invitations")).await.html();
    assert_eq!(list.texts(".row .badge"), ["Declined"], "the inviter sees it");
    let log = olivia.browser.get("/organizations/atria-test/audit").await.html().texts(".row p:first-child");
    let declined = "ada@example.org declined the invitation of ada@example.org to Rust Day";
    assert_eq!(log[0], declined, "who says no doesn't tell their name");
    assert!(!log.iter().any(|line| line.contains("Ada Test")), "{log:?}");
}

#[tokio::test]
async fn the_end_of_the_target_is_the_end_of_its_invitations() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    let to_event = app.invite(&olivia, &format!("events/{event}"), &ada.email, "SPEAKER").await;
    let to_organization = app.invite(&olivia, "organizations/atria-test", &ada.email, "MEMBER").await;
    sqlx::query("update events set status = 'CANCELLED'").execute(&app.services.db).await.unwrap();
    assert!(!ada.browser.get("/home").await.body.contains("Rust Day"), "not offered any more");
    let refused = ada.browser.call("/api/invitations/accept", &[("token", &to_event)]).await;
    assert_eq!(refused.error(), AppError::Gone(Gone::InvitationCancelled));
    let again = app.try_invite(&olivia, &format!("events/{event}"), "x@example.org", "SPEAKER").await;
    assert_eq!(again.status, StatusCode::CONFLICT, "nor is anybody invited to it");

    let fields = [("organization", "atria-test"), ("delete_name", "Atria Test")];
    olivia.browser.call("/api/accounts/confirm_password", &[("current_password", PASSWORD)]).await;
    let deleted = olivia.browser.call("/api/organizations/delete", &fields).await;
    assert_eq!(deleted.status, StatusCode::OK, "{}", deleted.body);
    assert_eq!(app.invitation_status(&ada.email).await, "CANCELLED", "with the organization");
    assert_eq!(app.accept(&ada, &to_organization).await, StatusCode::GONE);
}

#[tokio::test]
async fn who_has_no_account_declines_by_the_link_alone_and_who_has_one_signs_in() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    let target = format!("organizations/{slug}");
    let decline =
        async |token: &str| app.browser().status("/api/invitations/decline", &[("token", token)]).await;
    let token = app.invite(&olivia, &target, "dan@example.org", "MEMBER").await;
    let page = app.browser().get(&format!("/invitations/{token}")).await.html();
    assert!(page.has("form[action='/api/invitations/decline']"), "without making an account first");
    assert_eq!(decline(&token).await, StatusCode::OK);
    assert_eq!(app.invitation_status("dan@example.org").await, "DECLINED");
    assert_eq!(decline(&token).await, StatusCode::GONE, "once");
    let token = app.invite(&olivia, &target, &ada.email, "MEMBER").await;
    assert_eq!(decline(&token).await, StatusCode::UNAUTHORIZED, "Ada's account answers for her");
    let id = app.invitation_of(&ada.email).await;
    // Twenty wrong links of a network are over soon; whoever was signed out has opened none.
    let browser = app.browser();
    for _ in 0..21 {
        let signed_out = browser.call("/api/invitations/decline", &[("invitation", &id)]).await;
        let expected = AppError::Unauthenticated(Unauthenticated::SignInRequired);
        assert_eq!((signed_out.status, signed_out.error()), (StatusCode::UNAUTHORIZED, expected));
    }
    assert_eq!(app.invitation_status(&ada.email).await, "PENDING");
}

#[tokio::test]
async fn who_is_signed_in_makes_no_account_by_somebody_elses_link() {
    let app = TestApp::start().await;
    let (olivia, otto) = (app.person("Olivia").await, app.person("Otto").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, &format!("organizations/{slug}"), "dan@example.org", "MEMBER").await;
    let fields = [("token", &*token), ("first_name", "Dan"), ("password", PASSWORD)];
    let refused = otto.browser.call("/api/invitations/join", &fields).await;
    let expected = AppError::Denied(Denied::InvitationForAnother);
    assert_eq!((refused.status, refused.error()), (StatusCode::FORBIDDEN, expected));
    assert_eq!(app.invitation_status("dan@example.org").await, "PENDING");
    assert!(otto.browser.is_signed_in().await, "and stays who they are");
    assert_eq!(app.join(&token, "Dan").await, StatusCode::OK, "the owner of the mail does");
}

#[tokio::test]
async fn who_signed_in_meanwhile_accepts_by_the_form_that_would_have_made_the_account() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, &format!("organizations/{slug}"), &ada.email, "MEMBER").await;
    let fields = [("token", &*token), ("first_name", "Ada"), ("password", PASSWORD)];
    let joined = ada.browser.submit("/api/invitations/join", &fields).await;
    assert_eq!(joined.location(), format!("/organizations/{slug}"));
    assert_eq!(app.invitation_status(&ada.email).await, "ACCEPTED");
    assert_eq!(ada.browser.get(&format!("/organizations/{slug}")).await.status, StatusCode::OK);
}
