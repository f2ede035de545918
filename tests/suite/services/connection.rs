use domain::connections::{ContactList, MAX_OPEN_REQUESTS};
use domain::ids::{ConnectionId, UserId};
use domain::{AppError, Conflict, FieldErrors};
use services::connections;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::support::{ConnectionScene, Member, refusal};

/// Status, requester, icebreaker, when it was sent and answered.
type Row = (String, Uuid, String, OffsetDateTime, Option<OffsetDateTime>);

async fn row(scene: &ConnectionScene, connection: ConnectionId) -> Row {
    let row =
        "select status, requester_id, icebreaker, requested_at, responded_at from connections where id = $1";
    sqlx::query_as(row).bind(connection.get()).fetch_one(&scene.app.services.db).await.unwrap()
}

/// People who attend, made at once: a test that counts to a hundred has no time for passwords.
async fn crowd(scene: &ConnectionScene, size: i32) -> Vec<UserId> {
    let people = "with people as (
            insert into users (id, email, first_name, last_name, state, password_hash, email_verified_at, created_at,
                               updated_at)
            select gen_random_uuid(), 'number' || n || '@example.org', 'Number', n::text, 'ACTIVE', 'none', now(), now(),
                   now()
              from generate_series(1, $2) n returning id)
        insert into event_members (event_id, user_id, role, status, source, joined_at)
        select e.id, p.id, 'ATTENDEE', 'ACTIVE', 'ADDED', now() from people p, events e where e.slug = $1
        returning user_id";
    let people = sqlx::query_scalar::<_, Uuid>(people).bind(&scene.event).bind(size);
    people.fetch_all(&scene.app.services.db).await.unwrap().into_iter().map(UserId::new).collect()
}

#[tokio::test]
async fn send_request() {
    let scene = ConnectionScene::set().await;
    let (services, ada, now) = (&scene.app.services, &scene.ada, scene.app.services.clock.now());
    let ask =
        async |to, words: &str| connections::request(services, &ada.signed_in, &scene.event, to, words).await;
    let ben = Some(scene.ben.signed_in.user);
    assert_eq!(refusal(ask(ben, " ").await), FieldErrors::one("icebreaker", "Fill in this field.").into());
    assert_eq!(refusal(ask(None, "Hi").await), AppError::NotFound, "what is no id");
    let id = ask(ben, " Coffee? ").await.unwrap();
    let sent = ("PENDING".to_owned(), ada.signed_in.user.get(), "Coffee?".to_owned(), now, None);
    assert_eq!(row(&scene, id).await, sent);
    assert_eq!(refusal(ask(ben, "Tea?").await), Conflict::RequestedAlready.into());

    let crowd = crowd(&scene, 102).await;
    let mut asked = 1;
    for person in &crowd {
        match ask(Some(*person), "Hi").await {
            Ok(_) => asked += 1,
            Err(error) if error.is_too_many() => {
                assert_eq!(asked % 30, 0, "30 a day");
                scene.app.wait(Duration::DAY);
                ask(Some(*person), "Hi").await.unwrap();
                asked += 1;
            }
            other => {
                assert_eq!(refusal(other), Conflict::TooManyOpenRequests { max: MAX_OPEN_REQUESTS }.into());
                break;
            }
        }
    }
    assert_eq!(asked, 100, "as many are open at once");
    scene.app.wait(Duration::DAY);
    connections::decline(services, &scene.ben.signed_in, id).await.unwrap();
    let full = refusal(ask(crowd.last().copied(), "Hi").await);
    assert_eq!(
        full,
        Conflict::TooManyOpenRequests { max: 100 }.into(),
        "a decline doesn't show in the count"
    );
    connections::withdraw(services, &ada.signed_in, id).await.unwrap();
    assert!(ask(crowd.last().copied(), "Hi").await.is_ok());
}

