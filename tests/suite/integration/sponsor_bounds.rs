//! What organizers alone see of sponsors, and how many there may be.

use domain::ids::SponsorId;
use domain::{AppError, Conflict};
use http::StatusCode;

use crate::support::SponsorScene;
use crate::support::pictures::{addresses, png, upload};

#[tokio::test]
async fn contacts_are_on_the_pages_of_organizers_and_nowhere_else() {
    let scene = SponsorScene::set().await;
    let page = format!("/events/{}", scene.event);
    scene.add("Gold", "Bolt").await;
    let key = scene.form_key();
    let contact = [
        ("name", "Acme"),
        ("contact_name", "Wile Secret"),
        ("contact_email", "secret@acme.example"),
        ("contact_phone", "555 0199"),
        ("form_key", &key),
    ];
    let acme: String = scene.call("sponsors/create", &contact).await.json();
    let ada = scene.app.person("Ada").await;
    scene.app.register(&ada, &scene.event).await;
    for (browser, path) in [
        (&scene.app.browser(), format!("{page}/sponsors")),
        (&scene.app.browser(), page.clone()),
        (&ada.browser, format!("{page}/sponsors")),
        (&scene.olivia.browser, format!("{page}/sponsors")),
    ] {
        let answer = browser.get(&path).await;
        assert!(answer.body.contains("Acme"), "{path}");
        for secret in ["Wile Secret", "secret@acme.example", "555 0199"] {
            assert!(!answer.body.contains(secret), "{path} tells {secret}");
        }
    }
    let own = scene.olivia.browser.get(&format!("{page}/manage/sponsors/{acme}")).await.html();
    assert_eq!(own.value("contact_phone"), "555 0199");
    assert_eq!(ada.browser.get(&format!("{page}/manage/sponsors")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_event_has_at_most_30_tiers_and_500_sponsors() {
    let scene = SponsorScene::set().await;
    scene.add("Gold", "A").await;
    scene.add("Gold", "B").await;
    for n in 5..30 {
        let key = scene.form_key();
        let tier = [("name", "More"), ("colour", "#000000"), ("form_key", &key)];
        assert_eq!(scene.status("sponsor_tiers/create", &tier).await, StatusCode::OK, "tier {n}");
    }
    let key = scene.form_key();
    let tier = [("name", "More"), ("colour", "#000000"), ("form_key", &key)];
    assert_eq!(
        scene.call("sponsor_tiers/create", &tier).await.error(),
        Conflict::TooManyTiers { max: 30 }.into()
    );
    let many = "insert into sponsors (id, event_id, order_key, name, form_key, created_at, updated_at)
                select gen_random_uuid(), s.event_id, 'A' || n || 'z', 'Many', gen_random_uuid(), now(), now()
                  from sponsors s, generate_series(1, 498) n where s.name = 'B'";
    sqlx::query(many).execute(&scene.app.services.db).await.unwrap();
    let new = [("name", "One more"), ("form_key", &key)];
    assert_eq!(
        scene.call("sponsors/create", &new).await.error(),
        Conflict::TooManySponsors { max: 500 }.into()
    );
}

#[tokio::test]
async fn a_place_behind_somebody_who_left_it_is_refused_and_the_board_has_the_fresh_order() {
    let scene = SponsorScene::set().await;
    let [a, b] = [scene.add("Gold", "A").await, scene.add("Gold", "B").await];
    let silver = scene.tier("Silver").await;
    // A neighbour that left is no place any more; the answer says so, and the board has the fresh order.
    let gone = format!("{silver}.{b}");
    let refused = scene.call("sponsors/move", &[("sponsor", &a.to_string()), ("place", &gone)]).await;
    assert_eq!((refused.status, refused.error()), (StatusCode::CONFLICT, Conflict::OrderChanged.into()));
    let fields = [("event", scene.event.as_str()), ("sponsor", &a.to_string()), ("place", &gone)];
    let board = scene.olivia.browser.submit_and_follow("/api/sponsors/move", &fields).await.html();
    assert!(board.text("main").contains("changed the order"));
    assert_eq!(
        scene.status("sponsors/move", &[("sponsor", &a.to_string()), ("place", "here")]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(scene.names("Gold").await, ["A", "B"]);
}

#[tokio::test]
async fn a_moderator_adds_no_sponsor_and_one_without_a_tier_is_fine() {
    let scene = SponsorScene::set().await;
    let ada = scene.app.person("Ada").await;
    scene.app.join_event(&scene.event, &ada, "MODERATOR", "ACTIVE").await;
    let fields = [
        ("event", scene.event.as_str()),
        ("name", "Mine"),
        ("form_key", "00000000-0000-0000-0000-000000000002"),
    ];
    assert_eq!(ada.browser.status("/api/sponsors/create", &fields).await, StatusCode::FORBIDDEN);
    assert_eq!(scene.status("sponsors/create", &fields[1..]).await, StatusCode::OK, "no tier is fine");
    assert_eq!(scene.names("none").await, ["Mine"]);
}

#[tokio::test]
async fn a_logo_stays_through_edits_until_it_is_removed_or_its_sponsor_is_purged() {
    let scene = SponsorScene::set().await;
    let (acme, public) =
        (scene.add("Gold", "Acme").await.to_string(), format!("/events/{}/sponsors", scene.event));
    let path = format!("/files/events/{}/sponsors/{acme}", scene.event);
    let file = || vec![("sponsor_logo", "logo.png", png(64, 64))];
    upload(&scene.olivia.browser, &path, file()).await;
    let visitor = scene.app.browser();
    let edit = [("sponsor", acme.as_str()), ("version", "1"), ("name", "Acme & Co")];
    assert_eq!(scene.status("sponsors/save", &edit).await, StatusCode::OK);
    assert_eq!(addresses(&visitor, &public, ".sponsor-logo").await.len(), 1, "editing leaves it");
    let remove = [("sponsor", acme.as_str())];
    for _twice in 0..2 {
        assert_eq!(scene.status("uploads/remove_sponsor_logo", &remove).await, StatusCode::OK);
    }
    assert!(addresses(&visitor, &public, ".sponsor-logo").await.is_empty());
    assert!(scene.app.stored_keys().await.is_empty(), "all sizes at once");

    upload(&scene.olivia.browser, &path, file()).await;
    assert_eq!(scene.status("sponsors/delete", &remove).await, StatusCode::OK);
    scene.app.wait(services::sponsors::UNDO_TIME);
    services::sponsors::sweep(&scene.app.services).await.unwrap();
    services::uploads::sweep(&scene.app.services).await.unwrap();
    assert!(scene.app.stored_keys().await.is_empty(), "purged with its sponsor");
}

/// A move to no place, and by somebody who organizes nothing, leaves the order alone.
pub(super) async fn refused_moves(scene: &SponsorScene, sponsor: SponsorId, place: &str) {
    let before = scene.names("Gold").await;
    let (sponsor, nowhere) = (sponsor.to_string(), format!("{sponsor}.first"));
    for place in [nowhere.as_str(), "somewhere"] {
        let fields = [("sponsor", sponsor.as_str()), ("place", place)];
        assert_eq!(scene.status("sponsors/move", &fields).await, StatusCode::UNPROCESSABLE_ENTITY, "{place}");
    }
    let ada = scene.app.person("Ada").await;
    scene.app.register(&ada, &scene.event).await;
    let fields = [("event", scene.event.as_str()), ("sponsor", &sponsor), ("place", place)];
    assert_eq!(ada.browser.status("/api/sponsors/move", &fields).await, StatusCode::FORBIDDEN);
    assert_eq!(scene.names("Gold").await, before);
}

/// What is no picture, and what an attendee sends, leaves the logo alone.
pub(super) async fn refused_logos(scene: &SponsorScene, path: &str) {
    let kept = scene.app.stored_keys().await;
    let text = vec![("sponsor_logo", "logo.png", b"no picture".to_vec())];
    let refused = upload(&scene.olivia.browser, path, text).await;
    assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let ada = scene.app.person("Ada").await;
    scene.app.register(&ada, &scene.event).await;
    let picture = vec![("sponsor_logo", "logo.png", png(30, 30))];
    assert_eq!(upload(&ada.browser, path, picture).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.app.stored_keys().await, kept);
}

/// For the row of the same name.
pub(super) async fn limits_of_tiers() {
    let scene = SponsorScene::set().await;
    let gold = scene.tier("Gold").await;
    let [a, b] = [scene.add("Gold", "A").await, scene.add("Gold", "B").await];
    let limit = async |version: &str, max: &str| {
        scene
            .status("sponsor_tiers/save", &[("tier", &gold), ("version", version), ("max_sponsors", max)])
            .await
    };
    assert_eq!(limit("1", "1").await, StatusCode::UNPROCESSABLE_ENTITY, "two are there");
    assert_eq!(limit("1", "2").await, StatusCode::OK);
    let full: AppError = Conflict::TierFull { tier: "Gold".to_owned(), max: 2 }.into();
    let key = scene.form_key();
    let new = [("tier", gold.as_str()), ("name", "C"), ("form_key", &key)];
    assert_eq!(scene.call("sponsors/create", &new).await.error(), full, "creating");
    let c = scene.add("Silver", "C").await.to_string();
    let to_gold = format!("{gold}.last");
    assert_eq!(
        scene.call("sponsors/move", &[("sponsor", &c), ("place", &to_gold)]).await.error(),
        full,
        "moving"
    );
    let silver = scene.tier("Silver").await;
    let all_to_gold = [("tier", silver.as_str()), ("move_to", &gold)];
    assert_eq!(scene.call("sponsor_tiers/delete", &all_to_gold).await.error(), full, "moving all");
    let active = async |id: &str, active: &str| {
        scene.call("sponsors/set_active", &[("sponsor", id), ("active", active)]).await
    };
    assert_eq!(active(&b.to_string(), "no").await.status, StatusCode::OK, "hidden ones don't count");
    assert_eq!(scene.status("sponsors/move", &[("sponsor", &c), ("place", &to_gold)]).await, StatusCode::OK);
    assert_eq!(active(&b.to_string(), "yes").await.error(), full, "showing");
    assert_eq!(scene.status("sponsors/delete", &[("sponsor", &a.to_string())]).await, StatusCode::OK);
    assert_eq!(active(&b.to_string(), "yes").await.status, StatusCode::OK);
    assert_eq!(
        scene.call("sponsors/restore", &[("sponsor", &a.to_string())]).await.error(),
        full,
        "bringing back"
    );
}
