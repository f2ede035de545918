//! What the pages of an organization tell their readers.

use http::StatusCode;

use crate::support::{EventForm, Member, Team, TestApp};

#[tokio::test]
async fn events_are_counted_as_the_reader_may_list_them() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    app.published_in(&team.olivia, &team.slug).await;
    let draft = app.draft(&team.olivia, &team.slug, EventForm::default()).await;
    let mut hidden = EventForm::default();
    hidden.0.visibility = "PRIVATE".to_owned();
    app.draft(&team.olivia, &team.slug, hidden).await;
    let home = async |who: &crate::support::Member| who.browser.get("/home").await.body;
    assert!(home(&team.olivia).await.contains("3 events"));
    assert!(home(&team.adam).await.contains("3 events"), "an admin lists all");
    assert!(home(&team.mia).await.contains("1 event"), "a member lists what is public");
    assert!(!home(&team.mia).await.contains("3 events"));
    app.join_event(&draft, &team.mia, "SPEAKER", "ACTIVE").await;
    assert!(home(&team.mia).await.contains("2 events"), "and their own");
}

#[tokio::test]
async fn whoever_has_an_organization_needs_no_other_for_an_event() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let offered = async |who: &crate::support::Member| {
        who.browser.get("/organizations/new").await.html().attributes("#own + ul a", "href")
    };
    assert_eq!(offered(&team.olivia).await, [team.path("/events/new")]);
    assert_eq!(offered(&team.adam).await, [team.path("/events/new")]);
    assert!(offered(&team.mia).await.is_empty(), "members make no events");
}

#[tokio::test]
async fn the_last_owner_is_told_what_to_do_instead_of_leaving() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let members = team.path("/members");
    let page = team.olivia.browser.get(&members).await.html();
    assert!(!page.has("form[action='/api/organizations/leave']") && page.has("button[disabled]"));
    assert_eq!(page.attributes(".disclosure .form a", "href"), [team.path("/danger")]);
    assert!(team.mia.browser.get(&members).await.html().has("form[action='/api/organizations/leave']"));
    app.make_all_owners(&team.slug).await;
    assert!(team.olivia.browser.get(&members).await.html().has("form[action='/api/organizations/leave']"));
}

#[tokio::test]
async fn an_heir_among_many_is_found_by_name() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let heirs = async |query: &str| {
        let page = team.olivia.browser.get(&format!("{}{query}", team.path("/danger"))).await;
        assert_eq!(page.status, StatusCode::OK);
        (page.html().texts("select[name=user] option"), page.html().has("form[role=search]"))
    };
    let few = ["Choose a member", "Adam Test (Admin)", "Mia Test (Member)"].map(ToOwned::to_owned);
    assert_eq!(heirs("").await, (few.to_vec(), false), "all of them, and nothing to search");
    sqlx::query(
        "with people as (
             insert into users (id, email, password_hash, first_name, last_name, state, email_verified_at, created_at,
                                updated_at)
             select gen_random_uuid(), 'n' || n || '@example.org', 'x', 'Person', 'No ' || n, 'ACTIVE', now(), now(),
                    now()
               from generate_series(1, 300) as n
             returning id)
         insert into organization_members (organization_id, user_id, role, joined_at)
         select o.id, p.id, 'MEMBER', now() from people p, organizations o",
    )
    .execute(&app.services.db)
    .await
    .unwrap();
    let (first, has_search) = heirs("").await;
    assert_eq!((first.len(), has_search), (26, true), "25 and the choice of none");
    let found = ["Choose a member", "Person No 277 (Member)"].map(ToOwned::to_owned);
    assert_eq!(heirs("?search=277").await, (found.to_vec(), true));
    let user = team.mia.signed_in.user.to_string();
    let fields = [
        ("organization", team.slug.as_str()),
        ("user", user.as_str()),
        ("transfer_name", "Another"),
        ("search", "Mia"),
    ];
    let refused =
        team.olivia.browser.submit_and_follow("/api/organizations/transfer_ownership", &fields).await;
    assert!(refused.html().field_error("transfer_name").is_some());
    assert_eq!(refused.html().value("user"), user, "the choice is kept, and the search it came from");
}

