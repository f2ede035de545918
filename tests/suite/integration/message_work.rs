//! What a message costs the database depends neither on who else is in the room nor on what was said there before.

use domain::chat::RoomKind;
use domain::ids::ChatRoomId;
use domain::realtime::Topic;
use http::StatusCode;
use secrecy::ExposeSecret as _;
use sqlx::{Connection as _, PgConnection};

use crate::support::{Member, TestApp};

/// Statements of one request, and the rows it wrote.
#[derive(Debug, PartialEq, Eq)]
struct Work {
    statements: u32,
    /// Table and kind of each row written, in order.
    rows: Vec<(String, String)>,
}

/// Notes every row that anybody writes. By triggers, because PostgreSQL's own counters come late.
const WATCH: &str = "
    create table written (position bigint generated always as identity, in_table text not null, what text not null);
    create function note_written() returns trigger language plpgsql security definer as $$
    begin
        insert into written (in_table, what) values (tg_table_name, tg_op);
        return null;
    end $$;
    do $$
    declare watched text;
    begin
        for watched in select tablename from pg_tables where schemaname = 'public' and tablename <> 'written' loop
            execute format('create trigger noted after insert or update or delete on %I
                            for each row execute function note_written()', watched);
        end loop;
    end $$";

/// 198 more members, who have all read everything, and 5,000 messages of theirs.
const CROWD: &str = "
    insert into users (id, email, password_hash, first_name, last_name, state, email_verified_at, created_at, updated_at)
    select gen_random_uuid(), 'crowd' || n || '@example.org', '!', 'Crowd', 'Number' || n, 'ACTIVE', now(), now(), now()
      from generate_series(1, 198) n;
    insert into event_members (event_id, user_id, role, status, source, joined_at)
    select r.event_id, u.id, 'ATTENDEE', 'ACTIVE', 'REGISTERED', now()
      from users u, chat_rooms r where u.first_name = 'Crowd' and r.kind = 'GLOBAL';
    update chat_rooms set last_seq = last_seq + 5000, last_rev = last_rev + 5000 where kind = 'GLOBAL';
    insert into chat_messages (id, event_id, room_id, author_id, client_message_id, seq, rev, body, created_at)
    select gen_random_uuid(), r.event_id, r.id, (select id from users where first_name = 'Crowd' limit 1),
           gen_random_uuid(), r.last_seq - n, r.last_rev - n, 'number ' || n, now()
      from chat_rooms r, generate_series(0, 4999) n where r.kind = 'GLOBAL';
    insert into room_reads (event_id, room_id, user_id, last_read_seq)
    select r.event_id, r.id, u.id, r.last_seq
      from users u, chat_rooms r where u.first_name = 'Crowd' and r.kind = 'GLOBAL'";

async fn members(owner: &mut PgConnection) -> i64 {
    let count = "select count(*) from event_members where status = 'ACTIVE'";
    sqlx::query_scalar(count).fetch_one(owner).await.unwrap()
}

async fn work_of_a_message(
    owner: &mut PgConnection,
    author: &Member,
    (event, room): (&str, ChatRoomId),
    body: &str,
) -> Work {
    sqlx::query("delete from written").execute(&mut *owner).await.unwrap();
    let (room, id) = (room.to_string(), uuid::Uuid::new_v4().to_string());
    let fields = [("event", event), ("room", &room), ("client_message_id", &id), ("body", body)];
    let answer = author.browser.call("/api/chat/post_message", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    // That an earlier mail went is noted beside it.
    let rows = "select in_table, what from written where (in_table, what) <> ('outbox_mails', 'UPDATE') order by position";
    let rows = sqlx::query_as(rows);
    Work { statements: answer.statements(), rows: rows.fetch_all(owner).await.unwrap() }
}

#[tokio::test]
async fn a_message_is_the_same_work_in_a_room_of_2_and_of_200_with_any_history() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    let place = (event.as_str(), general);
    let mut owner = PgConnection::connect(app.urls.owner.expose_secret()).await.unwrap();
    sqlx::raw_sql(WATCH).execute(&mut owner).await.unwrap();
    assert_eq!(members(&mut owner).await, 2);

    let of_two = work_of_a_message(&mut owner, &ada, place, "only us").await;
    let written = |table: &str, what: &str| (table.to_owned(), what.to_owned());
    assert_eq!(of_two.rows, [written("chat_rooms", "UPDATE"), written("chat_messages", "INSERT")]);
    assert_eq!(of_two.statements, STATEMENTS);

    sqlx::raw_sql(CROWD).execute(&mut owner).await.unwrap();
    assert_eq!(members(&mut owner).await, 200);
    let mut ears = Vec::new();
    for _ in 0..8 {
        ears.push(olivia.browser.listening(Topic::Room(general)).await);
    }
    assert_eq!(work_of_a_message(&mut owner, &ada, place, "so many").await, of_two);

    let named = work_of_a_message(&mut owner, &ada, place, "and @Olivia Test").await;
    assert!(named.rows.len() > of_two.rows.len(), "the triggers do see what else is written: {named:?}");
}

/// The session, the standing in the room, the message; COMMIT is not counted.
const STATEMENTS: u32 = 3;
