//! Stars, places in sessions, and who is told of changes.

use domain::Conflict;
use http::StatusCode;
use services::attending;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{AttendingScene, Member};

const STAR: &str = "/api/attending/star";

async fn stars(scene: &AttendingScene) -> Vec<String> {
    sqlx::query_scalar(
        "select u.email from session_stars s join users u on u.id = s.user_id order by u.email",
    )
    .fetch_all(&scene.app.services.db)
    .await
    .unwrap()
}

async fn star(scene: &AttendingScene, who: &Member, starred: &str) -> StatusCode {
    scene.status(who, "attending/star", &[("starred", starred)]).await
}

#[tokio::test]
async fn a_visitors_star_is_kept_in_the_browser_and_becomes_theirs_when_they_sign_in() {
    let scene = AttendingScene::set().await;
    let account = scene.app.person("Ada").await;
    let visitor = scene.app.browser();
    let session = scene.session.to_string();
    let (page, other) =
        (format!("/events/{}/changes", scene.event), format!("/events/{}/agenda", scene.event));
    let fields = [("event", &*scene.event), ("session", &*session), ("starred", "yes"), ("next", &*page)];
    let answer = visitor.submit(STAR, &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::FOUND, &*page), "a plain form leads back");
    assert_eq!(visitor.cookie("atria-stars"), Some(session.replace('-', "")));
    assert!(stars(&scene).await.is_empty(), "nothing of it is known to anybody else");
    let away =
        visitor.submit(STAR, &[fields[0], fields[1], fields[2], ("next", "https://evil.example/")]).await;
    assert_eq!(away.location(), scene.path(""), "and never to another site");
    let hidden = "00000000-0000-0000-0000-000000000001";
    let missing = visitor.call(STAR, &[fields[0], ("session", hidden), fields[2]]).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);

    visitor.sign_in(&account.email, PASSWORD).await;
    assert_eq!(stars(&scene).await, ["ada@example.org"]);
    assert_eq!(visitor.cookie("atria-stars").unwrap_or_default(), "", "and forgotten by the browser");
    let other = [fields[0], fields[1], ("starred", "no"), ("next", &*other)];
    assert_eq!(visitor.submit(STAR, &other).await.status, StatusCode::FOUND);
    assert!(stars(&scene).await.is_empty(), "one click takes it back");
}

#[tokio::test]
async fn stars_of_hidden_sessions_are_not_merged() {
    let scene = AttendingScene::set().await;
    let ada = scene.app.person("Ada").await;
    sqlx::query("update events set visibility = 'PRIVATE'").execute(&scene.app.services.db).await.unwrap();
    attending::merge_stars(&scene.app.services, ada.signed_in.user, &[scene.session]).await.unwrap();
    assert!(stars(&scene).await.is_empty());
    assert_eq!(star(&scene, &ada, "yes").await, StatusCode::NOT_FOUND);
    scene.app.join_event(&scene.event, &ada, "ATTENDEE", "ACTIVE").await;
    attending::merge_stars(&scene.app.services, ada.signed_in.user, &[scene.session]).await.unwrap();
    assert_eq!(stars(&scene).await, ["ada@example.org"]);
}

#[tokio::test]
async fn sign_ups_are_for_sessions_that_take_them_and_not_for_those_that_are_over() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    let refused = async || scene.call(&ada, "attending/sign_up", &[]).await.error();
    assert_eq!(refused().await, Conflict::NoSignUpNeeded.into());
    scene.seats(None, true).await;
    sqlx::query("update agenda_sessions set status = 'CANCELLED'")
        .execute(&scene.app.services.db)
        .await
        .unwrap();
    assert_eq!(refused().await, Conflict::SessionOver.into());
    sqlx::query("update agenda_sessions set status = 'SCHEDULED'")
        .execute(&scene.app.services.db)
        .await
        .unwrap();
    assert_eq!(scene.status(&ada, "attending/sign_up", &[]).await, StatusCode::OK);
}

