use http::StatusCode;
use time::Duration;

use crate::support::{EventForm, Member, Team, TestApp};

#[tokio::test]
async fn an_outsider_sees_the_same_for_a_foreign_and_a_missing_organization() {
    let app = TestApp::start().await;
    let (olivia, zoe) = (app.person("Olivia").await, app.person("Zoe").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    assert_eq!(olivia.browser.get(&format!("/organizations/{slug}")).await.status, StatusCode::OK);

    let foreign = zoe.browser.get(&format!("/organizations/{slug}")).await;
    let missing = zoe.browser.get("/organizations/no-such-one").await;
    assert_eq!((foreign.status, missing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(foreign.html().texts("main"), missing.html().texts("main"));
    assert!(!foreign.body.contains("Atria Test"));
}

#[tokio::test]
async fn a_taken_address_is_refused_when_typed_and_varied_when_made_from_the_name() {
    let app = TestApp::start().await;
    let (olivia, zoe) = (app.person("Olivia").await, app.person("Zoe").await);
    assert_eq!(app.organization(&olivia, "Café Größe").await, "cafe-grosse");
    assert_eq!(app.organization(&zoe, "Cafe Grosse").await, "cafe-grosse-2");

    let key = "00000000-0000-0000-0000-000000000001";
    let fields = [("name", "Another"), ("slug", "cafe-grosse"), ("form_key", key)];
    let form = zoe.browser.submit_and_follow("/api/organizations/create", &fields).await.html();
    assert_eq!(form.field_error("slug").as_deref(), Some("This address is already taken."));
    assert_eq!(form.value("name"), "Another", "what was typed stays");
}

#[tokio::test]
async fn create_organization_flow() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let key = "00000000-0000-0000-0000-000000000001";
    let nameless = [("name", " "), ("slug", "Not A Slug"), ("form_key", key)];
    let form = olivia.browser.submit_and_follow("/api/organizations/create", &nameless).await.html();
    assert!(form.field_error("name").is_some() && form.field_error("slug").is_some());
    assert_eq!(form.value("slug"), "Not A Slug", "what was typed stays");

    let fields = [("name", "Harbour Club"), ("slug", "harbour"), ("form_key", key)];
    for _double_click in 0..2 {
        let created = olivia.browser.submit("/api/organizations/create", &fields).await;
        assert_eq!(created.location(), "/organizations/harbour");
    }
    let page = olivia.browser.get("/organizations/harbour").await.html();
    assert_eq!(page.text("h1"), "Harbour Club");
    let members = olivia.browser.get("/organizations/harbour/members").await.html();
    assert_eq!(members.texts(".row .badge"), ["Owner"], "the creator owns it");
    let counts: (i64, i64) = sqlx::query_as(
        "select (select count(*) from organizations), (select count(*) from organization_members)",
    )
    .fetch_one(&app.services.db)
    .await
    .unwrap();
    assert_eq!(counts, (1, 1), "once");
}

#[tokio::test]
async fn organization_role_hierarchy() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let (olivia, adam, mia, otto) = (&team.olivia, &team.adam, &team.mia, &team.otto);
    assert_eq!(team.change(olivia, mia, "ADMIN").await, StatusCode::OK, "an owner grants all");
    assert_eq!(team.change(adam, mia, "MEMBER").await, StatusCode::OK, "an admin grants up to admin");
    assert_eq!(team.change(adam, mia, "OWNER").await, StatusCode::FORBIDDEN, "not above themselves");
    assert_eq!(team.change(adam, olivia, "MEMBER").await, StatusCode::FORBIDDEN, "nor takes from above");
    assert_eq!(team.change(mia, adam, "MEMBER").await, StatusCode::FORBIDDEN, "a member grants nothing");
    assert_eq!(team.change(otto, mia, "ADMIN").await, StatusCode::NOT_FOUND, "hidden from outsiders");
    assert_eq!(team.change(adam, adam, "MEMBER").await, StatusCode::FORBIDDEN, "not one's own role");
    assert_eq!(team.change(olivia, mia, "KING").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(team.change(olivia, mia, "MEMBER").await, StatusCode::OK, "the role one has is fine");
    assert_eq!(team.roles().await, ["Admin", "Member", "Owner"], "Adam, Mia, Olivia");
}

#[tokio::test]
async fn organization_member_removal() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let (olivia, adam, mia, otto) = (&team.olivia, &team.adam, &team.mia, &team.otto);
    assert_eq!(team.remove(mia, adam).await, StatusCode::FORBIDDEN);
    assert_eq!(team.remove(adam, olivia).await, StatusCode::FORBIDDEN, "an admin removes no owner");
    assert_eq!(team.remove(otto, mia).await, StatusCode::NOT_FOUND);
    assert_eq!(team.remove(olivia, otto).await, StatusCode::NOT_FOUND, "somebody who is no member");
    let page = format!("/organizations/{}", team.slug);
    assert_eq!(mia.browser.get(&page).await.status, StatusCode::OK);
    assert_eq!(team.remove(adam, mia).await, StatusCode::OK);
    assert_eq!(mia.browser.get(&page).await.status, StatusCode::NOT_FOUND, "at once");
    assert_eq!(team.leave(olivia).await, StatusCode::CONFLICT, "the last owner stays");
    assert_eq!(team.leave(adam).await, StatusCode::OK);
    assert_eq!(team.roles().await, ["Owner"]);
}

#[tokio::test]
async fn organization_member_list() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let list = async |who: &Member, query: &str| {
        who.browser.get(&format!("/organizations/{}/members{query}", team.slug)).await
    };
    let names = async |who: &Member, query: &str| list(who, query).await.html().texts(".row strong");
    assert_eq!(names(&team.mia, "").await, ["Adam Test", "Mia Test", "Olivia Test"], "by name");
    assert_eq!(names(&team.mia, "?search=ADA").await, ["Adam Test"]);
    assert_eq!(names(&team.mia, "?search=test&role=OWNER").await, ["Olivia Test"]);
    assert_eq!(names(&team.adam, "?search=mia%40example").await, ["Mia Test"], "admins search addresses");
    assert!(names(&team.mia, "?search=adam%40example").await.is_empty(), "members don't");
    assert!(list(&team.adam, "").await.body.contains("mia@example.org"));
    assert!(!list(&team.mia, "").await.body.contains("adam@example.org"), "nor see them");
    assert_eq!(names(&team.mia, "?per_page=2&page=2").await, ["Olivia Test"]);
    assert_eq!(list(&team.mia, "?page=2").await.status, StatusCode::NOT_FOUND, "after the last page");
    assert_eq!(list(&team.mia, "?page=0").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(list(&team.otto, "").await.status, StatusCode::NOT_FOUND);
    assert!(names(&team.mia, "?search=%25_").await.is_empty(), "no wildcard");
    for wrong in ["?search=a", "?search=a%00b", "?role=KING"] {
        assert_eq!(list(&team.mia, wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

#[tokio::test]
async fn organization_member_invitation() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let target = format!("organizations/{}", team.slug);
    let refused = app.try_invite(&team.mia, &target, "new@example.org", "MEMBER").await.status;
    assert_eq!(refused, StatusCode::FORBIDDEN, "a member invites nobody");
    let hidden = app.try_invite(&team.otto, &target, "new@example.org", "MEMBER").await.status;
    assert_eq!(hidden, StatusCode::NOT_FOUND, "hidden from outsiders");
    let token = app.invite(&team.adam, &target, &team.otto.email, "MEMBER").await;
    assert_eq!(app.accept(&team.mia, &token).await, StatusCode::FORBIDDEN, "it is Otto's");
    assert_eq!(team.roles().await, ["Admin", "Member", "Owner"], "nobody is a member by being invited");
    assert_eq!(app.accept(&team.otto, &token).await, StatusCode::OK);
    assert_eq!(team.roles().await, ["Admin", "Member", "Owner", "Member"], "Adam, Mia, Olivia, Otto");
}

#[tokio::test]
async fn organization_settings_update() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let settings = team.path("/settings");
    assert_eq!(team.mia.browser.get(&settings).await.status, StatusCode::FORBIDDEN);
    assert_eq!(team.otto.browser.get(&settings).await.status, StatusCode::NOT_FOUND);

    let save = "/api/organizations/save_settings";
    let fields = |slug: &'static str, version: &'static str| {
        [
            ("organization", "atria-test"),
            ("version", version),
            ("name", "Harbour Club"),
            ("slug", slug),
            ("description", "By the water"),
            ("website", "https://harbour.example/club"),
            ("contact_email", "Club@Harbour.example"),
            ("default_time_zone", "Europe/Lisbon"),
            ("mail_from_name", "Harbour"),
        ]
    };
    assert_eq!(team.mia.browser.status(save, &fields("harbour", "1")).await, StatusCode::FORBIDDEN);
    let saved = team.adam.browser.submit(save, &fields("harbour", "1")).await;
    assert_eq!(saved.location(), "/organizations/harbour/settings");
    let form = team.adam.browser.get("/organizations/harbour/settings").await.html();
    for (field, value) in [
        ("name", "Harbour Club"),
        ("slug", "harbour"),
        ("description", "By the water"),
        ("website", "https://harbour.example/club"),
        ("contact_email", "club@harbour.example"),
        ("default_time_zone", "Europe/Lisbon"),
        ("mail_from_name", "Harbour"),
        ("version", "2"),
    ] {
        assert_eq!(form.value(field), value, "{field}");
    }
    let new_event = team.adam.browser.get("/organizations/harbour/events/new").await.html();
    assert_eq!(new_event.value("time_zone"), "Europe/Lisbon", "new events begin with it");

    let wrong = [
        ("organization", "harbour"),
        ("version", "2"),
        ("name", "H"),
        ("slug", "Har bour"),
        ("website", "http://harbour.example"),
        ("contact_email", "nobody"),
        ("default_time_zone", "Europe/Nowhere"),
    ];
    let refused = team.adam.browser.submit_and_follow(save, &wrong).await.html();
    for field in ["name", "slug", "website", "contact_email", "default_time_zone"] {
        assert!(refused.field_error(field).is_some(), "{field}");
    }
    assert_eq!(refused.value("slug"), "Har bour", "what was typed stays");

    let stale = [("organization", "harbour"), ("version", "1"), ("name", "Mine"), ("slug", "harbour")];
    let refused = team.olivia.browser.call(save, &stale).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.error().to_string().starts_with("Adam Test saved a newer version"), "{refused:?}");
}

#[tokio::test]
async fn a_former_address_leads_members_on_and_stays_the_organizations_own() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let rename = async |from: &str, to: &str, version: &str| {
        let fields = [("organization", from), ("version", version), ("name", "Atria Test"), ("slug", to)];
        team.olivia.browser.status("/api/organizations/save_settings", &fields).await
    };
    assert_eq!(rename("atria-test", "second", "1").await, StatusCode::OK);
    assert_eq!(rename("second", "third", "2").await, StatusCode::OK);
    for former in ["atria-test", "second"] {
        let moved = team.mia.browser.get(&format!("/organizations/{former}/members?search=a%26b")).await;
        assert_eq!(moved.status, StatusCode::MOVED_PERMANENTLY, "one hop");
        assert_eq!(moved.location(), "/organizations/third/members?search=a%26b");
        let hidden = team.otto.browser.get(&format!("/organizations/{former}/members")).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    }
    let zoe = app.person("Zoe").await;
    let key = "00000000-0000-0000-0000-000000000009";
    let taken = [("name", "Another"), ("slug", "second"), ("form_key", key)];
    let status = zoe.browser.status("/api/organizations/create", &taken).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nobody else gets it");
    assert_eq!(app.organization(&zoe, "Atria Test").await, "atria-test-2");
    assert_eq!(
        rename("third", "atria-test-2", "3").await,
        StatusCode::UNPROCESSABLE_ENTITY,
        "nor a taken one"
    );
    assert_eq!(rename("third", "second", "3").await, StatusCode::OK, "it takes its own back");
    assert_eq!(team.mia.browser.get("/organizations/second").await.status, StatusCode::OK);
    assert_eq!(team.mia.browser.get("/organizations/third").await.location(), "/organizations/second");
}

#[tokio::test]
async fn organization_ownership_transfer() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let transfer = async |who: &Member, to: &Member, name: &str| {
        let user = to.signed_in.user.to_string();
        let fields = [("organization", team.slug.as_str()), ("user", user.as_str()), ("transfer_name", name)];
        who.browser.status("/api/organizations/transfer_ownership", &fields).await
    };
    let (olivia, adam, mia, otto) = (&team.olivia, &team.adam, &team.mia, &team.otto);
    assert_eq!(transfer(adam, mia, "Atria Test").await, StatusCode::FORBIDDEN, "owners only");
    assert_eq!(transfer(otto, mia, "Atria Test").await, StatusCode::NOT_FOUND);
    assert_eq!(transfer(olivia, mia, "Something").await, StatusCode::UNPROCESSABLE_ENTITY, "the name typed");
    assert_eq!(transfer(olivia, otto, "Atria Test").await, StatusCode::UNPROCESSABLE_ENTITY, "a member");
    assert_eq!(transfer(olivia, olivia, "Atria Test").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(team.roles().await, ["Admin", "Member", "Owner"], "nothing happened");
    assert_eq!(transfer(olivia, mia, " atria test ").await, StatusCode::OK);
    assert_eq!(team.roles().await, ["Admin", "Owner", "Admin"], "Adam, Mia, Olivia");
    assert_eq!(olivia.browser.get(&team.path("/danger")).await.status, StatusCode::FORBIDDEN, "at once");
    let to_heir = app.inbox.next_for(&mia.email).await;
    assert_eq!(to_heir.subject, "Atria Test has a new owner");
    assert!(to_heir.text.contains("Olivia Test made you an owner of Atria Test."), "{}", to_heir.text);
    assert!(app.inbox.next_for(&olivia.email).await.text.contains("You made Mia Test an owner"));
    assert_eq!(team.log(mia).await[0], "Olivia Test transferred ownership to Mia Test");
}

#[tokio::test]
async fn organization_deletion() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let event = app.draft(&team.olivia, &team.slug, EventForm::default()).await;
    let pages =
        [team.path(""), team.path("/members"), format!("/events/{event}"), format!("/events/{event}/rooms")];
    let delete = async |who: &Member, name: &str| {
        let fields = [("organization", team.slug.as_str()), ("delete_name", name)];
        who.browser.status("/api/organizations/delete", &fields).await
    };
    assert_eq!(delete(&team.adam, "Atria Test").await, StatusCode::FORBIDDEN);
    assert_eq!(delete(&team.otto, "Atria Test").await, StatusCode::NOT_FOUND);
    assert_eq!(delete(&team.olivia, "Atria").await, StatusCode::UNPROCESSABLE_ENTITY, "the whole name");
    for page in &pages {
        assert_eq!(team.olivia.browser.get(page).await.status, StatusCode::OK, "{page}");
    }
    assert_eq!(delete(&team.olivia, "Atria Test").await, StatusCode::OK);
    for page in &pages {
        assert_eq!(team.olivia.browser.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    let zoe = app.person("Zoe").await;
    assert_eq!(app.organization(&zoe, "Atria Test").await, "atria-test", "its address is free");
    let mail = app.inbox.next_for(&team.olivia.email).await;
    assert!(mail.links().iter().all(|link| link.ends_with("/organizations/deleted")), "{:?}", mail.links());

    let deleted = team.olivia.browser.get("/organizations/deleted").await.html();
    let id = deleted.value("organization");
    let restore = "/api/organizations/restore";
    let restored = async |who: &Member| who.browser.status(restore, &[("organization", id.as_str())]).await;
    assert_eq!(restored(&team.adam).await, StatusCode::NOT_FOUND, "owners only");
    assert!(team.adam.browser.get("/organizations/deleted").await.html().texts(".row").is_empty());
    app.wait(Duration::days(29));
    team.olivia.browser.sign_in(&team.olivia.email, crate::support::cast::PASSWORD).await;
    assert_eq!(restored(&team.olivia).await, StatusCode::OK);
    assert_eq!(restored(&team.olivia).await, StatusCode::OK, "again is fine");
    let back = team.olivia.browser.get("/organizations/atria-test-2").await;
    assert_eq!(back.html().text("h1"), "Atria Test", "a taken address gets a suffix");
    assert_eq!(team.olivia.browser.get(&format!("/events/{event}/rooms")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn organization_multi_tenancy() {
    let app = TestApp::start().await;
    let (olivia, zoe) = (app.person("Olivia").await, app.person("Zoe").await);
    let (ours, theirs) = (app.organization(&olivia, "Atria Test").await, app.organization(&zoe, "Zoo").await);
    app.draft(&olivia, &ours, EventForm::default()).await;
    for below in ["", "/members", "/settings", "/audit", "/statistics", "/danger", "/events/new"] {
        let own = zoe.browser.get(&format!("/organizations/{theirs}{below}")).await;
        assert_eq!(own.status, StatusCode::OK, "{below}");
        assert!(!own.body.contains("Rust Day") && !own.body.contains("Olivia"), "{below}: {}", own.body);
        let foreign = zoe.browser.get(&format!("/organizations/{ours}{below}")).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{below}");
    }
    let home = zoe.browser.get("/home").await;
    assert!(home.body.contains("Zoo") && !home.body.contains("Atria Test"));
}

#[tokio::test]
async fn cross_org_access_denied() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let zoe = app.person("Zoe").await;
    app.organization(&zoe, "Zoo").await;
    let user = team.mia.signed_in.user.to_string();
    for (function, extra) in [
        ("change_role", ("role", "ADMIN")),
        ("remove_member", ("from_events", "yes")),
        ("leave", ("role", "")),
        ("save_settings", ("slug", "stolen")),
        ("transfer_ownership", ("transfer_name", "Atria Test")),
        ("delete", ("delete_name", "Atria Test")),
    ] {
        let fields =
            [("organization", team.slug.as_str()), ("user", user.as_str()), ("name", "Stolen"), extra];
        let path = format!("/api/organizations/{function}");
        let foreign = zoe.browser.call_with_known(&path, &fields).await;
        let mut missing = fields;
        missing[0].1 = "no-such-one";
        let missing = zoe.browser.call_with_known(&path, &missing).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{function}");
        assert_eq!((foreign.status, foreign.body), (missing.status, missing.body), "{function}");
    }
    assert_eq!(team.roles().await, ["Admin", "Member", "Owner"], "nothing changed");
}
