use http::StatusCode;

use crate::support::{Member, TestApp};

/// Olivia owns it, Adam is an admin, Mia a member, Otto outside.
struct Team {
    slug: String,
    olivia: Member,
    adam: Member,
    mia: Member,
    otto: Member,
}

impl Team {
    async fn of_four(app: &TestApp) -> Self {
        let (olivia, adam, mia, otto) =
            tokio::join!(app.person("Olivia"), app.person("Adam"), app.person("Mia"), app.person("Otto"));
        let slug = app.organization(&olivia, "Atria Test").await;
        app.join_organization(&slug, &adam, "ADMIN").await;
        app.join_organization(&slug, &mia, "MEMBER").await;
        Self { slug, olivia, adam, mia, otto }
    }

    async fn call(&self, who: &Member, function: &str, whom: &Member, role: &str) -> StatusCode {
        let user = whom.signed_in.user.to_string();
        let fields = [("organization", self.slug.as_str()), ("user", user.as_str()), ("role", role)];
        who.browser.status(&format!("/api/organizations/{function}"), &fields).await
    }

    async fn change(&self, who: &Member, whom: &Member, role: &str) -> StatusCode {
        self.call(who, "change_role", whom, role).await
    }

    async fn remove(&self, who: &Member, whom: &Member) -> StatusCode {
        self.call(who, "remove_member", whom, "").await
    }

    async fn leave(&self, who: &Member) -> StatusCode {
        self.call(who, "leave", who, "").await
    }

    /// As Olivia's list shows them, in the order of names.
    async fn roles(&self) -> Vec<String> {
        let list = self.olivia.browser.get(&format!("/organizations/{}/members", self.slug)).await;
        list.html().texts(".row .badge")
    }
}

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
    assert!(names(&team.mia, "?search=%00%25_").await.is_empty(), "no wildcard");
}

#[tokio::test]
async fn two_owners_who_demote_each_other_leave_one() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    assert_eq!(team.change(&team.olivia, &team.adam, "OWNER").await, StatusCode::OK);
    let (one, other) = tokio::join!(
        team.change(&team.olivia, &team.adam, "MEMBER"),
        team.change(&team.adam, &team.olivia, "MEMBER"),
    );
    let mut statuses = [one, other];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::FORBIDDEN], "the second is no owner any more");
    app.make_all_owners(&team.slug).await;
    let (one, other) = tokio::join!(team.leave(&team.olivia), team.leave(&team.adam));
    assert_eq!([one, other], [StatusCode::OK; 2], "Mia owns it too");
    app.join_organization(&team.slug, &team.adam, "OWNER").await;
    let (one, other) = tokio::join!(team.leave(&team.mia), team.leave(&team.adam));
    let left = [one, other].iter().filter(|status| **status == StatusCode::OK).count();
    assert_eq!(left, 1, "of the last two one may leave: {one} {other}");
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
