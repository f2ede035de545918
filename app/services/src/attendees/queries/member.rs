use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Somebody with a row in an event, and the event they have it in.
pub struct MemberRow {
    pub organization_id: Uuid,
    pub event_slug: String,
    pub event_title: String,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
    pub email: String,
    pub company: Option<String>,
    pub title: Option<String>,
    pub title_here: Option<String>,
    pub bio_here: Option<String>,
    pub texts_version: i32,
    /// An owner of the organization.
    pub is_owner: bool,
    pub role: String,
    pub status: String,
    pub joined_at: OffsetDateTime,
    pub checked_in_at: Option<OffsetDateTime>,
    pub checked_in_by: Option<String>,
    pub banned_at: Option<OffsetDateTime>,
    pub banned_by: Option<String>,
    pub ban_reason: Option<String>,
    pub ban_note: Option<String>,
    pub status_before_ban: Option<String>,
    pub muted_at: Option<OffsetDateTime>,
    pub muted_until: Option<OffsetDateTime>,
    pub muted_by: Option<String>,
    pub mute_reason: Option<String>,
}

/// Closed accounts stand in no list.
pub async fn member(tx: &mut PgConnection, event: Uuid, user: Uuid) -> sqlx::Result<Option<MemberRow>> {
    sqlx::query_as!(
        MemberRow,
        r#"select e.organization_id, e.slug as event_slug, e.title as event_title, u.first_name, u.last_name,
                  u.avatar_file_id, u.email, u.company, u.title, m.event_title as title_here,
                  m.event_bio as bio_here, m.texts_version,
                  exists (select 1 from organization_members o
                           where o.organization_id = e.organization_id and o.user_id = u.id and o.role = 'OWNER')
                      as "is_owner!",
                  m.role, m.status, m.joined_at, m.checked_in_at,
                  (select concat_ws(' ', c.first_name, nullif(c.last_name, '')) from users c
                    where c.id = m.checked_in_by) as checked_in_by,
                  m.banned_at,
                  (select concat_ws(' ', b.first_name, nullif(b.last_name, '')) from users b
                    where b.id = m.banned_by) as banned_by,
                  m.ban_reason, m.ban_note, m.status_before_ban, m.muted_at, m.muted_until,
                  (select concat_ws(' ', k.first_name, nullif(k.last_name, '')) from users k
                    where k.id = m.muted_by) as muted_by,
                  m.mute_reason
             from event_members m
             join events e on e.id = m.event_id
             join users u on u.id = m.user_id
            where m.event_id = $1 and m.user_id = $2 and u.state = 'ACTIVE'"#,
        event,
        user
    )
    .fetch_optional(tx)
    .await
}

/// Who becomes SPEAKER begins with title and biography of the profile.
pub async fn set_role(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    role: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members m
            set role = $3, status = 'ACTIVE', waitlisted_at = null, updated_at = $4,
                event_title = case when $3 = 'SPEAKER' then coalesce(m.event_title, u.title) else m.event_title end,
                event_bio = case when $3 = 'SPEAKER' then coalesce(m.event_bio, u.bio) else m.event_bio end
           from users u
          where m.event_id = $1 and m.user_id = $2 and u.id = m.user_id",
        event,
        user,
        role,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_removed(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members set status = 'REMOVED', waitlisted_at = null, updated_at = $3
          where event_id = $1 and user_id = $2",
        event,
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// With the role they had.
pub async fn bring_back(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    status: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members
            set status = $3, updated_at = $4,
                waitlisted_at = case when $3 = 'WAITLISTED' then $4::timestamptz end
          where event_id = $1 and user_id = $2",
        event,
        user,
        status,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Whatever the row said before.
pub async fn join_as_admin(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into event_members as m (event_id, user_id, role, status, source, joined_at)
         values ($1, $2, 'ADMIN', 'ACTIVE', 'ADDED', $3)
         on conflict (event_id, user_id) do update
            set role = 'ADMIN', status = 'ACTIVE', waitlisted_at = null, updated_at = $3,
                joined_at = case when m.status = 'ACTIVE' then m.joined_at else $3 end,
                banned_at = null, banned_by = null, ban_reason = null, status_before_ban = null",
        event,
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
