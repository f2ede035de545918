use domain::agenda::{SessionSpeakerRole, Warning};
use domain::chat::RoomKind;
use sqlx::AssertSqlSafe;

use crate::support::AgendaScene;
use domain::attending::{SignUpFacts, takes_sign_ups};
use domain::{AppError, Conflict};
use futures_util::StreamExt as _;
use services::attending;

use crate::support::AttendingScene;
use crate::support::attending::START;

#[tokio::test]
async fn speaker_assignment() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (sam, tess) = (scene.member("Sam", "SPEAKER").await, scene.member("Tess", "SPEAKER").await);
    let otto = scene.app.person("Otto").await;
    scene.speaks(session, &sam, SessionSpeakerRole::Keynote).await;
    scene.speaks(session, &tess, SessionSpeakerRole::Panelist).await;
    let speakers = scene.agenda().await.session(session).unwrap().speakers.clone();
    assert_eq!(
        speakers.iter().map(|speaker| (speaker.user, speaker.role)).collect::<Vec<_>>(),
        [
            (sam.signed_in.user, SessionSpeakerRole::Keynote),
            (tess.signed_in.user, SessionSpeakerRole::Panelist)
        ],
        "several, in the order they were added"
    );
    let twice = "insert into session_speakers (event_id, session_id, user_id, role, order_key, created_at)
                 select event_id, session_id, user_id, 'HOST', 'X', now() from session_speakers";
    assert!(sqlx::query(twice).execute(&scene.app.services.db).await.is_err(), "each once");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn session_capacity() {
    let scene = AttendingScene::set().await;
    scene.seats(Some(50), false).await;
    let db = &scene.app.services.db;
    let people: Vec<uuid::Uuid> = sqlx::query_scalar(
        "with made as (
             insert into users (id, email, first_name, password_hash, state, email_verified_at, created_at, updated_at)
             select gen_random_uuid(), 'person' || n || '@example.org', 'Person', 'x', 'ACTIVE', now(), now(), now()
               from generate_series(1, 500) n
          returning id)
         insert into event_members (event_id, user_id, role, status, source, joined_at)
         select e.id, made.id, 'ATTENDEE', 'ACTIVE', 'ADDED', now() from made, events e where e.slug = $1
         returning user_id",
    )
    .bind(&scene.event)
    .fetch_all(db)
    .await
    .unwrap();
    let tries = people.into_iter().map(|user| {
        let person =
            domain::SignedIn { user: domain::ids::UserId::new(user), ..scene.olivia.signed_in.clone() };
        let scene = &scene;
        async move {
            loop {
                match attending::sign_up(&scene.app.services, &person, &scene.event, scene.session).await {
                    Ok(()) => return true,
                    Err(services::ServiceError::Refused(AppError::Conflict(Conflict::SessionFull))) => {
                        return false;
                    }
                    // Too many at once for the pool: nothing was done, and a retry is safe.
                    Err(error) => assert!(error.is_busy(), "{error}"),
                }
            }
        }
    });
    let taken: Vec<bool> = futures_util::stream::iter(tries).buffer_unordered(500).collect().await;
    assert_eq!(taken.len(), 500);
    assert_eq!(taken.iter().filter(|took| **took).count(), 50, "exactly as many as there are seats");
    let rows: i64 = sqlx::query_scalar("select count(*) from session_sign_ups where status = 'SIGNED_UP'")
        .fetch_one(db)
        .await
        .unwrap();
    assert_eq!((rows, scene.count().await), (50, 50));
    let forged = sqlx::query("update agenda_sessions set capacity = 49").execute(db).await.unwrap_err();
    assert_eq!(
        forged.as_database_error().and_then(|error| error.constraint()),
        Some("agenda_sessions_sign_ups_within_capacity"),
        "not below those who signed up"
    );
    let free =
        SignUpFacts { sign_up_required: false, has_capacity: false, ends_at: Some(START), is_closed: false };
    assert_eq!(takes_sign_ups(&free, scene.app.services.clock.now()), Err(Conflict::NoSignUpNeeded));
}
