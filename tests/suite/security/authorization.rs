use domain::chat::RoomKind;
use domain::realtime::{ServerFrame, Topic};
use http::StatusCode;

use crate::support::{AttendingScene, Member, Team, TestApp};

#[tokio::test]
async fn role_escalation() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let before = team.roles().await;
    for (who, name) in [(&team.adam, "an admin"), (&team.mia, "a member")] {
        for role in ["OWNER", "ADMIN"] {
            assert_eq!(team.change(who, who, role).await, StatusCode::FORBIDDEN, "{name} → {role}");
        }
    }
    assert_eq!(team.change(&team.adam, &team.mia, "OWNER").await, StatusCode::FORBIDDEN, "by a friend");
    assert_eq!(team.change(&team.otto, &team.otto, "OWNER").await, StatusCode::NOT_FOUND);
    assert_eq!(team.roles().await, before, "nobody rose");
    assert_eq!(team.change(&team.olivia, &team.mia, "ADMIN").await, StatusCode::OK, "an owner may");
}

#[tokio::test]
async fn permission_bypass() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let (ada, otto) = (app.person("Ada").await, app.person("Otto").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    let staff = app.room(&olivia, &event, RoomKind::Admin).await;
    let room = staff.to_string();
    let id = "00000000-0000-0000-0000-000000000001";
    let post =
        [("event", event.as_str()), ("room", room.as_str()), ("client_message_id", id), ("body", "Hi")];
    let page = format!("/events/{event}/rooms/{room}");
    for person in [&ada, &otto] {
        assert_eq!(person.browser.get(&page).await.status, StatusCode::NOT_FOUND, "the page");
        assert_eq!(
            person.browser.status("/api/chat/post_message", &post).await,
            StatusCode::NOT_FOUND,
            "the call"
        );
        let mut socket = person.browser.socket().await;
        let refused = socket.subscribe(Topic::Room(staff), None).await;
        assert!(matches!(refused, ServerFrame::Refused { .. }), "the socket: {refused:?}");
    }
    assert_eq!(olivia.browser.get(&page).await.status, StatusCode::OK);
    assert_eq!(olivia.browser.status("/api/chat/post_message", &post).await, StatusCode::OK);
    let heard = olivia.browser.socket().await.subscribe(Topic::Room(staff), None).await;
    assert!(matches!(heard, ServerFrame::Subscribed { .. }), "{heard:?}");
    for method in [http::Method::GET, http::Method::HEAD, http::Method::PUT, http::Method::DELETE] {
        let request = olivia.browser.request(method.clone(), "/api/events/publish");
        let answer = olivia.browser.send(request).await;
        assert!(answer.status.is_client_error(), "{method}: {}", answer.status);
    }
}

#[tokio::test]
async fn cascading_permissions() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let event = app.published_in(&team.olivia, &team.slug).await;
    let tara = app.person("Tara").await;
    app.join_organization(&team.slug, &tara, "OWNER").await;
    let manage = format!("/events/{event}/manage");
    let status = async |who: &crate::support::Member, page: &str| who.browser.get(page).await.status;
    assert_eq!(status(&tara, &manage).await, StatusCode::OK, "an owner acts as ADMIN without a row");
    assert_eq!(
        status(&team.adam, &manage).await,
        StatusCode::FORBIDDEN,
        "an admin of the organization doesn't"
    );
    assert_eq!(status(&team.adam, &format!("/events/{event}/rooms")).await, StatusCode::NOT_FOUND);
    app.register(&tara, &event).await;
    assert_eq!(status(&tara, &manage).await, StatusCode::OK, "also above a lower row");
    assert_eq!(team.change(&team.olivia, &tara, "MEMBER").await, StatusCode::OK);
    assert_eq!(status(&tara, &manage).await, StatusCode::FORBIDDEN, "until the ownership ends");
    assert_eq!(status(&tara, &format!("/events/{event}/now")).await, StatusCode::OK, "the own row stays");

    let user = tara.signed_in.user.to_string();
    let fields = [("organization", team.slug.as_str()), ("user", user.as_str()), ("from_events", "yes")];
    let removed = team.olivia.browser.status("/api/organizations/remove_member", &fields).await;
    assert_eq!(removed, StatusCode::OK);
    assert_eq!(
        status(&tara, &format!("/events/{event}/now")).await,
        StatusCode::NOT_FOUND,
        "where that was wanted"
    );
    let seats: i32 = sqlx::query_scalar("select seats_taken from events where slug = $1")
        .bind(&event)
        .fetch_one(&app.services.db)
        .await
        .unwrap();
    assert_eq!(seats, 0, "the seat is free");
}

