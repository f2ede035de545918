use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct SessionRow {
    pub id: Uuid,
    pub user_id: Option<Uuid>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub avatar: Option<Uuid>,
    pub data: serde_json::Value,
    pub rotated_at: OffsetDateTime,
    /// With this use counted.
    pub idle_expires_at: OffsetDateTime,
    pub absolute_expires_at: OffsetDateTime,
    /// Unread direct messages, capped at 100; silenced conversations apart.
    pub unread: i64,
    /// Notifications that were not opened, capped at 100.
    pub news: i64,
    /// Requests to connect that wait for the person, capped at 100.
    pub requests: i64,
}

/// Reads a live session with its person and, at most once a minute, slides its idle limit: one statement. What is unread
/// stands in the head of every page, and must not cost one of its own.
pub async fn load_session(
    db: impl PgExecutor<'_>,
    id_hash: &[u8],
    now: OffsetDateTime,
    touch_before: OffsetDateTime,
    idle_expires_at: OffsetDateTime,
    requested_after: OffsetDateTime,
) -> sqlx::Result<Option<SessionRow>> {
    sqlx::query_as!(
        SessionRow,
        r#"with live as (
               select s.id, s.user_id, s.data, s.rotated_at, s.idle_expires_at, s.absolute_expires_at, s.last_seen_at
                 from login_sessions s
                where s.id_hash = $1 and s.revoked_at is null
                  and s.idle_expires_at > $2 and s.absolute_expires_at > $2
           ), touched as (
               update login_sessions s
                  set last_seen_at = $2, idle_expires_at = least($4, s.absolute_expires_at)
                 from live
                where s.id = live.id and s.revoked_at is null and live.user_id is not null and live.last_seen_at < $3
               returning s.idle_expires_at
           )
           select live.id, live.user_id, u.first_name as "first_name?", u.last_name as "last_name?",
                  u.avatar_file_id as avatar, live.data, live.rotated_at,
                  coalesce((select t.idle_expires_at from touched t), live.idle_expires_at) as "idle_expires_at!",
                  live.absolute_expires_at,
                  (select count(*) from (
                      select 1
                        from conversation_sides side
                        join conversations c on c.id = side.conversation_id
                        join direct_messages m on m.conversation_id = side.conversation_id
                             and m.seq > greatest(side.last_read_seq, side.cleared_before_seq)
                       where side.user_id = live.user_id and not side.muted and m.sender_id <> side.user_id
                         and m.deleted_at is null
                         and case when c.event_id is null
                                  then exists (select 1 from connections k
                                                where k.user_low = c.user_low and k.user_high = c.user_high
                                                  and k.status = 'ACCEPTED')
                                  else not exists (select 1 from event_members e
                                                    where e.event_id = c.event_id and e.user_id = side.user_id
                                                      and e.status = 'BANNED') end
                       limit 100) waiting) as "unread!",
                  (select count(*) from (select 1 from notifications n
                                          where n.user_id = live.user_id and n.read_at is null limit 100) told) as "news!",
                  (select count(*) from (
                      select 1
                        from connections k
                        join users asker on asker.id = k.requester_id and asker.state = 'ACTIVE'
                       where k.status = 'PENDING' and k.requester_id <> live.user_id and k.requested_at > $5
                         and (k.user_low = live.user_id or k.user_high = live.user_id)
                       limit 100) asked) as "requests!"
             from live left join users u on u.id = live.user_id
            where live.user_id is null or u.state = 'ACTIVE'"#,
        id_hash,
        now,
        touch_before,
        idle_expires_at,
        requested_after
    )
    .fetch_optional(db)
    .await
}
