use domain::chat::RoomKind;

use crate::support::AgendaScene;

#[tokio::test]
async fn session_relationship() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (public, db) = (scene.app.session_room(session, RoomKind::Public).await, &scene.app.services.db);
    for (forge, why) in [
        ("update chat_rooms set session_id = null where id = $1", "a PUBLIC room is always a session's"),
        ("update chat_rooms set kind = 'GLOBAL' where id = $1", "and an event's own room never"),
    ] {
        assert!(sqlx::query(forge).bind(public.get()).execute(db).await.is_err(), "{why}");
    }
    scene.add("Opening", ("11:00", "12:00"), None).await;
    let named = "select count(*) from chat_rooms where name = 'Opening'";
    let named = sqlx::query_scalar::<_, i64>(named).fetch_one(db).await.unwrap();
    assert_eq!(named, 2, "sessions may share a title");
    sqlx::query("delete from agenda_sessions where id = $1").bind(session.get()).execute(db).await.unwrap();
    let left = "select count(*) from chat_rooms where session_id = $1";
    let left = sqlx::query_scalar::<_, i64>(left).bind(session.get()).fetch_one(db).await.unwrap();
    assert_eq!(left, 0, "rooms go with their session");
}
