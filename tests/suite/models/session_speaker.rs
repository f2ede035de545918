use domain::agenda::SessionSpeakerRole;

use crate::support::AgendaScene;

#[tokio::test]
async fn role_validation() {
    let order: Vec<&str> = SessionSpeakerRole::ALL.iter().map(|role| role.as_str()).collect();
    assert_eq!(order, ["HOST", "KEYNOTE", "SPEAKER", "MODERATOR", "PANELIST"], "the order they are shown in");
    assert_eq!(SessionSpeakerRole::from_stored("host"), None);
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    scene.speaks(session, &scene.olivia, SessionSpeakerRole::Host).await;
    let forged =
        sqlx::query("update session_speakers set role = 'BOSS'").execute(&scene.app.services.db).await;
    assert!(forged.is_err());
}

#[tokio::test]
async fn unique_constraint() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    scene.speaks(session, &scene.olivia, SessionSpeakerRole::Host).await;
    let twice = "insert into session_speakers (event_id, session_id, user_id, role, order_key, created_at)
                 select event_id, session_id, user_id, 'PANELIST', 'W', now() from session_speakers";
    let twice = sqlx::query(twice).execute(&scene.app.services.db).await.unwrap_err();
    assert_eq!(services::db::violated(&twice), Some("session_speakers_pkey"), "one role per session");
    let other = scene.add("Closing", ("17:00", "18:00"), None).await;
    scene.speaks(other, &scene.olivia, SessionSpeakerRole::Panelist).await;
}

#[tokio::test]
async fn speaker_bio() {
    let scene = AgendaScene::set().await;
    let (opening, closing) = (
        scene.add("Opening", ("09:00", "10:00"), None).await,
        scene.add("Closing", ("17:00", "18:00"), None).await,
    );
    let sam = scene.member("Sam", "ATTENDEE").await;
    let db = &scene.app.services.db;
    let user = sam.signed_in.user;
    let profile = "update users set title = 'Pilot', bio = 'Flies kites.' where id = $1";
    sqlx::query(profile).bind(user.get()).execute(db).await.unwrap();
    sqlx::query("update events set seats_taken = 1").execute(db).await.unwrap();
    for session in [opening, closing] {
        scene.speaks(session, &sam, SessionSpeakerRole::Speaker).await;
    }
    let page = async || {
        let page = scene.app.browser().get(&scene.path(&format!("/speakers/{user}"))).await.html();
        page.text(".profile-card")
    };
    let begun = "select event_title, event_bio from event_members where user_id = $1";
    let begun = sqlx::query_as::<_, (Option<String>, Option<String>)>(begun).bind(user.get());
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        begun.fetch_one(db).await.unwrap(),
        (text("Pilot"), text("Flies kites.")),
        "as the profile has it"
    );
    let own = "update event_members set event_title = 'Keynote pilot', event_bio = null where user_id = $1";
    sqlx::query(own).bind(user.get()).execute(db).await.unwrap();
    let shown = page().await;
    assert!(shown.contains("Keynote pilot") && shown.contains("Flies kites."), "{shown}");
    let sessions = scene.app.browser().get(&scene.path(&format!("/speakers/{user}"))).await.html();
    assert_eq!(sessions.texts(".row-title"), ["Opening", "Closing"], "one for the whole event");
    let hidden = "update users set show_company = false, show_bio = false where id = $1";
    sqlx::query(hidden).bind(user.get()).execute(db).await.unwrap();
    let shown = page().await;
    assert!(
        shown.contains("Keynote pilot"),
        "what they say for the event is for everybody who sees it: {shown}"
    );
    assert!(!shown.contains("kites"), "the profile is under their own privacy: {shown}");
}
