//! The demo, loaded as `atria serve --demo` loads it before the first request.

use atria::seed;
use sqlx::PgPool;

use crate::support::{Client, TestApp, database};

/// As people are held to; the clock of the test stands, so that all is said in one moment.
const RATES: [(&str, &str); 2] = [("ATRIA_MESSAGES_IN_5_SECONDS", "5"), ("ATRIA_MESSAGES_IN_A_MINUTE", "30")];

const TIDEWATER: &str = "/events/tidewater-conf";
const PASSWORD: &str = "atria-demo-lantern-42";
const REPAIR: &str = "Repair a program you did not write";
const REPAIR_BACKSTAGE: &str = "Repair a program you did not write · backstage";

async fn counted(db: &PgPool, by_name: &'static str) -> Vec<(String, i64)> {
    sqlx::query_as(by_name).fetch_all(db).await.expect("names and numbers")
}

fn each<const N: usize>(expected: [(&str, i64); N]) -> Vec<(String, i64)> {
    expected.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}

async fn rooms_of(who: &Client) -> Vec<(String, String)> {
    let page = who.get(&format!("{TIDEWATER}/rooms")).await.html();
    let links = page.attributes(".room-list .room-link", "href");
    page.texts(".room-list .room-link .room-name").into_iter().zip(links).collect()
}

/// One test: sixty people sign up for it.
#[tokio::test]
async fn the_demo_fills_an_empty_database_with_a_lively_conference() {
    let app = TestApp::start_with(database::fresh_urls().await, &RATES).await;
    seed::demo(&app.services).await.expect("the use cases allow all of it");
    there_is_something_of_everything(&app.services.db).await;
    rooms_of_sessions_have_talk(&app.services.db).await;
    people_see_the_talk_of_their_rooms(&app).await;
}

async fn there_is_something_of_everything(db: &PgPool) {
    let agenda = "select count(*), count(distinct (starts_at at time zone 'Europe/Lisbon')::date),
                         count(distinct venue_room_id) from agenda_sessions";
    let agenda: (i64, i64, i64) = sqlx::query_as(agenda).fetch_one(db).await.unwrap();
    assert_eq!(agenda, (24, 3, 4), "sessions, days, rooms");
    let sponsors = "select t.name, count(s.id) from sponsor_tiers t
                      join events e on e.id = t.event_id and e.slug = 'tidewater-conf'
                      left join sponsors s on s.tier_id = t.id group by t.id order by t.order_key";
    let expected = each([("Platinum", 1), ("Gold", 2), ("Silver", 2), ("Bronze", 2), ("Community", 2)]);
    assert_eq!(counted(db, sponsors).await, expected);
    let connections = "select status, count(*) from connections group by status order by status";
    let expected = each([("ACCEPTED", 5), ("PENDING", 6), ("REJECTED", 1), ("REMOVED", 2)]);
    assert_eq!(counted(db, connections).await, expected);
    let conversations = "select case when event_id is null then 'of two' else 'of an event' end, count(*)
                           from conversations where last_seq > 0 group by 1 order by 1";
    assert_eq!(counted(db, conversations).await, each([("of an event", 3), ("of two", 6)]));
    let reports = "select status, count(*) from reports group by status";
    assert_eq!(counted(db, reports).await, each([("OPEN", 1)]));
}

async fn rooms_of_sessions_have_talk(db: &PgPool) {
    let with_talk = "select r.kind, count(distinct r.id) from chat_rooms r
                       join events e on e.id = r.event_id and e.slug = 'tidewater-conf'
                       join chat_messages c on c.room_id = r.id group by r.kind order by r.kind";
    let expected = each([("ADMIN", 1), ("BACKSTAGE", 1), ("GLOBAL", 1), ("GREEN_ROOM", 1), ("PUBLIC", 3)]);
    assert_eq!(counted(db, with_talk).await, expected);
    let lively = "select r.name, count(c.reply_to)
                    from chat_rooms r join chat_messages c on c.room_id = r.id
                   where exists (select 1 from chat_reactions x where x.room_id = r.id)
                     and exists (select 1 from chat_mentions m where m.room_id = r.id)
                   group by r.id order by r.name";
    let expected = each([("Green room", 3), (REPAIR_BACKSTAGE, 1), ("Small programs, long lives", 3)]);
    assert_eq!(counted(db, lively).await, expected, "answers, where people react and name each other");
}

async fn people_see_the_talk_of_their_rooms(app: &TestApp) {
    let (ada, ines) = (app.browser(), app.browser());
    ada.sign_in("ada@example.org", PASSWORD).await;
    ines.sign_in("ines@example.org", PASSWORD).await;
    let (rooms, rooms_of_ines) = (rooms_of(&ada).await, rooms_of(&ines).await);
    let workshop = rooms.iter().find(|(name, _)| name == REPAIR).expect("a room of the session");
    let page = ada.get(&workshop.1).await.html();
    assert_eq!(page.texts(".message-quote").len(), 3);
    assert!(!rooms.iter().any(|(name, _)| name == REPAIR_BACKSTAGE), "the backstage is not Ada's");
    let backstage = rooms_of_ines.iter().find(|(name, _)| name == REPAIR_BACKSTAGE);
    let backstage = backstage.expect("Ines speaks there");
    let page = ines.get(&backstage.1).await.html();
    assert_eq!(page.texts(".message-mention"), ["@Jonas Weber"]);
}

#[tokio::test]
async fn a_database_with_accounts_is_left_as_it_is() {
    let app = TestApp::start().await;
    app.person("Olivia").await;
    seed::demo(&app.services).await.expect("it says so, and does nothing");
    let left = "select 'accounts', count(*) from users union all select 'events', count(*) from events
                union all select 'organizations', count(*) from organizations";
    let expected = each([("accounts", 1), ("events", 0), ("organizations", 0)]);
    assert_eq!(counted(&app.services.db, left).await, expected);
}
