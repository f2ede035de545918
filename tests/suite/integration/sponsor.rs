use domain::ids::SponsorId;
use domain::sponsors::{After, Place};
use domain::{AppError, Conflict};
use http::StatusCode;
use image::{GenericImageView as _, ImageFormat};
use services::{ServiceError, sponsors};
use time::Duration;

use super::sponsor_bounds;
use crate::support::SponsorScene;
use crate::support::pictures::{addresses, encoded, fetch, logo, submit_files};

#[tokio::test]
async fn sponsor_creation() {
    let scene = SponsorScene::set().await;
    let (gold, key) = (scene.tier("Gold").await, scene.form_key());
    let fields = [
        ("tier", gold.as_str()),
        ("name", " Acme "),
        ("description", "Anvils & more"),
        ("website", "acme.example"),
        ("linkedin", "https://www.linkedin.com/company/acme"),
        ("benefits", "A booth\n\nTwo talks"),
        ("contact_name", "Wile E."),
        ("contact_email", "WILE@acme.example"),
        ("contact_phone", "+49 (30) 12"),
        ("form_key", &key),
    ];
    let answer = scene.call("sponsors/create", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(
        scene.call("sponsors/create", &fields).await.body,
        answer.body,
        "a second submit is the first"
    );
    scene.add("Gold", "Bolt").await;
    assert_eq!(scene.names("Gold").await, ["Acme", "Bolt"], "new ones stand at the end");
    let page = scene
        .olivia
        .browser
        .get(&format!("/events/{}/manage/sponsors/{}", scene.event, answer.json::<String>()))
        .await;
    let page = page.html();
    assert_eq!(page.value("website"), "https://acme.example/");
    assert_eq!(page.value("contact_email"), "wile@acme.example");
    assert_eq!(page.value("benefits"), "A booth\nTwo talks");
    for (field, wrong) in [
        ("name", ""),
        ("website", "http://acme.example"),
        ("website", "javascript:alert(1)"),
        ("linkedin", "https://evil.example/linkedin.com"),
        ("contact_email", "nobody"),
        ("contact_phone", "ask for Wile"),
        ("benefits", &"x\n".repeat(21)),
    ] {
        let mut fields =
            vec![("event", scene.event.as_str()), ("tier", gold.as_str()), ("form_key", NEXT_KEY)];
        if field != "name" {
            fields.push(("name", "Kept"));
        }
        fields.push((field, wrong));
        let page = scene.olivia.browser.submit_and_follow("/api/sponsors/create", &fields).await.html();
        assert!(page.field_error(field).is_some(), "{field} {wrong:?}");
        assert_eq!(page.value(field).trim(), wrong.trim(), "what was typed stays");
        assert_eq!(page.value("tier"), gold);
    }
    assert_eq!(scene.names("Gold").await.len(), 2, "nothing was added");
}

const NEXT_KEY: &str = "00000000-0000-0000-0000-000000000002";

#[tokio::test]
async fn sponsor_tier_ordering() {
    let scene = SponsorScene::set().await;
    let [a, b, c] =
        [scene.add("Gold", "A").await, scene.add("Gold", "B").await, scene.add("Gold", "C").await];
    // The buttons of the board, as somebody without a mouse presses them.
    let board = scene.olivia.browser.get(&format!("/events/{}/manage/sponsors", scene.event)).await.html();
    let up = board.attributes("button[aria-label='Move C up']", "value").remove(0);
    assert!(!board.has("button[aria-label='Move C down']") && !board.has("button[aria-label='Move A up']"));
    assert_eq!(
        scene.status("sponsors/move", &[("sponsor", &c.to_string()), ("place", &up)]).await,
        StatusCode::OK
    );
    assert_eq!(scene.names("Gold").await, ["A", "C", "B"]);
    sponsor_bounds::refused_moves(&scene, a, &up).await;
    // Any place by the form of its page, also in another tier.
    let page = scene.olivia.browser.get(&format!("/events/{}/manage/sponsors/{a}", scene.event)).await.html();
    let places = page.attributes("select[name=place] option", "value");
    let silver = scene.tier("Silver").await;
    assert!(places.contains(&format!("{silver}.first")) && !places.contains(&format!("{silver}.{a}")));
    for (place, gold, in_silver) in [
        (format!("{silver}.first"), vec!["C", "B"], vec!["A"]),
        (format!("{}.{b}", scene.tier("Gold").await), vec!["C", "B", "A"], vec![]),
        (format!("{}.first", scene.tier("Gold").await), vec!["A", "C", "B"], vec![]),
    ] {
        let fields = [("sponsor", a.to_string()), ("place", place)];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(scene.status("sponsors/move", &fields).await, StatusCode::OK);
        assert_eq!(
            (scene.names("Gold").await, scene.names("Silver").await),
            (
                gold.iter().map(ToString::to_string).collect(),
                in_silver.iter().map(ToString::to_string).collect()
            )
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fractional_indexing() {
    let scene = SponsorScene::set().await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C", "D", "E", "F"] {
        ids.push(scene.add("Gold", name).await);
    }
    let tier = Some(scene.app.sponsor_tier(&scene.olivia, &scene.event, "Gold").await);
    let longest = async || {
        let all = "select coalesce(max(length(order_key)), 0) from sponsors";
        sqlx::query_scalar::<_, i32>(all).fetch_one(&scene.app.services.db).await.unwrap()
    };
    // The last two take turns behind the first: one spot, over and over.
    let mut most = 0;
    for turn in 0..200 {
        let moving = ids[4 + turn % 2];
        scene.move_to(moving, Place { tier, after: After::Sponsor(ids[0]) }).await.unwrap();
        most = most.max(longest().await);
    }
    assert_eq!(scene.names("Gold").await, ["A", "F", "E", "B", "C", "D"]);
    assert!((20..=32).contains(&most), "the room was used up: {most}");
    assert!(longest().await < most, "and the list spread anew");
    // Behind one of another tier, or one that never was, is no place; the list stays as it was.
    let elsewhere = scene.add("Silver", "G").await;
    for neighbour in [elsewhere, SponsorId::new(uuid::Uuid::nil())] {
        let refused = scene.move_to(ids[0], Place { tier, after: After::Sponsor(neighbour) }).await;
        let order_changed =
            |error| matches!(error, ServiceError::Refused(AppError::Conflict(Conflict::OrderChanged)));
        assert!(refused.is_err_and(order_changed), "{neighbour}");
    }
    assert_eq!(scene.names("Gold").await, ["A", "F", "E", "B", "C", "D"]);
    // Together: nobody's move is lost, and no two stand at one place.
    let moves = (0..24).map(|turn| {
        let after = if turn % 2 == 0 { After::First } else { After::Sponsor(ids[1]) };
        scene.move_to(ids[2 + turn % 4], Place { tier, after })
    });
    assert!(futures_util::future::join_all(moves).await.into_iter().all(|moved| moved.is_ok()));
    let mut names = scene.names("Gold").await;
    names.sort();
    assert_eq!(names, ["A", "B", "C", "D", "E", "F"]);
}

#[tokio::test]
async fn sponsor_logo_upload() {
    let scene = SponsorScene::set().await;
    let acme = scene.add("Gold", "Acme").await.to_string();
    let path = format!("/files/events/{}/sponsors/{acme}", scene.event);
    let file = vec![("sponsor_logo", "logo.png", encoded(&logo(1000, 400), ImageFormat::Png))];
    let saved = submit_files(&scene.olivia.browser, &path, vec![], file).await;
    assert_eq!(saved.location(), format!("/events/{}/manage/sponsors/{acme}", scene.event));
    sponsor_bounds::refused_logos(&scene, &path).await;
    let (visitor, page) = (scene.app.browser(), format!("/events/{}/sponsors", scene.event));
    let address = addresses(&visitor, &page, ".sponsor-logo").await.remove(0);
    let picture = fetch(&visitor, &address).await.expect("anybody gets it");
    assert_eq!(picture.dimensions(), (800, 320), "whole, in WebP");
    let board = format!("/events/{}/manage/sponsors", scene.event);
    assert_eq!(addresses(&scene.olivia.browser, &board, ".board-card-logo").await.len(), 1);
}

#[tokio::test]
async fn sponsor_visibility() {
    let scene = SponsorScene::set().await;
    let page = format!("/events/{}", scene.event);
    let rail =
        async || scene.olivia.browser.get(&format!("{page}/now")).await.html().texts(".rail-link span");
    assert!(!rail().await.contains(&"Sponsors".to_owned()), "nobody to show");
    scene.app.sponsor(&scene.olivia, &scene.event, None, "Zed").await;
    scene.add("Silver", "Sly").await;
    let bolt = scene.add("Gold", "Bolt").await.to_string();
    let (key, gold) = (scene.form_key(), scene.tier("Gold").await);
    let contact = [
        ("tier", gold.as_str()),
        ("name", "Acme"),
        ("contact_name", "Wile Secret"),
        ("contact_email", "secret@acme.example"),
        ("contact_phone", "555 0199"),
        ("form_key", &key),
    ];
    let acme: String = scene.call("sponsors/create", &contact).await.json();
    assert!(rail().await.contains(&"Sponsors".to_owned()));
    assert_eq!(scene.shown().await, ["Gold", "Bolt", "Acme", "Silver", "Sly", "Further sponsors", "Zed"]);
    assert_eq!(
        scene.status("sponsors/set_featured", &[("sponsor", &acme), ("featured", "yes")]).await,
        StatusCode::OK
    );
    assert_eq!(
        scene.status("sponsors/set_active", &[("sponsor", &bolt), ("active", "no")]).await,
        StatusCode::OK
    );
    assert_eq!(
        scene.status("sponsors/set_active", &[("sponsor", &bolt), ("active", "maybe")]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(scene.shown().await, ["Gold", "Acme", "Silver", "Sly", "Further sponsors", "Zed"]);
    let featured = scene.app.browser().get(&format!("{page}/sponsors")).await;
    assert_eq!(featured.html().texts(".sponsor-card .badge"), ["Featured"]);
    let contacts = ["Wile Secret", "secret@acme.example", "0199"];
    assert!(contacts.iter().all(|contact| !featured.body.contains(contact)), "for organizers only");
}

#[tokio::test]
async fn sponsor_update() {
    let scene = SponsorScene::set().await;
    let acme = scene.add("Gold", "Acme").await.to_string();
    let page = format!("/events/{}/manage/sponsors/{acme}", scene.event);
    let save = async |version: &str, field: &str, value: &str| {
        scene.call("sponsors/save", &[("sponsor", &acme), ("version", version), (field, value)]).await
    };
    assert_eq!(save("1", "description", "Anvils").await.status, StatusCode::OK);
    assert_eq!(save("2", "website", "https://acme.example/").await.status, StatusCode::OK);
    let stored = scene.olivia.browser.get(&page).await.html();
    assert_eq!(
        (stored.value("name"), stored.value("description")),
        ("Acme".into(), "Anvils".into()),
        "what isn't sent stays"
    );
    assert_eq!(save("3", "description", "").await.status, StatusCode::OK);
    assert_eq!(save("4", "name", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stale = save("1", "description", "Older").await;
    assert_eq!(stale.error(), Conflict::StaleEdit { by: "Olivia Test".to_owned() }.into());
    let fields = [("event", scene.event.as_str()), ("sponsor", &acme), ("version", "1"), ("name", "Mine")];
    let again = scene.olivia.browser.submit_and_follow("/api/sponsors/save", &fields).await.html();
    assert_eq!(
        (again.value("name"), again.value("version")),
        ("Mine".into(), "4".into()),
        "the text stays, with the newest version"
    );
    let stored = scene.olivia.browser.get(&page).await.html();
    assert_eq!((stored.value("name"), stored.value("description")), ("Acme".into(), String::new()));
    assert_eq!(stored.value("website"), "https://acme.example/");
}

#[tokio::test]
async fn sponsor_deletion() {
    let scene = SponsorScene::set().await;
    scene.add("Gold", "A").await;
    let b = scene.add("Gold", "B").await;
    scene.add("Gold", "C").await;
    let act = async |what: &str, id: SponsorId| {
        scene.status(&format!("sponsors/{what}"), &[("sponsor", &id.to_string())]).await
    };
    assert_eq!(act("delete", b).await, StatusCode::OK);
    assert_eq!(scene.shown().await, ["Gold", "A", "C"], "hidden at once");
    let page = format!("/events/{}/manage/sponsors", scene.event);
    assert_eq!(scene.olivia.browser.get(&format!("{page}/{b}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(act("delete", b).await, StatusCode::NOT_FOUND);
    assert!(scene.olivia.browser.get(&page).await.html().text("main").contains("Just deleted"));
    scene.app.wait(Duration::minutes(9));
    assert_eq!(act("restore", b).await, StatusCode::OK);
    assert_eq!(act("restore", b).await, StatusCode::OK, "it is back already");
    assert_eq!(scene.names("Gold").await, ["A", "B", "C"], "at its place");
    assert_eq!(act("delete", b).await, StatusCode::OK);
    sponsors::sweep(&scene.app.services).await.unwrap();
    scene.app.wait(Duration::minutes(10));
    assert_eq!(act("restore", b).await, StatusCode::GONE);
    assert!(!scene.olivia.browser.get(&page).await.html().text("main").contains("Just deleted"));
    sponsors::sweep(&scene.app.services).await.unwrap();
    assert_eq!(act("restore", b).await, StatusCode::NOT_FOUND);
    let left = "select count(*) from sponsors";
    assert_eq!(sqlx::query_scalar::<_, i64>(left).fetch_one(&scene.app.services.db).await.unwrap(), 2);
}

#[tokio::test]
async fn tier_management() {
    let scene = SponsorScene::set().await;
    let tiers = async || {
        let board = scene.app.sponsor_board(&scene.olivia, &scene.event).await;
        board.tiers.into_iter().map(|tier| tier.name).collect::<Vec<_>>()
    };
    assert_eq!(tiers().await, ["Platinum", "Gold", "Silver", "Bronze", "Community"]);
    let key = scene.form_key();
    let media = [("name", "Media"), ("colour", "#123abc"), ("max_sponsors", ""), ("form_key", &key)];
    let id: String = scene.call("sponsor_tiers/create", &media).await.json();
    assert_eq!(
        scene.call("sponsor_tiers/create", &media).await.json::<String>(),
        id,
        "a second submit is the first"
    );
    let gold = scene.tier("Gold").await;
    assert_eq!(scene.status("sponsor_tiers/move", &[("tier", &id), ("after", &gold)]).await, StatusCode::OK);
    assert_eq!(scene.status("sponsor_tiers/move", &[("tier", &gold), ("after", "")]).await, StatusCode::OK);
    assert_eq!(tiers().await, ["Gold", "Platinum", "Media", "Silver", "Bronze", "Community"]);
    let save = async |version: &str, field: &str, value: &str| {
        scene.status("sponsor_tiers/save", &[("tier", &id), ("version", version), (field, value)]).await
    };
    assert_eq!(save("1", "name", "Press").await, StatusCode::OK);
    assert_eq!(save("1", "name", "Media").await, StatusCode::CONFLICT, "somebody saved a newer version");
    assert_eq!(save("2", "colour", "blue").await, StatusCode::UNPROCESSABLE_ENTITY);
    // Deleting asks where its sponsors go, and can be taken back with them.
    for name in ["A", "B"] {
        scene.add("Press", name).await;
    }
    let stays = scene.add("Gold", "G").await.to_string();
    let delete =
        async |to: &str| scene.status("sponsor_tiers/delete", &[("tier", &id), ("move_to", to)]).await;
    assert_eq!(delete("").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(delete(&id).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(delete(&stays).await, StatusCode::UNPROCESSABLE_ENTITY, "no tier of this event");
    assert_eq!(delete(&gold).await, StatusCode::OK);
    assert_eq!(tiers().await, ["Gold", "Platinum", "Silver", "Bronze", "Community"]);
    assert_eq!(scene.names("Gold").await, ["G", "A", "B"]);
    assert_eq!(scene.status("sponsor_tiers/restore", &[("tier", &id)]).await, StatusCode::OK);
    assert_eq!(tiers().await, ["Gold", "Platinum", "Press", "Silver", "Bronze", "Community"]);
    assert_eq!(
        (scene.names("Gold").await, scene.names("Press").await),
        (vec!["G".into()], vec!["A".into(), "B".into()])
    );
    assert_eq!(delete("none").await, StatusCode::OK);
    assert_eq!(scene.names("none").await, ["A", "B"]);
    scene.app.wait(Duration::minutes(10));
    assert_eq!(scene.status("sponsor_tiers/restore", &[("tier", &id)]).await, StatusCode::GONE);
    sponsors::sweep(&scene.app.services).await.unwrap();
    assert_eq!(scene.names("none").await, ["A", "B"], "they outlive the tier");
}

#[tokio::test]
async fn sponsor_limits() {
    sponsor_bounds::limits_of_tiers().await;
}
