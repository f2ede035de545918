use domain::organizations::OrganizationRole;
use http::StatusCode;
use secrecy::ExposeSecret as _;
use services::{events, organizations};
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{EventForm, EventTeam, Team, TestApp};

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
    events::sweep(&app.services).await.unwrap();
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
async fn bare_facts_are_left_of_a_purged_organization() {
    let team = EventTeam::set().await;
    let (app, olivia) = (&team.app, &team.olivia.browser);
    let target = team.speaker.signed_in.user.to_string();
    let report = [("kind", "PERSON"), ("target", &*target), ("event", &*team.event), ("reason", "SPAM")];
    assert_eq!(team.attendee.browser.status("/api/moderation/report", &report).await, StatusCode::OK);
    let view = [("event", &*team.event), ("name", "Speakers"), ("role", "SPEAKER"), ("view", "everybody")];
    assert_eq!(olivia.status("/api/attendees/save_view", &view).await, StatusCode::OK);
    let keys =
        [("organization", "atria-test"), ("kind", "MUX_TOKEN"), ("id", "token-1"), ("secret", "s3cret")];
    assert_eq!(olivia.status("/api/streaming/save_credentials", &keys).await, StatusCode::OK);
    app.invite(&team.olivia, "organizations/atria-test", "nora@example.org", "MEMBER").await;
    app.invite(&team.olivia, &format!("events/{}", team.event), "emil@example.org", "SPEAKER").await;
    for gone in ["reports", "people_views", "organization_credentials", "invitations", "chat_rooms"] {
        assert!(tables_with_rows(app).await.contains(&gone.to_owned()), "{gone}");
    }
    let fields = [("organization", "atria-test"), ("delete_name", "Atria Test")];
    assert_eq!(olivia.status("/api/organizations/delete", &fields).await, StatusCode::OK);

    app.wait(Duration::days(30) + Duration::SECOND);
    let (one, two) = tokio::join!(events::sweep(&app.services), organizations::sweep(&app.services));
    one.and(two).expect("in either order");
    assert_eq!(
        tables_with_rows(app).await,
        ["audit_entries", "event_members", "events", "organization_members"]
    );
}

/// Which tables still say something about an event or an organization; mails to its people have their own term.
async fn tables_with_rows(app: &TestApp) -> Vec<String> {
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select table_name::text, string_agg(column_name::text || ' is not null', ' or ')
           from information_schema.columns join information_schema.tables using (table_schema, table_name)
          where table_schema = 'public' and column_name in ('event_id', 'organization_id') and table_type = 'BASE TABLE'
            and table_name <> 'outbox_mails'
          group by table_name order by table_name",
    )
    .fetch_all(&app.services.db)
    .await
    .unwrap();
    let mut with_rows = Vec::new();
    for (table, belongs) in tables {
        let count = format!("select count(*) from {table} where {belongs}");
        let rows: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(&app.services.db).await.unwrap();
        if rows > 0 {
            with_rows.push(table);
        }
    }
    with_rows
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
