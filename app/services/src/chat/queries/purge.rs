use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// Since when what is deleted can't come back.
#[derive(Debug, Clone, Copy)]
pub struct OverSince {
    pub rooms: OffsetDateTime,
    pub sessions: OffsetDateTime,
    pub events: OffsetDateTime,
}

/// A room that is gone for good, and still has messages.
pub async fn room_to_empty(db: impl PgExecutor<'_>, over: OverSince) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select r.id
           from chat_rooms r
           join events e on e.id = r.event_id
           left join agenda_sessions s on s.id = r.session_id
          where (r.deleted_at <= $1 or s.deleted_at <= $2 or (e.status = 'DELETED' and e.deleted_at <= $3))
            and exists (select 1 from chat_messages m where m.room_id = r.id)
          order by r.id
          limit 1",
        over.rooms,
        over.sessions,
        over.events
    )
    .fetch_optional(db)
    .await
}

/// The newest messages of a room first, so that nothing is removed before its answers; how many.
pub async fn delete_newest(db: impl PgExecutor<'_>, room: Uuid, limit: i64) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from chat_messages
          where id in (select m.id from chat_messages m where m.room_id = $1 order by m.seq desc limit $2)",
        room,
        limit
    );
    Ok(done.execute(db).await?.rows_affected())
}
