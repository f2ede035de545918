use domain::{AppError, Conflict};
use http::StatusCode;

use crate::support::TestApp;

const TARGET: &str = "organizations/atria-test";

#[tokio::test]
async fn email_validation() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    for wrong in
        ["", " ", "ada", "ada@", "ada@host", "a b@example.org", "ada@example.org\0", "a@b.c\r\nBcc: x@y.zz"]
    {
        let answer = app.try_invite(&olivia, TARGET, wrong, "MEMBER").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        let AppError::Invalid(errors) = answer.error() else { panic!("{wrong:?} is refused at its field") };
        assert!(errors.get("email").is_some(), "{wrong:?}");
    }
    app.invite(&olivia, TARGET, "ada@example.org", "MEMBER").await;
    let same = app.try_invite(&olivia, TARGET, "  ADA@EXAMPLE.ORG ", "MEMBER").await;
    assert_eq!(
        same.error(),
        AppError::Conflict(Conflict::AlreadyInvited),
        "case and space make no second one"
    );
    let own = app.try_invite(&olivia, TARGET, "Olivia@Example.org", "MEMBER").await;
    assert_eq!(own.error(), AppError::Conflict(Conflict::AlreadyMember));
}

#[tokio::test]
async fn token_uniqueness() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let first = app.invite(&olivia, TARGET, "ada@example.org", "MEMBER").await;
    let id = app.invitation_of("ada@example.org").await;
    let fields = [("target", TARGET), ("invitation", &*id)];
    assert_eq!(olivia.browser.status("/api/invitations/resend", &fields).await, StatusCode::OK);
    let second = app.inbox.token_for("ada@example.org", "invitations").await;
    assert_ne!(first, second, "a link is never given twice");
    assert_eq!(app.join(&first, "Ada").await, StatusCode::GONE, "and the new one kills the old");
    app.invite(&olivia, TARGET, "ben@example.org", "MEMBER").await;
    let forged = sqlx::query(
        "update invitations set token_hash = (select token_hash from invitations order by id limit 1)",
    )
    .execute(&app.services.db)
    .await
    .unwrap_err();
    let constraint = forged.as_database_error().and_then(|error| error.constraint());
    assert_eq!(constraint, Some("invitations_token_unique"));
    assert_eq!(app.join(&second, "Ada").await, StatusCode::OK);
}

#[tokio::test]
async fn acceptance_flow() {
    let app = TestApp::start().await;
    let (olivia, adam) = (app.person("Olivia").await, app.person("Adam").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, TARGET, &adam.email, "ADMIN").await;
    assert_eq!(adam.browser.get("/organizations/atria-test").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.accept(&adam, &token).await, StatusCode::OK);
    assert_eq!(adam.browser.get("/organizations/atria-test").await.status, StatusCode::OK, "at once");
    assert_eq!(app.accept(&adam, &token).await, StatusCode::GONE, "the link is used");
    let expected = [("adam@example.org", "ADMIN"), ("olivia@example.org", "OWNER")];
    assert_eq!(app.organization_members(&slug).await, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    let by: Option<uuid::Uuid> =
        sqlx::query_scalar("select invited_by from organization_members where user_id = $1")
            .bind(adam.signed_in.user.get())
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    assert_eq!(by, Some(olivia.signed_in.user.get()), "it is kept who invited");
}
