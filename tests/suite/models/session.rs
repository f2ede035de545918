use domain::agenda::{SessionSpeakerRole, Warning};
use domain::chat::RoomKind;
use sqlx::AssertSqlSafe;

use crate::support::AgendaScene;

#[tokio::test]
async fn speaker_assignment() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (sam, otto) = (scene.member("Sam", "SPEAKER").await, scene.app.person("Otto").await);
    scene.speaks(session, &sam, SessionSpeakerRole::Keynote).await;
    let speakers = scene.agenda().await.session(session).unwrap().speakers.clone();
    assert_eq!((speakers.len(), speakers[0].role), (1, SessionSpeakerRole::Keynote));
    let forge = "insert into session_speakers (event_id, session_id, user_id, role, order_key, created_at)
                 select event_id, id, $2, 'SPEAKER', 'W', now() from agenda_sessions where id = $1";
    let forged = sqlx::query(forge).bind(session.get()).bind(otto.signed_in.user.get());
    assert!(forged.execute(&scene.app.services.db).await.is_err(), "only members of the event");
}

#[tokio::test]
async fn chat_room_creation() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    for kind in [RoomKind::Public, RoomKind::Backstage] {
        scene.app.session_room(session, kind).await;
    }
    let third = "insert into chat_rooms (id, event_id, session_id, kind, name, position, created_at)
                 select $2, event_id, id, $3, 'Third', 0, now() from agenda_sessions where id = $1";
    for kind in ["PUBLIC", "BACKSTAGE", "GLOBAL"] {
        let third = sqlx::query(third).bind(session.get()).bind(uuid::Uuid::from_u128(3)).bind(kind);
        assert!(third.execute(&scene.app.services.db).await.is_err(), "exactly one of each: {kind}");
    }
}

#[tokio::test]
async fn schedule_validation() {
    let scene = AgendaScene::set().await;
    let hall = scene.app.venue_room(&scene.olivia, &scene.event, "Main hall").await;
    let first = scene.add("First", ("09:00", "10:00"), Some(hall)).await;
    let second = scene
        .app
        .session(&scene.olivia, &scene.event, "Second", ("2026-09-24T09:59", "2026-09-24T11:00"), Some(hall))
        .await;
    assert_eq!(
        second.warnings.iter().map(|warning| warning.other).collect::<Vec<_>>(),
        [first],
        "saved, and told"
    );
    assert_eq!(
        second.warnings.iter().map(Warning::text).collect::<Vec<_>>(),
        ["Main hall is taken by “First” at that time."]
    );
    for (column, value) in [
        ("ends_at", "'2026-09-24 07:00Z'"),
        ("ends_at", "'2026-09-25 07:01Z'"),
        ("ends_at", "null"),
        ("title", "'No'"),
        ("kind", "'PARTY'"),
        ("status", "'PAUSED'"),
        ("capacity", "0"),
        ("opens_before_minutes", "1441"),
    ] {
        let forge = format!("update agenda_sessions set {column} = {value} where id = $1");
        let forged = sqlx::query(AssertSqlSafe(forge)).bind(first.get());
        assert!(forged.execute(&scene.app.services.db).await.is_err(), "{column} {value}");
    }
}
