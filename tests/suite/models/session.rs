use domain::attending::{SignUpFacts, takes_sign_ups};
use domain::{AppError, Conflict};
use futures_util::StreamExt as _;
use services::attending;

use crate::support::AttendingScene;
use crate::support::attending::START;

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
