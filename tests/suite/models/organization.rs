use domain::organizations::OrganizationRole;
use http::StatusCode;
use secrecy::ExposeSecret as _;
use services::organizations;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{EventForm, Team, TestApp};

#[tokio::test]
async fn owner_relationship() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let owners = async || {
        let summary = organizations::find(&app.services, &team.mia.signed_in, &team.slug).await.unwrap();
        (summary.owner_count, summary.member_count)
    };
    assert_eq!(owners().await, (1, 3), "who creates it owns it");
    assert_eq!(team.change(&team.olivia, &team.adam, "OWNER").await, StatusCode::OK);
    assert_eq!(owners().await, (2, 3), "several may");
    assert_eq!(team.leave(&team.olivia).await, StatusCode::OK);
    assert_eq!(owners().await, (1, 2));
    assert_eq!(team.leave(&team.adam).await, StatusCode::CONFLICT, "never none");
    assert_eq!(owners().await, (1, 2));
}

#[test]
fn role_hierarchy() {
    let mut roles = [OrganizationRole::Member, OrganizationRole::Owner, OrganizationRole::Admin];
    roles.sort();
    assert_eq!(roles, OrganizationRole::ALL, "MEMBER < ADMIN < OWNER");
    assert_eq!(roles.map(OrganizationRole::as_str), ["MEMBER", "ADMIN", "OWNER"]);
    assert_eq!(OrganizationRole::from_stored("owner"), None, "uppercase only");
}

#[tokio::test]
async fn organization_events() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let zoe = app.person("Zoe").await;
    let zoo = app.organization(&zoe, "Zoo").await;
    app.draft(&team.olivia, &team.slug, EventForm::default()).await;
    app.draft(&zoe, &zoo, EventForm::default()).await;
    let events = async |who, slug: &str| {
        let page = organizations::open(&app.services, who, slug).await.unwrap();
        page.events.items.into_iter().map(|event| event.slug).collect::<Vec<_>>()
    };
    assert_eq!(events(&team.adam.signed_in, &team.slug).await, ["rust-day"], "its own, drafts for admins");
    assert_eq!(events(&zoe.signed_in, &zoo).await, ["rust-day-2"]);
    assert!(events(&team.mia.signed_in, &team.slug).await.is_empty(), "no drafts for members");
}

#[tokio::test]
async fn cascading_delete() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let event = app.draft(&team.olivia, &team.slug, EventForm::default()).await;
    let fields = [("organization", team.slug.as_str()), ("delete_name", "Atria Test")];
    assert_eq!(team.olivia.browser.status("/api/organizations/delete", &fields).await, StatusCode::OK);
    assert_eq!(team.olivia.browser.get(&format!("/events/{event}")).await.status, StatusCode::NOT_FOUND);
    let kept = async || -> (i64, i64, i64, i64) {
        sqlx::query_as(
            "select (select count(*) from organization_members), (select count(*) from events),
                    (select count(*) from chat_rooms), (select count(*) from audit_entries)",
        )
        .fetch_one(&app.services.db)
        .await
        .unwrap()
    };
    assert_eq!(kept().await, (3, 1, 3, 3), "hidden, not gone");
    organizations::sweep(&app.services).await.unwrap();
    assert_eq!(kept().await, (3, 1, 3, 3), "for 30 days");

    app.wait(Duration::days(30) + Duration::SECOND);
    organizations::sweep(&app.services).await.unwrap();
    assert_eq!(kept().await, (3, 1, 0, 3), "then rooms go; memberships, title and log stay");
    let (title, slug): (String, String) =
        sqlx::query_as("select title, slug from events").fetch_one(&app.services.db).await.unwrap();
    assert_eq!(title, "Rust Day");
    assert!(slug.starts_with("deleted-"), "its address is free: {slug}");
    team.olivia.browser.sign_in(&team.olivia.email, PASSWORD).await;
    let page = team.olivia.browser.get("/organizations/deleted").await.html();
    assert!(page.texts(".row").is_empty(), "no undo any more");
}

