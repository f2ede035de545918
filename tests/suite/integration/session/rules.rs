//! What a session's chat mode shows, and who changes a session.

use domain::Conflict;
use domain::agenda::{Saved, SessionSpeakerRole};
use domain::chat::RoomKind;
use http::StatusCode;
use services::chat;

use crate::support::AgendaScene;

/// What pages show, not who may write.
pub(super) async fn chat_modes() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (sam, ada) = (scene.member("Sam", "SPEAKER").await, scene.member("Ada", "ATTENDEE").await);
    scene.speaks(session, &sam, SessionSpeakerRole::Speaker).await;
    let id = session.to_string();
    let page = scene.path(&format!("/sessions/{id}"));
    for (version, mode, of_sam, of_ada) in [
        ("1", "ENABLED", vec!["Chat", "Backstage"], vec!["Chat"]),
        ("2", "BACKSTAGE_ONLY", vec!["Backstage"], vec![]),
        ("3", "DISABLED", vec![], vec![]),
    ] {
        let save = [("session", id.as_str()), ("version", version), ("chat_mode", mode)];
        assert_eq!(scene.status("agenda/save_session", &save).await, StatusCode::OK);
        for (who, links) in [(&sam, of_sam), (&ada, of_ada)] {
            let shown = who.browser.get(&page).await.html().texts("article .form-actions a");
            assert_eq!(shown, links, "{mode}");
            let listed = scene.app.rooms(who, &scene.event).await;
            let of_session = |kind| listed.iter().filter(|room| room.kind == kind).count();
            assert_eq!(of_session(RoomKind::Public), usize::from(links.contains(&"Chat")), "{mode}");
            assert_eq!(of_session(RoomKind::Backstage), usize::from(links.contains(&"Backstage")), "{mode}");
        }
    }
    let public = scene.app.session_room(session, RoomKind::Public).await;
    scene.app.post(&ada, public, "by direct link").await;
    let close = "update chat_rooms set is_enabled = false where id = $1";
    sqlx::query(close).bind(public.get()).execute(&scene.app.services.db).await.unwrap();
    let refused = chat::check_may_post(&scene.app.services, &ada.signed_in, public).await;
    assert!(refused.is_err(), "only a closed room refuses");
    assert!(chat::check_may_post(&scene.app.services, &scene.olivia.signed_in, public).await.is_ok());
    let wrong = [("session", id.as_str()), ("version", "4"), ("chat_mode", "LOUD")];
    assert_eq!(scene.status("agenda/save_session", &wrong).await, StatusCode::UNPROCESSABLE_ENTITY);
    let key = scene.app.form_key();
    let coffee = [("title", "Coffee"), ("kind", "BREAK"), ("form_key", key.as_str())];
    let coffee: Saved = scene.call("agenda/create_session", &coffee).await.json();
    let mode = scene.agenda().await.session(coffee.id).unwrap().chat_mode;
    assert_eq!(mode.as_str(), "DISABLED", "a break starts without chat");
}

/// Organizers save; speakers change their own words only.
pub(super) async fn updates() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let id = session.to_string();
    let [sam, mia, ada, otto] = [
        scene.member("Sam", "SPEAKER").await,
        scene.member("Mia", "MODERATOR").await,
        scene.member("Ada", "ATTENDEE").await,
        scene.app.person("Otto").await,
    ];
    scene.speaks(session, &sam, SessionSpeakerRole::Host).await;
    let omar = scene.member("Omar", "ORGANIZER").await;
    let save = [("session", id.as_str()), ("version", "1"), ("title", "Mine now")];
    for who in [&sam, &mia, &ada, &otto] {
        for function in ["save_session", "check_session", "delete_session", "unschedule_session"] {
            let fields = if function.starts_with("save") { &save[..] } else { &save[..1] };
            let answer = scene.call_as(who, &format!("agenda/{function}"), fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{function}");
        }
        let editor = who.browser.get(&scene.path(&format!("/manage/agenda/{id}"))).await;
        assert_eq!(editor.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(scene.call_as(&omar, "agenda/save_session", &save).await.status, StatusCode::OK);
    let stale = scene.call("agenda/save_session", &save).await.error();
    assert_eq!(stale, Conflict::StaleEdit { by: "Omar Test".to_owned() }.into());
    let form = [("event", scene.event.as_str()), save[0], save[1], ("title", "Theirs")];
    let again = scene.olivia.browser.submit_and_follow("/api/agenda/save_session", &form).await.html();
    assert_eq!(
        (again.value("title"), again.value("version")),
        ("Theirs".into(), "2".into()),
        "the text stays"
    );
    let archive = "update events set status = 'ARCHIVED' where slug = $1";
    sqlx::query(archive).bind(&scene.event).execute(&scene.app.services.db).await.unwrap();
    assert_eq!(scene.call("agenda/save_session", &save).await.error(), Conflict::EventArchived.into());
    assert_eq!(scene.olivia.browser.get(&scene.path("/manage/agenda")).await.status, StatusCode::OK);
}