#[tokio::test]
async fn a_stale_form_shows_what_is_stored_beside_what_was_typed() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let save = "/api/organizations/save_settings";
    let fields = |version: &'static str, name: &'static str, description: &'static str| {
        [
            ("organization", "atria-test"),
            ("version", version),
            ("name", name),
            ("slug", "atria-test"),
            ("description", description),
        ]
    };
    let saved = team.adam.browser.status(save, &fields("1", "Atria Test", "Kites\nand more")).await;
    assert_eq!(saved, StatusCode::OK);
    let stale = team.olivia.browser.submit_and_follow(save, &fields("1", "Atria Two", "Boats")).await.html();
    let cells = stale.texts(".differences tbody tr > *");
    assert_eq!(cells, ["Name", "Atria Test", "Atria Two", "Description", "Kites and more", "Boats"]);
    assert_eq!(stale.value("description"), "Boats", "what was typed stays");
    let fresh = team.olivia.browser.get(&team.path("/settings")).await.html();
    assert!(!fresh.has(".differences"));
    let same =
        team.olivia.browser.submit_and_follow(save, &fields("1", "Atria Test", "Kites\r\nand more")).await;
    assert!(same.body.contains("there is nothing to save"), "line ends are no difference");
}

#[tokio::test]
async fn a_stale_event_form_tells_stored_values_in_words() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let page = olivia.browser.get(&format!("/events/{event}/manage/details")).await.html();
    let typed = |title: &'static str, visibility: &'static str| {
        let mut fields = vec![("event", event.clone()), ("version", page.value("version"))];
        for name in ["start_date", "end_date", "time_zone", "host_name"] {
            fields.push((name, page.value(name)));
        }
        fields.extend([
            ("title", title.to_owned()),
            ("visibility", visibility.to_owned()),
            ("format", "VIRTUAL".to_owned()),
        ]);
        fields
    };
    let first = typed("Rust Days", "PUBLIC");
    let first: Vec<(&str, &str)> = first.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(olivia.browser.status("/api/events/save", &first).await, StatusCode::OK);
    let second = typed("Rust Nights", "PRIVATE");
    let second: Vec<(&str, &str)> = second.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let stale = olivia.browser.submit_and_follow("/api/events/save", &second).await.html();
    let cells = stale.texts(".differences tbody tr > *");
    assert_eq!(cells, ["Title", "Rust Days", "Rust Nights", "Who sees it", "Public", "Private"]);
}

#[tokio::test]
async fn the_log_names_old_and_new_values_and_the_event_of_an_invitation() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let event = app.published_in(&team.olivia, &team.slug).await;
    app.invite(&team.olivia, &format!("events/{event}"), "dan@example.org", "SPEAKER").await;
    assert_eq!(team.log(&team.olivia).await[0], "Olivia Test invited dan@example.org to Rust Day");
    app.invite(&team.olivia, "organizations/atria-test", "dan@example.org", "MEMBER").await;
    assert_eq!(team.log(&team.olivia).await[0], "Olivia Test invited dan@example.org");
    let fields =
        [("organization", "atria-test"), ("version", "1"), ("name", "Harbour Club"), ("slug", "harbour")];
    let saved = team.olivia.browser.status("/api/organizations/save_settings", &fields).await;
    assert_eq!(saved, StatusCode::OK);
    let log = team.olivia.browser.get("/organizations/harbour/audit").await.html().texts(".row .row-body");
    assert!(log[0].contains("changed the address") && log[0].ends_with("atria-test → harbour"), "{}", log[0]);
    assert!(
        log[1].contains("changed the settings") && log[1].ends_with("Atria Test → Harbour Club"),
        "{}",
        log[1]
    );
}