/// What somebody wrote in a room is changed by nobody else, whatever they may do there.
async fn words_are_their_authors(scene: &AttendingScene, ada: &Member, others: [&Member; 3]) {
    let (app, event) = (&scene.app, scene.event.as_str());
    let general = app.room(&scene.olivia, event, RoomKind::Global).await;
    let message = app.post(ada, general, "My words").await;
    let (room, id) = (general.to_string(), message.client_message_id.to_string());
    let again = [("event", event), ("room", &*room), ("client_message_id", &*id), ("body", "Other words")];
    for other in others {
        other.browser.call("/api/chat/post_message", &again).await;
    }
    let kept: Vec<String> = sqlx::query_scalar("select body from chat_messages where author_id = $1")
        .bind(ada.signed_in.user.get())
        .fetch_all(&app.services.db)
        .await
        .unwrap();
    assert_eq!(kept, ["My words"], "an id is no key to another's words");
    let message = message.id.to_string();
    let edit = [("event", event), ("room", &*room), ("message", &*message), ("body", "Other words")];
    for other in others {
        let refused = other.browser.status("/api/chat/edit_message", &edit).await;
        assert_eq!(refused, StatusCode::FORBIDDEN, "{}: moderators remove, they don't rewrite", other.email);
    }
    assert_eq!(ada.browser.status("/api/chat/edit_message", &edit).await, StatusCode::OK, "one's own");
}

#[tokio::test]
async fn resource_ownership() {
    let scene = AttendingScene::set().await;
    let (app, event) = (&scene.app, scene.event.as_str());
    let (ada, ben, maya) = (
        scene.join("Ada", "ATTENDEE").await,
        scene.join("Ben", "ATTENDEE").await,
        scene.join("Maya", "MODERATOR").await,
    );
    let profile = async |who: &Member| who.browser.get("/settings/profile").await.html().value("bio");
    let bio = [("version", "1"), ("first_name", "Ada"), ("last_name", "Test"), ("bio", "Mine")];
    assert_eq!(ada.browser.status("/api/accounts/save_profile", &bio).await, StatusCode::OK);
    let user = ada.signed_in.user.to_string();
    for (name, fields) in [
        ("accounts/save_profile", vec![("version", "1"), ("first_name", "Eve"), ("bio", "Theirs")]),
        ("accounts/save_privacy", vec![("show_bio", "yes")]),
        ("attending/star", vec![("starred", "no")]),
        ("attending/sign_up", vec![]),
        ("attending/cancel_sign_up", vec![]),
    ] {
        for owner in ["user", "user_id", "owner"] {
            let session = scene.session.to_string();
            let mut named = fields.clone();
            named.push((owner, &user));
            if name.starts_with("attending") {
                named.extend([("event", event), ("session", session.as_str())]);
            }
            let refused = ben.browser.status(&format!("/api/{name}"), &named).await;
            assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY, "{name}: nobody names whose it is");
        }
    }
    assert_eq!(profile(&ada).await, "Mine");

    scene.seats(Some(5), true).await;
    assert_eq!(scene.status(&ada, "attending/star", &[("starred", "yes")]).await, StatusCode::OK);
    assert_eq!(scene.status(&ada, "attending/sign_up", &[]).await, StatusCode::OK);
    for other in [&ben, &maya] {
        scene.call(other, "attending/star", &[("starred", "no")]).await;
        scene.call(other, "attending/cancel_sign_up", &[]).await;
    }
    let own: Vec<uuid::Uuid> = sqlx::query_scalar(
        "select user_id from session_stars union all select user_id from session_sign_ups where status = 'SIGNED_UP'",
    )
    .fetch_all(&app.services.db)
    .await
    .unwrap();
    assert_eq!(own, [ada.signed_in.user.get(); 2], "one's own star and place stay");

    words_are_their_authors(&scene, &ada, [&ben, &maya, &scene.olivia]).await;
}