#[tokio::test]
async fn accept_request() {
    let scene = ConnectionScene::set().await;
    let (services, ada, ben) = (&scene.app.services, &scene.ada, &scene.ben);
    let id = scene.requested(ada, ben).await;
    scene.app.wait(Duration::HOUR);
    let accept = async |who: &Member| connections::accept(services, &who.signed_in, id).await;
    assert_eq!(refusal(accept(ada).await), Conflict::RequestNotOpen.into(), "whoever was asked answers");
    assert_eq!(refusal(accept(&scene.sam).await), AppError::NotFound);
    let (one, two) = tokio::join!(accept(ben), accept(ben));
    assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|done| **done).count(), 1, "once: {one:?} {two:?}");
    let (status, _, _, _, answered) = row(&scene, id).await;
    assert_eq!((status.as_str(), answered), ("ACCEPTED", Some(services.clock.now())));
    assert_eq!(
        scene.count("select count(*) from direct_messages").await,
        1,
        "with one conversation and its first message"
    );
    let late = scene.requested(ada, &scene.sam).await;
    scene.app.wait(Duration::days(30));
    let late = refusal(connections::accept(services, &scene.sam.signed_in, late).await);
    assert_eq!(late, Conflict::RequestNotOpen.into(), "it is over after 30 days, whether a job ran or not");
}

#[tokio::test]
async fn reject_request() {
    let scene = ConnectionScene::set().await;
    let (services, ada, ben) = (&scene.app.services, &scene.ada, &scene.ben);
    let id = scene.requested(ada, ben).await;
    let decline = async |who: &Member| connections::decline(services, &who.signed_in, id).await;
    assert_eq!(refusal(decline(ada).await), Conflict::RequestNotOpen.into());
    assert_eq!(refusal(decline(&scene.omar).await), AppError::NotFound);
    let sent = scene.page(ada, ContactList::Sent, None, "").await.unwrap();
    decline(ben).await.unwrap();
    assert_eq!(row(&scene, id).await.0, "REJECTED");
    assert_eq!(scene.page(ada, ContactList::Sent, None, "").await.unwrap(), sent, "no count gives it away");
    assert_eq!(refusal(decline(ben).await), Conflict::RequestNotOpen.into(), "once");
    assert_eq!(
        refusal(connections::accept(services, &ben.signed_in, id).await),
        Conflict::RequestNotOpen.into()
    );
    assert_eq!(scene.count("select count(*) from conversations").await, 0, "nothing opens");
}

#[tokio::test]
async fn list_connections() {
    let scene = ConnectionScene::set().await;
    let (services, ada) = (&scene.app.services, &scene.ada);
    scene.connected(&scene.ben, ada).await;
    scene.connected(ada, &scene.sam).await;
    scene.requested(ada, &scene.omar).await;
    scene.requested(&scene.olivia, ada).await;
    let page = scene.page(ada, ContactList::Connected, None, "").await.unwrap();
    let names: Vec<&str> = page.people.items.iter().map(|contact| &*contact.profile.full_name).collect();
    assert_eq!(names, ["Ben Test", "Sam Test"]);
    assert_eq!(
        (page.counts.connected, page.counts.sent, page.counts.received, page.counts.declined),
        (2, 1, 1, 0)
    );
    assert_eq!(page.events, [(scene.event.clone(), "Rust Day".to_owned())]);
    let met = &page.people.items[0].met;
    assert_eq!((&*met.title, met.slug.as_deref()), ("Rust Day", Some(&*scene.event)));
    let others = scene.page(&scene.ben, ContactList::Connected, None, "").await.unwrap();
    assert_eq!(others.people.items[0].profile.full_name, "Ada Test", "each side has the other");
    assert!(scene.list(&scene.otto, ContactList::Connected).await.is_empty());
    let closed = "update users set state = 'DEACTIVATED', deactivated_at = now() where id = $1";
    sqlx::query(closed).bind(scene.ben.signed_in.user.get()).execute(&services.db).await.unwrap();
    assert_eq!(scene.list(ada, ContactList::Connected).await.len(), 1, "a closed account stands in no list");
}
