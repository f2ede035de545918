use domain::attendees::EventRole;
use domain::invitations::{Grant, InvitationStatus, InvitedRole, TargetKind, grant};
use http::StatusCode;
use services::rng::hash_token;
use time::{Duration, OffsetDateTime};

use crate::support::{Member, TestApp};

async fn stage(app: &TestApp) -> (Member, String) {
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    (olivia, format!("events/{event}"))
}

#[tokio::test]
async fn token_generation() {
    let app = TestApp::start().await;
    let (olivia, target) = stage(&app).await;
    let first = app.invite(&olivia, &target, "ada@example.org", "SPEAKER").await;
    let second = app.invite(&olivia, &target, "ben@example.org", "SPEAKER").await;
    assert_eq!((first.len(), second.len()), (43, 43), "256 random bits each");
    assert_ne!(first, second);
    let stored: Vec<Vec<u8>> = sqlx::query_scalar("select token_hash from invitations order by address")
        .fetch_all(&app.services.db)
        .await
        .unwrap();
    assert_eq!(stored, [hash_token(&first).to_vec(), hash_token(&second).to_vec()], "only their hashes stay");
    let readable: i64 = sqlx::query_scalar(
        "select count(*) from invitations i where i::text like '%' || $1 || '%' or i::text like '%' || $2 || '%'",
    )
    .bind(&first)
    .bind(&second)
    .fetch_one(&app.services.db)
    .await
    .unwrap();
    assert_eq!(readable, 0);
}

#[tokio::test]
async fn expiry_validation() {
    let app = TestApp::start().await;
    let (olivia, target) = stage(&app).await;
    app.invite(&olivia, &target, "ada@example.org", "SPEAKER").await;
    let times: (OffsetDateTime, OffsetDateTime) =
        sqlx::query_as("select created_at, expires_at from invitations")
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    assert_eq!(times.1 - times.0, Duration::days(7));
    let forged =
        sqlx::query("update invitations set expires_at = created_at").execute(&app.services.db).await;
    let error = forged.unwrap_err();
    let constraint = error.as_database_error().and_then(|error| error.constraint());
    assert_eq!(constraint, Some("invitations_expiry_order"), "{error}");
}

#[tokio::test]
async fn status_tracking() {
    assert_eq!(
        InvitationStatus::ALL.map(InvitationStatus::as_str),
        ["PENDING", "ACCEPTED", "DECLINED", "EXPIRED", "CANCELLED"]
    );
    for status in InvitationStatus::ALL {
        assert_eq!(InvitationStatus::from_stored(status.as_str()), Some(status));
    }
    assert_eq!(InvitationStatus::from_stored("pending"), None);

    let app = TestApp::start().await;
    let (olivia, target) = stage(&app).await;
    let (ada, ben) = (app.person("Ada").await, app.person("Ben").await);
    let to_ada = app.invite(&olivia, &target, &ada.email, "SPEAKER").await;
    let to_ben = app.invite(&olivia, &target, &ben.email, "SPEAKER").await;
    assert_eq!(app.invitation_status(&ada.email).await, "PENDING");
    assert_eq!(app.accept(&ada, &to_ada).await, StatusCode::OK);
    assert_eq!(app.invitation_status(&ada.email).await, "ACCEPTED");
    let declined = ben.browser.status("/api/invitations/decline", &[("token", &to_ben)]).await;
    assert_eq!(declined, StatusCode::OK);
    assert_eq!(app.invitation_status(&ben.email).await, "DECLINED");
    let ends: Vec<(bool, bool)> =
        sqlx::query_as("select responded_at is not null, ended_at is not null from invitations")
            .fetch_all(&app.services.db)
            .await
            .unwrap();
    assert_eq!(ends, [(true, true), (true, true)]);
    for forged in ["update invitations set status = 'LOST'", "update invitations set status = 'PENDING'"] {
        let refused = sqlx::query(sqlx::AssertSqlSafe(forged)).execute(&app.services.db).await;
        assert!(refused.is_err(), "{forged}");
    }
}

#[tokio::test]
async fn role_assignment() {
    let role = |text| InvitedRole::parse(TargetKind::Event, text);
    assert_eq!(role("SPEAKER"), Ok(InvitedRole::Event(EventRole::Speaker)));
    assert!(role("OWNER").is_err() && role("MEMBER").is_err() && role("").is_err());
    let by_organizer = [EventRole::Attendee, EventRole::Speaker, EventRole::Moderator];
    let granted = |invited| grant(invited, EventRole::Attendee, &by_organizer, None);
    assert_eq!(granted(EventRole::Speaker), Grant::AsInvited(EventRole::Speaker));
    assert_eq!(granted(EventRole::Admin), Grant::Lowered(EventRole::Attendee));

    let app = TestApp::start().await;
    let (olivia, target) = stage(&app).await;
    let sam = app.person("Sam").await;
    let token = app.invite(&olivia, &target, &sam.email, "SPEAKER").await;
    let event = target.trim_start_matches("events/");
    assert_eq!(app.event_members(event).await.len(), 1, "not before the answer");
    assert_eq!(app.accept(&sam, &token).await, StatusCode::OK);
    let row = (sam.email.clone(), "SPEAKER".to_owned(), "ACTIVE".to_owned());
    assert!(app.event_members(event).await.contains(&row));
    let source: String = sqlx::query_scalar("select source from event_members where user_id = $1")
        .bind(sam.signed_in.user.get())
        .fetch_one(&app.services.db)
        .await
        .unwrap();
    assert_eq!(source, "INVITED");
    let forged = sqlx::query("update invitations set role = 'OWNER'").execute(&app.services.db).await;
    assert!(forged.is_err(), "no such role for an event");
}
