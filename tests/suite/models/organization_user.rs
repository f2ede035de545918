use domain::organizations::OrganizationRole;
use http::StatusCode;
use time::{Duration, OffsetDateTime};

use crate::support::TestApp;

const TARGET: &str = "organizations/atria-test";

#[tokio::test]
async fn role_validation() {
    assert_eq!(OrganizationRole::ALL.map(OrganizationRole::as_str), ["MEMBER", "ADMIN", "OWNER"]);
    for unknown in ["", "owner", "KING", "SPEAKER"] {
        assert_eq!(OrganizationRole::from_stored(unknown), None, "{unknown:?}");
    }
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let forged = sqlx::query("update organization_members set role = 'KING'").execute(&app.services.db).await;
    let forged = forged.unwrap_err();
    let constraint = forged.as_database_error().and_then(|error| error.constraint());
    assert_eq!(constraint, Some("organization_members_role_known"));
    let user = olivia.signed_in.user.to_string();
    let fields = [("organization", "atria-test"), ("user", user.as_str()), ("role", "KING")];
    let status = olivia.browser.status("/api/organizations/change_role", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn unique_constraint() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, TARGET, &ada.email, "MEMBER").await;
    app.join_organization(&slug, &ada, "MEMBER").await;
    assert_eq!(app.accept(&ada, &token).await, StatusCode::OK, "a member already: nothing changes");
    let rows = app.organization_members(&slug).await;
    assert_eq!(rows.iter().filter(|row| row.0 == ada.email).count(), 1);
    let second = sqlx::query("insert into organization_members select * from organization_members limit 1")
        .execute(&app.services.db)
        .await
        .unwrap_err();
    let constraint = second.as_database_error().and_then(|error| error.constraint());
    assert_eq!(constraint, Some("organization_members_pkey"), "one row per person and organization");
    assert_eq!(
        app.try_invite(&olivia, TARGET, &ada.email, "ADMIN").await.status,
        StatusCode::CONFLICT,
        "nor is a member invited"
    );
}

#[tokio::test]
async fn joined_at_timestamp() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, TARGET, &ada.email, "MEMBER").await;
    app.wait(Duration::days(2));
    let accepted_at = app.services.clock.now();
    let fields = [("token", &*token), ("joined_at", "2001-01-01"), ("role", "OWNER")];
    let accept = "/api/invitations/accept";
    let forced = ada.browser.status(accept, &fields).await;
    assert_eq!(forced, StatusCode::UNPROCESSABLE_ENTITY, "nobody sets the moment or the role");
    assert_eq!(ada.browser.status(accept, &fields[..1]).await, StatusCode::OK);
    let row: (OffsetDateTime, String) =
        sqlx::query_as("select joined_at, role from organization_members where user_id = $1")
            .bind(ada.signed_in.user.get())
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    assert_eq!(row, (accepted_at, "MEMBER".to_owned()), "set by the server, whatever the form says");
}