#[tokio::test]
async fn who_leaves_gives_all_places_back() {
    let scene = AttendingScene::set().await;
    scene.seats(Some(1), true).await;
    let (ada, ben) = (scene.join("Ada", "ATTENDEE").await, scene.join("Ben", "ATTENDEE").await);
    assert_eq!(scene.status(&ada, "attending/sign_up", &[]).await, StatusCode::OK);
    assert_eq!(scene.status(&ben, "attending/sign_up", &[]).await, StatusCode::CONFLICT);
    let leave = [("event", scene.event.as_str()), ("confirmed", "yes")];
    assert_eq!(ada.browser.status("/api/attendees/leave", &leave).await, StatusCode::OK);
    assert_eq!(scene.count().await, 0);
    assert_eq!(scene.status(&ben, "attending/sign_up", &[]).await, StatusCode::OK);
}

/// As the agenda notes it.
async fn change(scene: &AttendingScene, old: &str, new: &str, released: bool) {
    let now = scene.app.services.clock.now();
    sqlx::query(
        "insert into agenda_changes (id, event_id, session_id, field, old_value, new_value, created_at, released_at)
         select $1, event_id, id, 'ROOM', $2, $3, $4, case when $5 then $4 end from agenda_sessions",
    )
    .bind(scene.app.services.rng.id(now))
    .bind(old)
    .bind(new)
    .bind(now)
    .bind(released)
    .execute(&scene.app.services.db)
    .await
    .unwrap();
}

#[tokio::test]
async fn those_who_chose_a_session_are_told_once_ten_minutes_after_its_last_change() {
    let scene = AttendingScene::set().await;
    scene.seats(None, true).await;
    let (ada, ben, cleo) = (
        scene.join("Ada", "ATTENDEE").await,
        scene.join("Ben", "ATTENDEE").await,
        scene.join("Cleo", "ATTENDEE").await,
    );
    let sina = scene.join("Sina", "SPEAKER").await;
    let olivia = &scene.olivia.signed_in;
    let (speaker, role) = (sina.signed_in.user, domain::agenda::SessionSpeakerRole::Speaker);
    services::agenda::add_speaker(&scene.app.services, olivia, &scene.event, scene.session, speaker, role)
        .await
        .unwrap();
    star(&scene, &ada, "yes").await;
    scene.status(&ben, "attending/sign_up", &[]).await;
    change(&scene, "Hall", "Attic", true).await;
    scene.app.wait(Duration::minutes(9));
    change(&scene, "Attic", "Cellar", true).await;
    scene.app.wait(Duration::minutes(9));
    attending::tell_changes(&scene.app.services).await.unwrap();
    let mails = async || -> Vec<String> {
        sqlx::query_scalar(
            "select recipient from outbox_mails where kind = 'session_changed' order by recipient",
        )
        .fetch_all(&scene.app.services.db)
        .await
        .unwrap()
    };
    assert!(mails().await.is_empty(), "it may change again");
    scene.app.wait(Duration::minutes(1));
    for _twice in 0..2 {
        attending::tell_changes(&scene.app.services).await.unwrap();
        let told = [ada.email.as_str(), ben.email.as_str(), sina.email.as_str()];
        assert_eq!(mails().await, told, "who speaks there too, not {}", cleo.email);
    }
    let mail = scene.app.inbox.about(&ada.email, "Changed: Opening").await;
    assert!(mail.text.contains("Room: Hall → Cellar"), "{}", mail.text);
}

#[tokio::test]
async fn held_changes_are_public_and_told_when_organizers_release_them() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    star(&scene, &ada, "yes").await;
    change(&scene, "Hall", "Attic", false).await;
    let page = format!("/events/{}/changes", scene.event);
    let visitor = scene.app.browser();
    assert!(visitor.get(&page).await.html().texts(".row").is_empty());
    let organizers = scene.olivia.browser.get(&page).await.html();
    assert!(organizers.text("main").contains("1 change is held."));
    let event = [("event", scene.event.as_str())];
    let release = "/api/attending/release_changes";
    assert_eq!(ada.browser.status(release, &event).await, StatusCode::FORBIDDEN);
    assert_eq!(scene.olivia.browser.status(release, &event).await, StatusCode::OK);
    let rows = visitor.get(&page).await.html().texts(".row");
    assert!(rows.len() == 1 && rows[0].contains("Room: Hall → Attic"), "{rows:?}");
    scene.app.wait(Duration::minutes(10));
    attending::tell_changes(&scene.app.services).await.unwrap();
    scene.app.inbox.about(&ada.email, "Changed: Opening").await;
}
