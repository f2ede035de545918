use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// What the policy asks about one of many people, each in a room.
pub struct ListenerRow {
    pub user_id: Uuid,
    pub room_id: Uuid,
    pub kind: String,
    pub is_enabled: bool,
    pub event_status: String,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub muted_at: Option<OffsetDateTime>,
    pub muted_until: Option<OffsetDateTime>,
    pub organization_role: Option<String>,
    pub speaks_here: bool,
}

/// As `room_standing` for each of these pairs; those whose room is gone are left out.
pub async fn listeners(
    db: impl PgExecutor<'_>,
    users: &[Uuid],
    rooms: &[Uuid],
) -> sqlx::Result<Vec<ListenerRow>> {
    sqlx::query_as!(
        ListenerRow,
        r#"select listening.user_id as "user_id!", r.id as room_id, r.kind, r.is_enabled,
                  e.status as event_status, m.role as "role?", m.status as "membership?",
                  m.muted_at as "muted_at?", m.muted_until as "muted_until?", o.role as "organization_role?",
                  exists (select 1 from session_speakers sp
                           where sp.session_id = r.session_id and sp.user_id = listening.user_id) as "speaks_here!"
             from unnest($1::uuid[], $2::uuid[]) as listening (user_id, room_id)
             join chat_rooms r on r.id = listening.room_id
             left join agenda_sessions s on s.event_id = r.event_id and s.id = r.session_id
             join events e on e.id = r.event_id and e.status <> 'DELETED'
             join organizations org on org.id = e.organization_id and org.deleted_at is null
             left join event_members m on m.event_id = r.event_id and m.user_id = listening.user_id
             left join organization_members o
               on o.organization_id = e.organization_id and o.user_id = listening.user_id
            where r.deleted_at is null and s.deleted_at is null
            order by listening.user_id, r.id
            limit cardinality($1)"#,
        users,
        rooms
    )
    .fetch_all(db)
    .await
}

pub struct HeadRow {
    pub id: Uuid,
    pub last_rev: i64,
}

/// The last `rev` of each of these rooms; missing rooms are left out.
pub async fn heads(db: impl PgExecutor<'_>, rooms: &[Uuid]) -> sqlx::Result<Vec<HeadRow>> {
    sqlx::query_as!(
        HeadRow,
        "select r.id, r.last_rev from chat_rooms r where r.id = any($1) order by r.id limit cardinality($1)",
        rooms
    )
    .fetch_all(db)
    .await
}

/// Everybody with more than a seat in an event: members of a higher role, speakers, and who runs its organization. Whether
/// they read a room is the policy's question.
pub async fn with_a_part(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"select user_id as "user_id!"
             from (select user_id from event_members
                    where event_id = $1 and status = 'ACTIVE' and role <> 'ATTENDEE'
                   union select user_id from session_speakers where event_id = $1
                   union select o.user_id from organization_members o
                           join events e on e.organization_id = o.organization_id
                          where e.id = $1 and o.role in ('OWNER', 'ADMIN')) people
            order by user_id
            limit 1000"#,
        event
    )
    .fetch_all(db)
    .await
}