#[tokio::test]
async fn owners_take_a_copy_of_the_organizations_data() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let event = app.published_in(&team.olivia, &team.slug).await;
    app.register(&team.otto, &event).await;
    let path = team.path("/export.json");
    let answer = team.olivia.browser.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("content-disposition").is_some_and(|kind| kind.starts_with("attachment")));
    let copy: serde_json::Value = answer.json();
    let people = copy["members"].as_array().unwrap().iter();
    let people: Vec<_> = people.map(|person| (person["email"].as_str(), person["role"].as_str())).collect();
    assert_eq!(people.len(), 3, "{people:?}");
    assert!(people.contains(&(Some("adam@example.org"), Some("ADMIN"))));
    assert_eq!(copy["events"][0]["title"], "Rust Day");
    assert_eq!(copy["events"][0]["people"], 2, "counted, not named: {copy}");
    assert!(!answer.body.contains("otto@example.org"));
    for (who, refused) in [
        (&team.adam.browser, StatusCode::FORBIDDEN),
        (&team.otto.browser, StatusCode::NOT_FOUND),
        (&app.browser(), StatusCode::UNAUTHORIZED),
    ] {
        assert_eq!(who.get(&path).await.status, refused);
    }
    for _ in 2..=10 {
        assert_eq!(team.olivia.browser.get(&path).await.status, StatusCode::OK);
    }
    assert_eq!(team.olivia.browser.get(&path).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn what_was_typed_follows_to_a_new_address_and_nobody_takes_all_of_them() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let rename = async |from: &str, to: &str, version: &str| {
        let fields = [("organization", from), ("version", version), ("name", "Atria Test"), ("slug", to)];
        team.olivia.browser.status("/api/organizations/save_settings", &fields).await
    };
    assert_eq!(rename("atria-test", "second", "1").await, StatusCode::OK);

    let late = [
        ("organization", "atria-test"),
        ("version", "1"),
        ("name", "Atria Test"),
        ("slug", "atria-test"),
        ("description", "Words that took an hour"),
    ];
    let answer = team.olivia.browser.submit("/api/organizations/save_settings", &late).await;
    assert_eq!(answer.location(), "/organizations/atria-test/settings");
    let moved = team.olivia.browser.get(answer.location()).await;
    let page = team.olivia.browser.get(moved.location()).await.html();
    assert_eq!(
        page.text("textarea[name=description]"),
        "Words that took an hour",
        "they follow to the new address"
    );
    assert!(page.text("main").contains("Somebody saved a newer version"), "{}", page.text("main"));

    let mut slugs = vec!["second".to_owned()];
    for version in 2..11 {
        let next = format!("address-{version}");
        let from = slugs.last().unwrap();
        assert_eq!(rename(from, &next, &version.to_string()).await, StatusCode::OK, "{next}");
        slugs.push(next);
    }
    let eleventh = rename(slugs.last().unwrap(), "one-more", "11").await;
    assert_eq!(eleventh, StatusCode::TOO_MANY_REQUESTS, "nobody takes all addresses");
}

#[tokio::test]
async fn members_reach_each_other_by_the_list_and_see_what_each_shows() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let (ada, ben, bea) = (app.person("Ada").await, app.person("Ben").await, app.person("Bea").await);
    let cleo = app.person("Cleo").await;
    for member in [&ada, &ben, &bea, &cleo] {
        app.join_organization(&team.slug, member, "MEMBER").await;
    }
    let event = app.published_in(&team.olivia, &team.slug).await;
    app.connect(&ada, &ben, &event).await;
    app.block(&bea, &ada).await;
    app.block(&ada, &cleo).await;
    let profile = |of: &Member| format!("/people/{}", of.signed_in.user);
    let list = ada.browser.get(&team.path("/members")).await.html();
    let names =
        ["Ada Test (you)", "Adam Test", "Bea Test", "Ben Test", "Cleo Test", "Mia Test", "Olivia Test"];
    assert_eq!(list.texts(".row-body > p:first-child"), names);
    let others = [&team.adam, &bea, &ben, &team.mia, &team.olivia].map(profile);
    assert_eq!(
        list.attributes(".row strong a", "href"),
        others,
        "neither oneself nor whom one blocks; who blocks one looks like the others"
    );
    assert!(!list.text("main").contains("@example.org"), "addresses are for owners and admins");

    for (of, shows) in [(&ben, true), (&team.mia, false)] {
        let page = ada.browser.get(&profile(of)).await;
        assert_eq!(page.status, StatusCode::OK, "a link of the list opens");
        assert_eq!(page.body.contains(&of.email), shows, "{}: connections see the address", of.email);
    }
    let hide = "update users set email_visibility = 'ORGANIZERS_ONLY' where id = $1";
    sqlx::query(hide).bind(ben.signed_in.user.get()).execute(&app.services.db).await.unwrap();
    let page = ada.browser.get(&profile(&ben)).await;
    assert!(!page.body.contains(&ben.email), "unless it is for organizers alone");
    assert_eq!(ada.browser.get(&profile(&bea)).await.status, StatusCode::NOT_FOUND);
}