#[tokio::test]
async fn what_was_deleted_before_its_organization_stays_deleted_after_the_undo() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let kept = app.draft(&team.olivia, &team.slug, EventForm::default()).await;
    let gone = app.draft(&team.olivia, &team.slug, EventForm::default()).await;
    sqlx::query("update events set status = 'DELETED', deleted_at = now() where slug = $1")
        .bind(&gone)
        .execute(&app.services.db)
        .await
        .unwrap();
    let fields = [("organization", team.slug.as_str()), ("delete_name", "Atria Test")];
    assert_eq!(team.olivia.browser.status("/api/organizations/delete", &fields).await, StatusCode::OK);
    let deleted = organizations::deleted(&app.services, &team.olivia.signed_in).await.unwrap();
    organizations::restore(&app.services, &team.olivia.signed_in, deleted[0].id).await.unwrap();
    let opened = async |slug: &str| team.olivia.browser.get(&format!("/events/{slug}")).await.status;
    assert_eq!((opened(&kept).await, opened(&gone).await), (StatusCode::OK, StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn the_log_tells_what_happened_and_nobody_can_change_it() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    app.published_in(&team.olivia, &team.slug).await;
    assert_eq!(team.change(&team.olivia, &team.mia, "ADMIN").await, StatusCode::OK);
    assert_eq!(team.remove(&team.adam, &team.mia).await, StatusCode::OK);
    assert_eq!(team.change(&team.adam, &team.olivia, "MEMBER").await, StatusCode::FORBIDDEN);
    let told = team.log(&team.adam).await;
    assert_eq!(
        told,
        [
            "Adam Test removed Mia Test",
            "Olivia Test changed the role of Mia Test",
            "Olivia Test published the event Rust Day",
            "Olivia Test created the event Rust Day",
            "Olivia Test created the organization Atria Test",
        ],
        "what was refused is not in it"
    );
    sqlx::query("update users set first_name = 'Renamed'").execute(&app.services.db).await.unwrap();
    assert_eq!(team.log(&team.adam).await, told, "names are as they were");
    for change in ["update audit_entries set actor_name = 'Nobody'", "delete from audit_entries"] {
        let owner = sqlx::PgPool::connect(app.urls.owner.expose_secret()).await.unwrap();
        assert!(sqlx::query(change).execute(&app.services.db).await.is_err(), "{change}");
        assert!(sqlx::query(change).execute(&owner).await.is_err(), "{change}, even by the tables' owner");
    }
}

#[tokio::test]
async fn member_management() {
    let app = TestApp::start().await;
    let (olivia, adam) = (app.person("Olivia").await, app.person("Adam").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, "organizations/atria-test", &adam.email, "MEMBER").await;
    assert_eq!(app.organization_members(&slug).await.len(), 1, "an invitation makes nobody a member");
    assert_eq!(app.accept(&adam, &token).await, StatusCode::OK, "accepting it does");

    let user = adam.signed_in.user.to_string();
    let fields = [("organization", slug.as_str()), ("user", user.as_str()), ("role", "ADMIN")];
    assert_eq!(olivia.browser.status("/api/organizations/change_role", &fields).await, StatusCode::OK);
    assert!(app.organization_members(&slug).await.contains(&(adam.email.clone(), "ADMIN".to_owned())));
    let removed = olivia.browser.status("/api/organizations/remove_member", &fields[..2]).await;
    assert_eq!(removed, StatusCode::OK);
    assert_eq!(
        app.organization_members(&slug).await,
        [("olivia@example.org".to_owned(), "OWNER".to_owned())]
    );
    assert_eq!(app.accept(&adam, &token).await, StatusCode::GONE, "the old link brings nobody back");
    let again = app.invite(&olivia, "organizations/atria-test", &adam.email, "MEMBER").await;
    assert_eq!(app.accept(&adam, &again).await, StatusCode::OK, "a new one does");
}
