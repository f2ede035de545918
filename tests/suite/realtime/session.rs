//! What an event's members hear of its sessions.

use domain::accounts::PersonCard;
use domain::agenda::{SessionSpeakerRole, SessionStatus};
use domain::chat::RoomKind;
use domain::ids::AgendaSessionId;
use domain::realtime::{RefusalCode, ServerFrame, Topic};
use http::StatusCode;
use services::agenda;
use time::macros::datetime;

use crate::support::AgendaScene;

const START: time::OffsetDateTime = datetime!(2026-09-24 07:00 UTC);
const END: time::OffsetDateTime = datetime!(2026-09-24 08:00 UTC);

/// By hand; a browser's login session would be over by September.
async fn set(scene: &AgendaScene, session: AgendaSessionId, status: SessionStatus) {
    let (services, person) = (&scene.app.services, &scene.olivia.signed_in);
    agenda::set_status(services, person, &scene.event, session, status).await.expect("an allowed change");
}

#[tokio::test]
async fn session_start() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let topic = Topic::Event(scene.app.event_id(&scene.event).await);
    let (ada, otto) = (scene.member("Ada", "ATTENDEE").await, scene.app.person("Otto").await);
    let refused = otto.browser.socket().await.subscribe(topic, None).await;
    assert_eq!(refused, ServerFrame::Refused { topic, code: RefusalCode::NotFound }, "members only");
    let mut at_ada = ada.browser.listening(topic).await;
    let started = ServerFrame::SessionStarted {
        topic,
        session,
        status: SessionStatus::Live,
        starts_at: Some(START.into()),
        ends_at: Some(END.into()),
    };
    set(&scene, session, SessionStatus::Live).await;
    assert_eq!(at_ada.next().await, started, "by hand");
    set(&scene, session, SessionStatus::Live).await;
    set(&scene, session, SessionStatus::Scheduled).await;
    let ServerFrame::SessionChanged { status, .. } = at_ada.next().await else { panic!("once per start") };
    assert_eq!(status, SessionStatus::Scheduled);
    scene.app.wait(START - scene.app.services.clock.now());
    // Two nodes look at once: one of them moves it.
    let services = &scene.app.services;
    let (one, two) = tokio::join!(agenda::tick(services), agenda::tick(services));
    one.and(two).unwrap();
    assert_eq!(at_ada.next().await, started, "by the clock");
    set(&scene, session, SessionStatus::Cancelled).await;
    let ServerFrame::SessionChanged { status, .. } = at_ada.next().await else { panic!("started once") };
    assert_eq!(status, SessionStatus::Cancelled);
}

#[tokio::test]
async fn session_end() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let topic = Topic::Event(scene.app.event_id(&scene.event).await);
    let ada = scene.member("Ada", "ATTENDEE").await;
    let mut at_ada = ada.browser.listening(topic).await;
    let ended = ServerFrame::SessionEnded {
        topic,
        session,
        status: SessionStatus::Completed,
        starts_at: Some(START.into()),
        ends_at: Some(END.into()),
    };
    for status in [SessionStatus::Live, SessionStatus::Completed] {
        set(&scene, session, status).await;
    }
    assert!(matches!(at_ada.next().await, ServerFrame::SessionStarted { .. }));
    assert_eq!(at_ada.next().await, ended, "by hand");
    set(&scene, session, SessionStatus::Live).await;
    assert!(matches!(at_ada.next().await, ServerFrame::SessionChanged { .. }));
    scene.app.wait(END - scene.app.services.clock.now());
    agenda::tick(&scene.app.services).await.unwrap();
    agenda::tick(&scene.app.services).await.unwrap();
    assert_eq!(at_ada.next().await, ended, "by the clock");
    scene.app.wait(time::Duration::hours(1));
    agenda::tick(&scene.app.services).await.unwrap();
    let leave = "update event_members set status = 'REMOVED' where user_id = $1";
    let leave = sqlx::query(leave).bind(ada.signed_in.user.get());
    leave.execute(&scene.app.services.db).await.unwrap();
    scene.app.services.bus.recheck(ada.signed_in.user);
    let kicked = ServerFrame::Kicked { topic, code: RefusalCode::NoAccess };
    assert_eq!(at_ada.next().await, kicked, "once each, and nothing after leaving");
}

#[tokio::test]
async fn speaker_join() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let topic = Topic::Event(scene.app.event_id(&scene.event).await);
    let (sam, tess) = (scene.member("Sam", "SPEAKER").await, scene.member("Tess", "SPEAKER").await);
    let ada = scene.member("Ada", "ATTENDEE").await;
    scene.speaks(session, &sam, SessionSpeakerRole::Speaker).await;
    let backstage = scene.app.session_room(session, RoomKind::Backstage).await;
    let mut at_ada = ada.browser.listening(topic).await;
    let (page, behind) =
        (scene.path(&format!("/sessions/{session}")), scene.path(&format!("/rooms/{backstage}")));

    for other in [&tess, &ada, &scene.olivia] {
        assert_eq!(other.browser.get(&page).await.status, StatusCode::OK);
    }
    assert_eq!(scene.olivia.browser.get(&behind).await.status, StatusCode::OK);
    at_ada.is_quiet().await;
    let speaker = PersonCard { id: sam.signed_in.user, full_name: "Sam Test".to_owned() };
    let joined = ServerFrame::SpeakerJoined { topic, session, speaker };
    sam.browser.get(&page).await;
    assert_eq!(at_ada.next().await, joined, "a speaker of that session opened its page");
    sam.browser.get(&page).await;
    sam.browser.get(&behind).await;
    sam.browser.listening(Topic::Room(backstage)).await;
    at_ada.is_quiet().await;
    scene.app.wait(time::Duration::minutes(30));
    sam.browser.get(&behind).await;
    assert_eq!(at_ada.next().await, joined, "the backstage counts too, and who was away arrives again");
    at_ada.is_quiet().await;
}
