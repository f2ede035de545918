use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// What is looked for, and where.
pub struct SearchIn<'a> {
    pub event: Uuid,
    pub viewer: Uuid,
    /// As `to_tsquery` reads it.
    pub text: &'a str,
    /// Kinds of rooms the viewer reads; a backstage beside them where they speak.
    pub kinds: &'a [String],
    pub room: Option<Uuid>,
    pub author: Option<&'a str>,
    pub from: Option<OffsetDateTime>,
    pub until: Option<OffsetDateTime>,
    /// Ids begin with the time: the order of messages, with ties broken.
    pub before: Option<Uuid>,
    pub after: Option<Uuid>,
    pub limit: i64,
}

pub struct Found {
    pub id: Uuid,
    pub room_id: Uuid,
    pub room: String,
    pub seq: i64,
    pub first_name: String,
    pub last_name: String,
    pub body: String,
    pub created_at: OffsetDateTime,
}

/// Messages with all of these beginnings of words, newest first, or oldest first when it goes back from a place. The event is a word of
/// every text, so the index never walks through another's.
pub async fn search(db: impl PgExecutor<'_>, of: &SearchIn<'_>) -> sqlx::Result<Vec<Found>> {
    sqlx::query_as!(
        Found,
        r#"select c.id, c.room_id, r.name as room, c.seq, u.first_name, u.last_name, c.body, c.created_at
             from chat_messages c
             join chat_rooms r on r.event_id = c.event_id and r.id = c.room_id
             left join agenda_sessions s on s.event_id = r.event_id and s.id = r.session_id
             join users u on u.id = c.author_id
            where c.search @@ (to_tsquery('simple', $3) && ('''' || $1::uuid::text || '''')::tsquery)
              and numnode(to_tsquery('simple', $3)) > 0
              and c.event_id = $1 and c.deleted_at is null and r.deleted_at is null and s.deleted_at is null
              and (r.kind = any($4)
                   or r.kind = 'BACKSTAGE' and exists (select 1 from session_speakers sp
                                                        where sp.session_id = r.session_id and sp.user_id = $2))
              and ($5::uuid is null or c.room_id = $5)
              and ($6::text is null or strpos(lower(trim(u.first_name || ' ' || u.last_name)), lower($6)) > 0)
              and ($7::timestamptz is null or c.created_at >= $7)
              and ($8::timestamptz is null or c.created_at < $8)
              and ($9::uuid is null or c.id < $9)
              and ($10::uuid is null or c.id > $10)
            order by case when $10::uuid is null then c.id end desc, c.id
            limit $11"#,
        of.event,
        of.viewer,
        of.text,
        of.kinds,
        of.room,
        of.author,
        of.from,
        of.until,
        of.before,
        of.after,
        of.limit
    )
    .fetch_all(db)
    .await
}
