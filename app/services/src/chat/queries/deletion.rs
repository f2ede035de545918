use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// What somebody wrote in one event since then, but for what is gone already.
#[derive(Clone, Copy)]
pub struct WrittenBy {
    pub event: Uuid,
    pub author: Uuid,
    pub since: OffsetDateTime,
}

pub struct WrittenInRow {
    pub room_id: Uuid,
    pub kind: String,
    pub is_enabled: bool,
    /// The moderator speaks in the session the room belongs to.
    pub speaks_here: bool,
}

/// The rooms it stands in, each held until the transaction ends: nothing of their messages changes beside the caller. In
/// the order of their ids, so that two who hold several never wait for each other.
pub async fn lock_rooms_of(
    tx: &mut PgConnection,
    written: WrittenBy,
    moderator: Uuid,
) -> sqlx::Result<Vec<WrittenInRow>> {
    sqlx::query_as!(
        WrittenInRow,
        r#"select r.id as room_id, r.kind, r.is_enabled,
                  exists (select 1 from session_speakers sp
                           where sp.session_id = r.session_id and sp.user_id = $4) as "speaks_here!"
             from chat_rooms r
            where r.event_id = $1 and r.deleted_at is null
              and not exists (select 1 from agenda_sessions s
                               where s.event_id = r.event_id and s.id = r.session_id and s.deleted_at is not null)
              and exists (select 1 from chat_messages m
                           where m.room_id = r.id and m.author_id = $2 and m.created_at >= $3
                             and m.deleted_at is null)
            order by r.id
            limit 10000
              for no key update of r"#,
        written.event,
        written.author,
        written.since,
        moderator
    )
    .fetch_all(tx)
    .await
}

/// By whom, why and when messages are taken out of sight.
#[derive(Clone, Copy)]
pub struct Removal<'a> {
    pub by: Uuid,
    pub reason: &'a str,
    pub now: OffsetDateTime,
    /// The newest so many.
    pub most: i64,
}

pub struct RemovedRow {
    pub id: Uuid,
    pub room_id: Uuid,
    pub rev: i64,
}

/// Takes it out of sight in these rooms, which the caller holds; each message gets a revision of its own, in the order
/// in which they were written.
pub async fn remove_written(
    tx: &mut PgConnection,
    written: WrittenBy,
    rooms: &[Uuid],
    removal: Removal<'_>,
) -> sqlx::Result<Vec<RemovedRow>> {
    sqlx::query_as!(
        RemovedRow,
        r#"with newest as (
               select id, room_id, seq from chat_messages
                where event_id = $1 and room_id = any($2) and author_id = $3 and created_at >= $4
                  and deleted_at is null
                order by created_at desc, id desc
                limit $5
           ), gone as (
               select id, room_id, row_number() over (partition by room_id order by seq) as place from newest
           ), moved as (
               update chat_rooms r set last_rev = r.last_rev + g.messages
                 from (select room_id, count(*) as messages from gone group by room_id) g
                where r.event_id = $1 and r.id = g.room_id
               returning r.id, r.last_rev - g.messages as rev_before
           )
           update chat_messages m
              set deleted_at = $6, deleted_by = $7, delete_reason = $8, rev = v.rev_before + g.place
             from gone g join moved v on v.id = g.room_id
            where m.event_id = $1 and m.room_id = g.room_id and m.id = g.id
           returning m.id, m.room_id, m.rev"#,
        written.event,
        rooms,
        written.author,
        written.since,
        removal.most,
        removal.now,
        removal.by,
        removal.reason
    )
    .fetch_all(tx)
    .await
}
