//! The generator's own statements, on the server's tables.
#![expect(
    clippy::disallowed_methods,
    reason = "checked macros would put this tool's statements among the services'"
)]

use sqlx::{PgConnection, query, query_as, query_scalar};
use uuid::Uuid;

/// Where the crowd meets.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub organization: Uuid,
    pub event: Uuid,
    pub room: Uuid,
}

/// Nobody can sign in with `!`: these people have the sessions of the next statement only.
pub async fn insert_people(tx: &mut PgConnection, users: &[Uuid]) -> sqlx::Result<()> {
    query(
        "insert into users (id, email, password_hash, first_name, last_name, state, email_verified_at, created_at,
                            updated_at)
         select id, 'load-' || id || '@example.org', '!', 'Load', 'Person' || lpad((place - 1)::text, 5, '0'), 'ACTIVE',
                now(), now(), now()
           from unnest($1::uuid[]) with ordinality as person (id, place)",
    )
    .bind(users)
    .execute(tx)
    .await
    .map(drop)
}

pub async fn insert_login_sessions(
    tx: &mut PgConnection,
    users: &[Uuid],
    hashes: &[Vec<u8>],
) -> sqlx::Result<()> {
    query(
        "insert into login_sessions (id, id_hash, user_id, data, user_agent, created_at, rotated_at, last_seen_at,
                                     idle_expires_at, absolute_expires_at)
         select gen_random_uuid(), id_hash, user_id, '{}', 'load', now(), now(), now(), now() + interval '7 days',
                now() + interval '30 days'
           from unnest($1::uuid[], $2::bytea[]) as login (user_id, id_hash)",
    )
    .bind(users)
    .bind(hashes)
    .execute(tx)
    .await
    .map(drop)
}

pub async fn insert_organization(
    tx: &mut PgConnection,
    place: &Place,
    owner: Uuid,
    slug: &str,
) -> sqlx::Result<()> {
    query(
        "with organization as (
             insert into organizations (id, slug, name, created_by, form_key, created_at, updated_at)
             values ($1, $2, 'Load', $3, gen_random_uuid(), now(), now()) returning id
         )
         insert into organization_members (organization_id, user_id, role, joined_at)
         select id, $3, 'OWNER', now() from organization",
    )
    .bind(place.organization)
    .bind(slug)
    .bind(owner)
    .execute(tx)
    .await
    .map(drop)
}

pub async fn insert_event(tx: &mut PgConnection, place: &Place, owner: Uuid, slug: &str) -> sqlx::Result<()> {
    query(
        "insert into events (id, organization_id, slug, title, format, visibility, status, start_date, end_date, time_zone,
                             host_name, created_by, form_key, created_at, updated_at)
         values ($1, $2, $3, 'Load', 'VIRTUAL', 'PUBLIC', 'PUBLISHED', current_date, current_date + 7, 'UTC', 'Load', $4,
                 gen_random_uuid(), now(), now())",
    )
    .bind(place.event)
    .bind(place.organization)
    .bind(slug)
    .bind(owner)
    .execute(tx)
    .await
    .map(drop)
}

pub async fn insert_members(tx: &mut PgConnection, place: &Place, users: &[Uuid]) -> sqlx::Result<()> {
    query(
        "with members as (
             insert into event_members (event_id, user_id, role, status, source, joined_at)
             select $1, user_id, 'ATTENDEE', 'ACTIVE', 'REGISTERED', now() from unnest($2::uuid[]) as person (user_id)
             returning user_id
         )
         update events set seats_taken = (select count(*) from members) where id = $1",
    )
    .bind(place.event)
    .bind(users)
    .execute(tx)
    .await
    .map(drop)
}

pub async fn insert_room(tx: &mut PgConnection, place: &Place) -> sqlx::Result<()> {
    query(
        "insert into chat_rooms (id, event_id, kind, name, position, created_at)
         values ($1, $2, 'GLOBAL', 'General', 0, now())",
    )
    .bind(place.room)
    .bind(place.event)
    .execute(tx)
    .await
    .map(drop)
}

