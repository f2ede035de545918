use domain::sponsors::{Colour, MaxSponsors, TierName};
use http::StatusCode;
use uuid::Uuid;

use crate::support::pictures::{addresses, fetch, png, upload};
use crate::support::{EventForm, TestApp};

const NOBODY: &str = "00000000-0000-0000-0000-000000000001";

#[tokio::test]
async fn tier_validation() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let other = app.draft(&olivia, "atria-test", EventForm::default()).await;
    let board = app.sponsor_board(&olivia, &event).await;
    let tiers: Vec<(&str, &str, Option<i32>)> = board
        .tiers
        .iter()
        .map(|tier| (tier.name.as_str(), tier.colour.as_str(), tier.max_sponsors))
        .collect();
    let five = [
        ("Platinum", "#E5E4E2", None),
        ("Gold", "#DEAE4A", None),
        ("Silver", "#C7D3DB", None),
        ("Bronze", "#BB8F4C", None),
        ("Community", "#8B5CF6", None),
    ];
    assert_eq!(tiers, five);
    let create = async |tier: &str| {
        let key = Uuid::from_u128(tier.len() as u128).to_string();
        let fields = [("event", event.as_str()), ("tier", tier), ("name", "Acme"), ("form_key", &key)];
        let answer = olivia.browser.call("/api/sponsors/create", &fields).await;
        (answer.status, answer.body)
    };
    let foreign = app.sponsor_tier(&olivia, &other, "Gold").await.to_string();
    for tier in [foreign.as_str(), NOBODY, "gold"] {
        let (status, body) = create(tier).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{tier}");
        assert!(body.contains("Choose a tier of this event."), "{body}");
    }
    assert_eq!(create(&board.tiers[1].id.to_string()).await.0, StatusCode::OK);
    assert!(Colour::parse("#deae4a").is_ok_and(|colour| colour.as_str() == "#DEAE4A"));
    for bad in ["", "DEAE4A", "#DEAE4", "#DEAE4AA", "#GGGGGG", "red"] {
        assert!(Colour::parse(bad).is_err(), "{bad}");
    }
    assert!(TierName::parse("").is_err() && TierName::parse(&"x".repeat(101)).is_err());
    for (typed, read) in [("", Ok(None)), ("1", Ok(Some(1))), ("500", Ok(Some(500)))] {
        assert_eq!(MaxSponsors::parse(typed).map(MaxSponsors::get), read);
    }
    for bad in ["0", "501", "-1", "many", "1.5"] {
        assert!(MaxSponsors::parse(bad).is_err(), "{bad}");
    }
    for (column, value) in [("key", "Gold!"), ("colour", "#deae4a"), ("order_key", "A0"), ("name", "")] {
        let forge = format!("update sponsor_tiers set {column} = $1 where name = 'Gold'");
        assert!(sqlx::query(sqlx::AssertSqlSafe(forge)).bind(value).execute(&app.services.db).await.is_err());
    }
}

#[tokio::test]
async fn order_value() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    for name in ["One", "Two", "Three"] {
        app.sponsor(&olivia, &event, Some("Gold"), name).await;
    }
    let keys = async || {
        let ordered = "select order_key from sponsors order by order_key";
        sqlx::query_scalar::<_, String>(ordered).fetch_all(&app.services.db).await.unwrap()
    };
    assert_eq!(keys().await, ["V", "W", "X"], "new ones go to the end");
    // A name for a place, not a place in a dictionary: Z comes before a.
    for (from, to) in [("V", "Zz"), ("W", "a"), ("X", "9")] {
        let forge = "update sponsors set order_key = $2 where order_key = $1";
        sqlx::query(forge).bind(from).bind(to).execute(&app.services.db).await.unwrap();
    }
    assert_eq!(keys().await, ["9", "Zz", "a"]);
    let board = app.sponsor_board(&olivia, &event).await;
    let names: Vec<&str> = board.tiers[1].sponsors.iter().map(|sponsor| sponsor.name.as_str()).collect();
    assert_eq!(names, ["Three", "One", "Two"]);
    for bad in ["", "A0", "a b", "ä", &"1".repeat(33)] {
        let forge = "update sponsors set order_key = $1 where name = 'One'";
        let refused = sqlx::query(forge).bind(bad).execute(&app.services.db).await.unwrap_err();
        assert!(refused.to_string().contains("sponsors_order_key_shape"), "{bad}: {refused}");
    }
    let twice = "update sponsors set order_key = 'a' where name = 'One'";
    let refused = sqlx::query(twice).execute(&app.services.db).await.unwrap_err();
    assert!(refused.to_string().contains("sponsors_order_unique"), "{refused}");
}

#[tokio::test]
async fn event_relationship() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let other = app.draft(&olivia, "atria-test", EventForm::default()).await;
    let acme = app.sponsor(&olivia, &event, Some("Gold"), "Acme").await;
    let foreign_tier = app.sponsor_tier(&olivia, &other, "Gold").await;
    let forge = "update sponsors set tier_id = $2 where id = $1";
    let forged = sqlx::query(forge).bind(acme.get()).bind(foreign_tier.get());
    let refused = forged.execute(&app.services.db).await.unwrap_err();
    assert!(refused.to_string().contains("sponsors_tier_of_event"), "{refused}");
    // Through another event it doesn't exist.
    let path = |event: &str| format!("/events/{event}/manage/sponsors/{acme}");
    assert_eq!(olivia.browser.get(&path(&event)).await.status, StatusCode::OK);
    assert_eq!(olivia.browser.get(&path(&other)).await.status, StatusCode::NOT_FOUND);
    let acme = acme.to_string();
    let delete = async |event: &str| {
        let fields = [("event", event), ("sponsor", acme.as_str())];
        olivia.browser.status("/api/sponsors/delete", &fields).await
    };
    assert_eq!(delete(&other).await, StatusCode::NOT_FOUND);
    assert!(app.sponsor_board(&olivia, &other).await.tiers.iter().all(|tier| tier.sponsors.is_empty()));
    assert_eq!(delete(&event).await, StatusCode::OK);
}

#[tokio::test]
async fn logo_url() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let event = app.draft(&olivia, &organization, EventForm::default()).await;
    let acme = app.sponsor(&olivia, &event, None, "Acme").await;
    let page = format!("/events/{event}/sponsors");
    assert!(addresses(&olivia.browser, &page, ".sponsor-logo").await.is_empty());
    assert_eq!(olivia.browser.get(&page).await.html().texts("main h3"), ["Acme"], "without one its name");
    let path = format!("/files/events/{event}/sponsors/{acme}");
    upload(&olivia.browser, &path, vec![("sponsor_logo", "logo.png", png(900, 300))]).await;
    let html = olivia.browser.get(&page).await.html();
    let signed = html.attributes(".sponsor-logo", "src").remove(0);
    assert!(signed.starts_with("/files/private/") && signed.contains("signature="), "of a draft: {signed}");
    assert_eq!(html.attributes(".sponsor-logo", "width"), ["800"]);
    assert!(html.attributes(".sponsor-logo", "srcset")[0].contains(" 200w, "), "by size");
    assert!(
        fetch(&olivia.browser, &signed).await.is_some() && fetch(&app.browser(), &signed).await.is_none()
    );

    olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;
    let public = addresses(&app.browser(), &page, ".sponsor-logo").await.remove(0);
    assert!(public.starts_with("/files/public/"), "of a public event: {public}");
    assert!(fetch(&app.browser(), &public).await.is_some());
}
