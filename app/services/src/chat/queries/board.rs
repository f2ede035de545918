use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// A room as those see it who run it.
pub struct BoardRow {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub description: Option<String>,
    pub is_enabled: bool,
    pub slow_mode_seconds: i32,
    pub version: i32,
    pub session_id: Option<Uuid>,
    pub deleted_at: Option<OffsetDateTime>,
    pub posts: i64,
    pub last_post_at: Option<OffsetDateTime>,
    pub speaks_here: bool,
}

/// All rooms of an event and its sessions, in list order, those that can still be brought back included.
pub async fn board(db: impl PgExecutor<'_>, event: Uuid, user: Uuid) -> sqlx::Result<Vec<BoardRow>> {
    sqlx::query_as!(
        BoardRow,
        r#"select r.id, r.kind, r.name, r.description, r.is_enabled, r.slow_mode_seconds, r.version, r.session_id,
                  r.deleted_at, r.last_seq as posts,
                  (select c.created_at from chat_messages c where c.room_id = r.id order by c.seq desc limit 1)
                      as last_post_at,
                  exists (select 1 from session_speakers sp where sp.session_id = r.session_id and sp.user_id = $2)
                      as "speaks_here!"
             from chat_rooms r
             left join agenda_sessions s on s.event_id = r.event_id and s.id = r.session_id
            where r.event_id = $1 and s.deleted_at is null
            order by s.starts_at nulls first, r.session_id nulls first, r.position, r.id
            limit 2200"#,
        event,
        user
    )
    .fetch_all(db)
    .await
}

/// A room of the event itself, as changes of it ask for it.
pub struct RoomValuesRow {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub description: Option<String>,
    pub is_enabled: bool,
    pub slow_mode_seconds: i32,
    pub version: i32,
    pub deleted_at: Option<OffsetDateTime>,
    pub editor: Option<String>,
}

/// The event's own rooms in their order, deleted ones included.
pub async fn stored_rooms(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<RoomValuesRow>> {
    sqlx::query_as!(
        RoomValuesRow,
        r#"select r.id, r.kind, r.name, r.description, r.is_enabled, r.slow_mode_seconds, r.version, r.deleted_at,
                  trim(u.first_name || ' ' || u.last_name) as "editor?"
             from chat_rooms r left join users u on u.id = r.updated_by
            where r.event_id = $1 and r.session_id is null
            order by r.position, r.id
            limit 500"#,
        event
    )
    .fetch_all(db)
    .await
}

pub struct NewRoomRow<'a> {
    pub id: Uuid,
    pub event: Uuid,
    pub kind: &'a str,
    pub name: &'a str,
    pub description: Option<&'a str>,
    pub form_key: Uuid,
    pub by: Uuid,
    pub now: OffsetDateTime,
}

/// Behind the others of its kind.
pub async fn insert_event_room(tx: &mut PgConnection, room: &NewRoomRow<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into chat_rooms (id, event_id, kind, name, description, position, form_key, updated_by, created_at)
         select $1, $2, $3, $4, $5, coalesce(max(r.position), -1) + 1, $6, $7, $8
           from chat_rooms r where r.event_id = $2 and r.kind = $3",
        room.id,
        room.event,
        room.kind,
        room.name,
        room.description,
        room.form_key,
        room.by,
        room.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn room_of_form(tx: &mut PgConnection, event: Uuid, form_key: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select id from chat_rooms where event_id = $1 and form_key = $2", event, form_key)
        .fetch_optional(tx)
        .await
}

pub async fn update_room(
    tx: &mut PgConnection,
    (event, room): (Uuid, Uuid),
    by: Uuid,
    name: &str,
    description: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update chat_rooms set name = $3, description = $4, version = version + 1, updated_by = $5
          where event_id = $1 and id = $2 and session_id is null",
        event,
        room,
        name,
        description,
        by
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Numbers rooms in this order; there are at most 50 of them.
pub async fn reorder(tx: &mut PgConnection, event: Uuid, rooms: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "update chat_rooms r set position = n.place::int
           from unnest($2::uuid[]) with ordinality as n (id, place)
          where r.event_id = $1 and r.id = n.id",
        event,
        rooms
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Whoever opens or closes one room decides about it alone: "all" leaves it out from then on.
pub async fn set_enabled(tx: &mut PgConnection, event: Uuid, room: Uuid, enabled: bool) -> sqlx::Result<()> {
    sqlx::query!(
        "update chat_rooms set is_enabled = $3, closed_with_all = false where event_id = $1 and id = $2",
        event,
        room,
        enabled
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_slow_mode(tx: &mut PgConnection, event: Uuid, room: Uuid, seconds: i32) -> sqlx::Result<()> {
    sqlx::query!(
        "update chat_rooms set slow_mode_seconds = $3 where event_id = $1 and id = $2",
        event,
        room,
        seconds
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct SwitchedRow {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub description: Option<String>,
    pub slow_mode_seconds: i32,
}

/// Closes the rooms that are for everybody and answers those that were open. What it closed, and what the clock had
/// closed before, stays so until all is opened again.
pub async fn close_all_public(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<Vec<SwitchedRow>> {
    sqlx::query_as!(
        SwitchedRow,
        r#"with before as (
              select id, is_enabled from chat_rooms
               where event_id = $1 and kind in ('GLOBAL', 'PUBLIC') and (is_enabled or clock_open is false)
                 and deleted_at is null
               order by id for update),
           closed as (
              update chat_rooms r
                 set is_enabled = false, closed_with_all = true, open_before_all = before.is_enabled
                from before where r.id = before.id
              returning r.id, r.kind, r.name, r.description, r.slow_mode_seconds, before.is_enabled as was_open)
           select id, kind, name, description, slow_mode_seconds from closed where was_open order by id"#,
        event
    )
    .fetch_all(tx)
    .await
}

/// Opens those again that were open, and those that the clock would have opened meanwhile; answers which are open now.
pub async fn open_those_closed_with_all(
    tx: &mut PgConnection,
    event: Uuid,
) -> sqlx::Result<Vec<SwitchedRow>> {
    sqlx::query_as!(
        SwitchedRow,
        r#"with before as (
              select id from chat_rooms
               where event_id = $1 and closed_with_all and not is_enabled
               order by id for update),
           opened as (
              update chat_rooms r
                 set is_enabled = coalesce(r.clock_open, true) or r.open_before_all, closed_with_all = false
                from before where r.id = before.id
              returning r.id, r.kind, r.name, r.description, r.slow_mode_seconds, r.is_enabled)
           select id, kind, name, description, slow_mode_seconds from opened where is_enabled order by id"#,
        event
    )
    .fetch_all(tx)
    .await
}

pub async fn set_room_deleted(
    tx: &mut PgConnection,
    event: Uuid,
    room: Uuid,
    deleted_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update chat_rooms set deleted_at = $3 where event_id = $1 and id = $2 and session_id is null",
        event,
        room,
        deleted_at
    )
    .execute(tx)
    .await
    .map(drop)
}

/// With all that was said in them.
pub async fn delete_old_rooms(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from chat_rooms where deleted_at <= $1", before).execute(db).await.map(drop)
}
