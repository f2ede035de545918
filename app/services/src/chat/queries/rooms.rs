use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct RoomStandingRow {
    pub room_id: Uuid,
    pub event_id: Uuid,
    pub event_slug: String,
    pub event_title: String,
    pub kind: String,
    pub name: String,
    pub description: Option<String>,
    pub is_enabled: bool,
    pub slow_mode_seconds: i32,
    pub session_id: Option<Uuid>,
    pub last_rev: i64,
    pub last_seq: i64,
    pub event_status: String,
    pub profanity_mode: String,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub muted_at: Option<OffsetDateTime>,
    pub muted_until: Option<OffsetDateTime>,
    pub mute_reason: Option<String>,
    pub organization_role: Option<String>,
    pub last_read_seq: Option<i64>,
    pub follow: Option<String>,
    pub speaks_here: bool,
    /// Whom the person blocked.
    pub blocked: Vec<Uuid>,
}

/// A room, its event and everything the policy asks about one person: the permission check and the load at once.
pub async fn room_standing(
    tx: &mut PgConnection,
    user: Uuid,
    room: Uuid,
) -> sqlx::Result<Option<RoomStandingRow>> {
    sqlx::query_as!(
        RoomStandingRow,
        r#"select r.id as room_id, r.event_id, e.slug as event_slug, e.title as event_title, r.kind, r.name,
                  r.description, r.is_enabled, r.slow_mode_seconds, r.session_id, r.last_rev, r.last_seq,
                  e.status as event_status, e.profanity_mode, m.role as "role?", m.status as "membership?",
                  m.muted_at as "muted_at?", m.muted_until as "muted_until?", m.mute_reason as "mute_reason?",
                  o.role as "organization_role?",
                  p.last_read_seq as "last_read_seq?", p.follow as "follow?",
                  exists (select 1 from session_speakers sp
                           where sp.session_id = r.session_id and sp.user_id = $1) as "speaks_here!",
                  array(select b.blocked_id from user_blocks b where b.blocker_id = $1) as "blocked!"
             from chat_rooms r
             left join agenda_sessions s on s.event_id = r.event_id and s.id = r.session_id
             join events e on e.id = r.event_id and e.status <> 'DELETED'
             join organizations org on org.id = e.organization_id and org.deleted_at is null
             left join event_members m on m.event_id = r.event_id and m.user_id = $1
             left join organization_members o on o.organization_id = e.organization_id and o.user_id = $1
             left join room_reads p on p.room_id = r.id and p.user_id = $1
            where r.id = $2 and r.deleted_at is null and s.deleted_at is null"#,
        user,
        room
    )
    .fetch_optional(tx)
    .await
}