/// More rooms of the event that this one belongs to.
pub async fn insert_rooms(database: &mut PgConnection, beside: Uuid, rooms: u32) -> sqlx::Result<Vec<Uuid>> {
    query_scalar(
        "insert into chat_rooms (id, event_id, kind, name, position, created_at)
         select gen_random_uuid(), r.event_id, 'GLOBAL', 'Room ' || gen_random_uuid(), n, now()
           from chat_rooms r, generate_series(1, $2) n where r.id = $1
         returning id",
    )
    .bind(beside)
    .bind(i64::from(rooms))
    .fetch_all(database)
    .await
}

/// For inserts that are nothing else.
pub async fn make_scratch(database: &mut PgConnection) -> sqlx::Result<()> {
    query("create table if not exists load_scratch (id uuid primary key, body text not null)")
        .execute(database)
        .await
        .map(drop)
}

pub async fn insert_scratch(database: &mut PgConnection, id: Uuid, body: &str) -> sqlx::Result<()> {
    query("insert into load_scratch (id, body) values ($1, $2)")
        .bind(id)
        .bind(body)
        .execute(database)
        .await
        .map(drop)
}

pub async fn analyze(database: &mut PgConnection) -> sqlx::Result<()> {
    query("vacuum (analyze)").execute(database).await.map(drop)
}

/// Messages in a room.
pub async fn history(database: &mut PgConnection, room: Uuid) -> sqlx::Result<i64> {
    query_scalar("select last_seq from chat_rooms where id = $1").bind(room).fetch_one(database).await
}

/// Fills a room up with messages of 200 letters by many people, a second apart, ending now.
pub async fn fill(database: &mut PgConnection, room: Uuid, until: i64, authors: &[Uuid]) -> sqlx::Result<()> {
    query(
        "with room as (
             update chat_rooms set last_seq = greatest(last_seq, $2), last_rev = greatest(last_rev, $2)
              where id = $1
             returning id, event_id
         ), before as (
             select last_seq from chat_rooms where id = $1
         )
         insert into chat_messages (id, event_id, room_id, author_id, client_message_id, seq, rev, body, created_at)
         select gen_random_uuid(), room.event_id, room.id, ($3::uuid[])[1 + n % cardinality($3::uuid[])],
                gen_random_uuid(), n, n, rpad('filling ' || n, 200, ' words'), now() - ($2 - n) * interval '1 second'
           from room, before, generate_series(before.last_seq + 1, $2) as n",
    )
    .bind(room)
    .bind(until)
    .bind(authors)
    .execute(database)
    .await
    .map(drop)
}

/// Needs `shared_preload_libraries = 'pg_stat_statements'` and a role that may make the extension.
pub async fn count_from_now(database: &mut PgConnection) -> sqlx::Result<()> {
    query("create extension if not exists pg_stat_statements").execute(&mut *database).await?;
    query("select pg_stat_statements_reset()").execute(database).await.map(drop)
}

/// One statement and everything that its runs did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub query: String,
    pub calls: i64,
    pub rows: i64,
    pub buffers: i64,
    pub wal_records: i64,
    pub wal_bytes: i64,
}

/// What was run at least so often on this database: what comes with each message, without what the server does now and
/// then.
pub async fn statements(database: &mut PgConnection, at_least: i64) -> sqlx::Result<Vec<Statement>> {
    let rows: Vec<(String, i64, i64, i64, i64, i64)> = query_as(
        "select s.query, s.calls, s.rows, s.shared_blks_hit + s.shared_blks_read as buffers, s.wal_records,
                s.wal_bytes::bigint as wal_bytes
           from pg_stat_statements s join pg_database d on d.oid = s.dbid
          where d.datname = current_database() and s.calls >= $1
          order by s.wal_bytes desc, s.query
          limit 100",
    )
    .bind(at_least)
    .fetch_all(database)
    .await?;
    let statement = |(query, calls, rows, buffers, wal_records, wal_bytes)| Statement {
        query,
        calls,
        rows,
        buffers,
        wal_records,
        wal_bytes,
    };
    Ok(rows.into_iter().map(statement).collect())
}
