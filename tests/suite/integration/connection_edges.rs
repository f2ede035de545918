//! Requests and contacts where something else ended, or was never there.

use http::StatusCode;

use crate::support::{ConnectionScene, Member};

#[tokio::test]
async fn where_two_people_met_outlives_the_event() {
    let scene = ConnectionScene::set().await;
    let (app, ada) = (&scene.app, &scene.ada);
    scene.connected(ada, &scene.ben).await;
    let link = format!("a[href='/events/{}/now']", scene.event);
    let links = async || ada.browser.get("/connections").await.html().has(&format!(".contact {link}"));
    assert!(links().await);
    let gone =
        "update events set status = 'DELETED', status_before_deletion = 'PUBLISHED', deleted_at = now(),
                       deleted_by = $2 where slug = $1";
    let gone = sqlx::query(gone).bind(&scene.event).bind(scene.olivia.signed_in.user.get());
    gone.execute(&app.services.db).await.unwrap();
    let contact = ada.browser.get("/connections").await.html().text(".contact");
    assert!(contact.contains("met at Rust Day, Thursday 24"), "{contact}");
    assert!(!links().await, "there is nothing to open");
}

#[tokio::test]
async fn an_archived_event_still_brings_people_together_and_a_draft_not_yet() {
    let scene = ConnectionScene::set().await;
    for (status, expected) in [("DRAFT", 409), ("ARCHIVED", 200), ("DELETED", 404)] {
        let set = "update events set status = $2 where slug = $1";
        let set = sqlx::query(set).bind(&scene.event).bind(status);
        set.execute(&scene.app.services.db).await.unwrap();
        let answer = scene.ask(&scene.olivia, &scene.sam, "Hi").await;
        assert_eq!(answer.status.as_u16(), expected, "{status}: {}", answer.body);
    }
}

#[tokio::test]
async fn who_wants_no_mails_about_requests_gets_none() {
    let scene = ConnectionScene::set().await;
    let off = scene.sam.browser.status("/api/accounts/save_notifications", &[("version", "1")]).await;
    assert_eq!(off, StatusCode::OK);
    let ask = async |to: &Member| scene.ask(&scene.ada, to, "Hi").await.status;
    assert_eq!((ask(&scene.sam).await, ask(&scene.ben).await), (StatusCode::OK, StatusCode::OK));
    scene.app.until_delivered().await;
    let told = scene.app.inbox.recipients();
    assert!(told.contains(&scene.ben.email) && !told.contains(&scene.sam.email), "{told:?}");
}

#[tokio::test]
async fn a_list_says_what_it_does_not_know() {
    let scene = ConnectionScene::set().await;
    for other in [&scene.ben, &scene.sam, &scene.omar] {
        scene.connected(&scene.ada, other).await;
    }
    let browser = &scene.ada.browser;
    for (query, status) in [
        ("page=3&per_page=2", 404),
        ("page=0", 422),
        ("per_page=101", 422),
        ("list=friends", 422),
        ("sort=x", 422),
        ("search=k", 422),
    ] {
        assert_eq!(browser.get(&format!("/connections?{query}")).await.status.as_u16(), status, "{query}");
    }
}

#[tokio::test]
async fn contacts_are_exported_as_they_are_narrowed_and_ten_times_an_hour() {
    let scene = ConnectionScene::set().await;
    for other in [&scene.ben, &scene.sam] {
        scene.connected(&scene.ada, other).await;
    }
    let browser = &scene.ada.browser;
    let narrowed = browser.get("/connections.csv?search=sam").await.body;
    assert!(narrowed.contains("Sam Test") && !narrowed.contains("Ben Test"));
    assert_eq!(
        scene.app.browser().get("/connections.csv").await.status,
        StatusCode::UNAUTHORIZED,
        "sign in first"
    );
    for _ in 0..9 {
        assert_eq!(browser.get("/connections.vcf").await.status, StatusCode::OK);
    }
    assert_eq!(browser.get("/connections.csv").await.status, StatusCode::TOO_MANY_REQUESTS, "ten an hour");
}