pub async fn insert_room(
    tx: &mut PgConnection,
    id: Uuid,
    event: Uuid,
    kind: &str,
    name: &str,
    position: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into chat_rooms (id, event_id, kind, name, position, created_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        event,
        kind,
        name,
        position,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct RoomRow {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub description: Option<String>,
    pub is_enabled: bool,
    pub slow_mode_seconds: i32,
    pub unread: i64,
    pub mentions: i64,
    pub follow: Option<String>,
}

/// The two rooms of a session of the same event.
pub async fn insert_session_room(
    tx: &mut PgConnection,
    id: Uuid,
    (event, session): (Uuid, Uuid),
    kind: &str,
    name: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into chat_rooms (id, event_id, session_id, kind, name, position, created_at)
         values ($1, $2, $3, $4, $5, 0, $6)",
        id,
        event,
        session,
        kind,
        name,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn rename_session_room(
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
    kind: &str,
    name: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update chat_rooms set name = $4 where event_id = $1 and session_id = $2 and kind = $3",
        event,
        session,
        kind,
        name
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Whom the list is for, besides what their standing shows them of the event's own rooms.
#[derive(Clone, Copy)]
pub struct Lister {
    pub event: Uuid,
    pub user: Uuid,
    /// Sees every backstage, and sessions that are not scheduled yet.
    pub is_organizer: bool,
}

/// Rooms of sessions are listed as their chat mode says. Unread counts are capped at 100: more is shown as "99+", and the
/// scan stays short; where nothing is newer than what was read, there is none.
pub async fn rooms(db: impl PgExecutor<'_>, lister: Lister, kinds: &[String]) -> sqlx::Result<Vec<RoomRow>> {
    sqlx::query_as!(
        RoomRow,
        r#"select r.id, r.kind, r.name, r.description, r.is_enabled, r.slow_mode_seconds,
                  (select count(*) from (
                      select 1 from chat_messages c
                       where c.room_id = r.id and c.seq > coalesce(p.last_read_seq, 0)
                         and r.last_seq > coalesce(p.last_read_seq, 0)
                         and c.author_id <> $2 and c.deleted_at is null
                         and coalesce(p.follow, 'EVERYTHING') = 'EVERYTHING'
                       limit 100) newer) as "unread!",
                  (select count(*) from (
                      select 1 from chat_mentions m
                        join chat_messages c on c.room_id = m.room_id and c.id = m.message_id
                       where m.user_id = $2 and m.room_id = r.id and c.seq > coalesce(p.last_read_seq, 0)
                         and r.last_seq > coalesce(p.last_read_seq, 0)
                         and c.author_id <> $2 and c.deleted_at is null
                         and coalesce(p.follow, 'EVERYTHING') in ('EVERYTHING', 'MENTIONS')
                       limit 100) named) as "mentions!",
                  p.follow as "follow?"
             from chat_rooms r
             left join agenda_sessions s on s.event_id = r.event_id and s.id = r.session_id
             left join room_reads p on p.room_id = r.id and p.user_id = $2
            where r.event_id = $1 and r.deleted_at is null and s.deleted_at is null
              and case when r.session_id is null then r.kind = any($3)
                       when s.starts_at is null and not $4 then false
                       when r.kind = 'PUBLIC' then s.chat_mode = 'ENABLED' and r.kind = any($3)
                       else s.chat_mode <> 'DISABLED'
                            and ($4 or exists (select 1 from session_speakers sp
                                                where sp.session_id = r.session_id and sp.user_id = $2)) end
            order by s.starts_at nulls first, r.position, r.id
            limit 2100"#,
        lister.event,
        lister.user,
        kinds,
        lister.is_organizer
    )
    .fetch_all(db)
    .await
}

/// How much of the room this reader wants to hear from here on.
pub async fn set_follow(
    connection: &mut PgConnection,
    (event, room, user): (Uuid, Uuid, Uuid),
    follow: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into room_reads (event_id, room_id, user_id, last_read_seq, follow) values ($1, $2, $3, 0, $4)
         on conflict (room_id, user_id) do update set follow = excluded.follow",
        event,
        room,
        user,
        follow
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Those of these people who want to hear nothing of the room, not even that they are named.
pub async fn not_following(
    connection: &mut PgConnection,
    room: Uuid,
    people: &[Uuid],
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select user_id from room_reads
          where room_id = $1 and user_id = any($2) and follow in ('NOTHING', 'HIDDEN')
          order by user_id limit 1000",
        room,
        people
    )
    .fetch_all(connection)
    .await
}

/// Back only, before this message; false when the room has no such message.
pub async fn move_pointer_before(
    connection: &mut PgConnection,
    (room, user): (Uuid, Uuid),
    message: Uuid,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with target as (select seq from chat_messages where room_id = $1 and id = $3),
           moved as (
               update room_reads p set last_read_seq = target.seq - 1
                 from target where p.room_id = $1 and p.user_id = $2 and p.last_read_seq >= target.seq)
           select exists (select 1 from target) as "found!""#,
        room,
        user,
        message
    )
    .fetch_one(connection)
    .await
}

/// Forward only, and never past the room's last message. Whoever is there has read this news of the room too; answers
/// whether there was some.
pub async fn move_pointer(
    tx: &mut PgConnection,
    (event, room, user): (Uuid, Uuid, Uuid),
    seq: i64,
    news: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let told = sqlx::query_scalar!(
        r#"with moved as (
               insert into room_reads (event_id, room_id, user_id, last_read_seq)
               select r.event_id, r.id, $3, least($4, r.last_seq) from chat_rooms r where r.event_id = $1 and r.id = $2
               on conflict (room_id, user_id) do update
                  set last_read_seq = greatest(room_reads.last_read_seq, excluded.last_read_seq)
               returning last_read_seq),
           seen as (
               select n.id, n.position
                 from moved m
                 join chat_rooms r on r.id = $2 and r.last_seq <= m.last_read_seq
                 join notifications n
                   on n.user_id = $3 and n.news = any($5) and n.thing = $2::text and n.read_at is null),
           -- What is counted up meanwhile has another position, and stays new.
           caught_up as (
               update notifications n set read_at = $6
                 from seen where n.id = seen.id and n.position = seen.position and n.read_at is null
               returning 1)
           select exists (select 1 from caught_up) as "told!""#,
        event,
        room,
        user,
        seq,
        news,
        now
    );
    told.fetch_one(tx).await
}
