//! Seats that become free go to those who wait longest, and never to more people than there are seats.

use domain::notifications::News;
use domain::realtime::{ServerFrame, Topic};
use domain::{AppError, Conflict};
use futures_util::future::join_all;
use http::StatusCode;
use services::{attendees, events};
use time::Duration;

use crate::support::{EventForm, Member, TestApp};

async fn with_seats(app: &TestApp, owner: &Member, seats: u32) -> String {
    let organization = app.organization(owner, "Atria Test").await;
    let mut form = EventForm::default();
    form.0.max_attendees = seats.to_string();
    let event = app.draft(owner, &organization, form).await;
    owner.browser.submit("/api/events/publish", &[("event", &event)]).await;
    event
}

async fn status_of(app: &TestApp, event: &str, person: &Member) -> String {
    let members = app.event_members(event).await;
    members.into_iter().find(|(email, ..)| *email == person.email).map(|(.., status)| status).unwrap()
}

#[tokio::test]
async fn a_free_seat_goes_to_who_waits_longest_with_a_mail() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = with_seats(&app, &olivia, 1).await;
    let (ada, ben, cleo) = (app.person("Ada").await, app.person("Ben").await, app.person("Cleo").await);
    for person in [&ada, &ben, &cleo] {
        app.register(person, &event).await;
        app.wait(Duration::seconds(1));
    }
    let fields = [("event", event.as_str()), ("confirmed", "yes")];
    let unsure = ada.browser.status("/api/attendees/leave", &fields[..1]).await;
    assert_eq!(unsure, StatusCode::UNPROCESSABLE_ENTITY, "only with a confirmation");
    assert_eq!(status_of(&app, &event, &ada).await, "ACTIVE");

    let [mut at_ben, mut at_cleo] = [
        ben.browser.listening(Topic::User(ben.signed_in.user)).await,
        cleo.browser.listening(Topic::User(cleo.signed_in.user)).await,
    ];
    assert_eq!(ada.browser.status("/api/attendees/leave", &fields).await, StatusCode::OK);
    let ServerFrame::Notification { item, said, .. } = at_ben.next().await else { panic!("told at once") };
    let words = "A seat is free: you take part in Rust Day";
    assert_eq!((item.news, said.as_deref()), (News::Promoted, Some(words)), "over whatever page is open");
    at_cleo.is_quiet().await;
    assert_eq!(status_of(&app, &event, &ada).await, "LEFT");
    assert_eq!(status_of(&app, &event, &ben).await, "ACTIVE");
    assert_eq!(status_of(&app, &event, &cleo).await, "WAITLISTED");
    app.inbox.about(&ben.email, "A seat is yours: Rust Day").await;
    assert_eq!(ada.browser.status("/api/attendees/leave", &fields).await, StatusCode::OK, "again is quiet");
    app.register(&ada, &event).await;
    assert_eq!(status_of(&app, &event, &ada).await, "WAITLISTED", "back at the end");

    assert_eq!(cleo.browser.status("/api/attendees/leave", &fields).await, StatusCode::OK);
    assert_eq!(status_of(&app, &event, &cleo).await, "LEFT", "who waits may give the place up");
    sqlx::query("update events set status = 'CANCELLED'").execute(&app.services.db).await.unwrap();
    assert_eq!(ben.browser.status("/api/attendees/leave", &fields).await, StatusCode::OK);
    assert_eq!(status_of(&app, &event, &ada).await, "WAITLISTED", "nobody moves up in a cancelled event");

    let last = olivia.browser.call("/api/attendees/leave", &fields).await;
    assert_eq!((last.status, last.error()), (StatusCode::CONFLICT, Conflict::LastEventAdmin.into()));
    let unknown = [("event", "nowhere"), ("confirmed", "yes")];
    assert_eq!(ada.browser.call("/api/attendees/leave", &unknown).await.error(), AppError::NotFound);
}

#[tokio::test]
async fn registration_is_open_inside_its_window_only() {
    let app = TestApp::start().await;
    let (olivia, ada, ben) = (app.person("Olivia").await, app.person("Ada").await, app.person("Ben").await);
    let event = app.published(&olivia).await;
    let now = app.services.clock.now();
    sqlx::query("update events set registration_opens_at = $1, registration_closes_at = $2")
        .bind(now + Duration::hours(1))
        .bind(now + Duration::hours(2))
        .execute(&app.services.db)
        .await
        .unwrap();
    let fields = [("event", event.as_str())];
    let register = async |person: &Member| person.browser.status("/api/events/register", &fields).await;
    assert_eq!(register(&ada).await, StatusCode::CONFLICT, "not open yet");
    app.wait(Duration::hours(1));
    assert_eq!(register(&ada).await, StatusCode::OK, "from the first second on");
    app.wait(Duration::hours(1));
    assert_eq!(register(&ben).await, StatusCode::CONFLICT, "closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_registrations_and_leaves_at_once_fill_the_seats_and_never_more() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = with_seats(&app, &olivia, 10).await;
    let names: Vec<String> = (0..50).map(|number| format!("Person{number}")).collect();
    let mut people = Vec::new();
    for name in &names {
        people.push(app.person(name).await);
    }
    let (early, late) = people.split_at(10);
    for person in early {
        app.register(person, &event).await;
    }
    let leaves =
        early[..5].iter().map(|person| attendees::leave(&app.services, &person.signed_in, &event, true));
    let registrations = late.iter().map(|person| events::register(&app.services, &person.signed_in, &event));
    let (left, registered) = tokio::join!(join_all(leaves), join_all(registrations));
    assert!(left.iter().all(Result::is_ok) && registered.iter().all(Result::is_ok));

    let (seats, active): (i32, i64) = sqlx::query_as(
        "select e.seats_taken, (select count(*) from event_members m where m.event_id = e.id
                                   and m.role = 'ATTENDEE' and m.status = 'ACTIVE') from events e",
    )
    .fetch_one(&app.services.db)
    .await
    .unwrap();
    assert_eq!((seats, active), (10, 10), "each seat taken once, none left empty while people wait");
    let waiting: i64 = sqlx::query_scalar("select count(*) from event_members where status = 'WAITLISTED'")
        .fetch_one(&app.services.db)
        .await
        .unwrap();
    assert_eq!(waiting, 35);
}
