use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Everything organizers edit, as it will be once its changes are released.
pub struct StoredSession {
    pub title: String,
    pub short_description: Option<String>,
    pub description: Option<String>,
    pub kind: String,
    pub language: Option<String>,
    pub tags: Vec<String>,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
    pub venue_room_id: Option<Uuid>,
    pub room_name: Option<String>,
    pub track_id: Option<Uuid>,
    pub capacity: Option<i32>,
    pub sign_up_required: bool,
    pub sign_up_count: i32,
    pub status: String,
    pub chat_mode: String,
    pub opens_before_minutes: i32,
    pub version: i32,
    pub editor: Option<String>,
    /// Changes of it are held.
    pub has_draft: bool,
    /// What everybody sees.
    pub released_title: String,
    pub released_starts_at: Option<OffsetDateTime>,
    pub released_ends_at: Option<OffsetDateTime>,
    pub released_room_id: Option<Uuid>,
    pub released_status: String,
}

pub async fn stored_session(
    db: &mut PgConnection,
    event: Uuid,
    session: Uuid,
) -> sqlx::Result<Option<StoredSession>> {
    sqlx::query_as!(
        StoredSession,
        r#"select d.title as "title!", s.short_description, s.description, s.kind, s.language, s.tags, d.starts_at,
                  d.ends_at, r.id as "venue_room_id?", r.name as "room_name?", s.track_id, s.capacity,
                  s.sign_up_required, s.sign_up_count, d.status as "status!", s.chat_mode, s.opens_before_minutes,
                  s.version,
                  case when u.id is not null then trim(u.first_name || ' ' || u.last_name) end as editor,
                  s.draft is not null as "has_draft!", s.title as released_title, s.starts_at as released_starts_at,
                  s.ends_at as released_ends_at, s.venue_room_id as released_room_id, s.status as released_status
             from agenda_sessions s
            cross join lateral (
                  select coalesce(s.draft ->> 'title', s.title) as title,
                         case when s.draft is null then s.starts_at else (s.draft ->> 'starts_at')::timestamptz end
                             as starts_at,
                         case when s.draft is null then s.ends_at else (s.draft ->> 'ends_at')::timestamptz end as ends_at,
                         case when s.draft is null then s.venue_room_id else (s.draft ->> 'venue_room_id')::uuid end
                             as venue_room_id,
                         case when s.draft is null then s.status
                              when (s.draft ->> 'is_cancelled')::boolean then 'CANCELLED'
                              when s.status = 'CANCELLED' and not s.cancelled_with_event then 'SCHEDULED'
                              else s.status end as status) d
             left join venue_rooms r on r.event_id = s.event_id and r.id = d.venue_room_id
             left join users u on u.id = s.updated_by
            where s.event_id = $1 and s.id = $2 and s.deleted_at is null"#,
        event,
        session
    )
    .fetch_optional(db)
    .await
}

/// Locks the row first, so that what is read after that counts everybody who signed up before.
pub async fn lock_session(
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
) -> sqlx::Result<Option<StoredSession>> {
    sqlx::query!(
        "select id from agenda_sessions where event_id = $1 and id = $2 and deleted_at is null for update",
        event,
        session
    )
    .fetch_optional(&mut *tx)
    .await?;
    stored_session(tx, event, session).await
}

pub async fn session_by_form_key(
    tx: &mut PgConnection,
    event: Uuid,
    form_key: Uuid,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select id from agenda_sessions where event_id = $1 and form_key = $2",
        event,
        form_key
    )
    .fetch_optional(tx)
    .await
}

pub async fn count_sessions(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from agenda_sessions where event_id = $1 and deleted_at is null"#,
        event
    )
    .fetch_one(tx)
    .await
}

pub struct DeletionRow {
    pub deleted_at: Option<OffsetDateTime>,
    pub is_purged: bool,
}

pub async fn deletion(
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
) -> sqlx::Result<Option<DeletionRow>> {
    sqlx::query_as!(
        DeletionRow,
        r#"select deleted_at, purged_at is not null as "is_purged!" from agenda_sessions
            where event_id = $1 and id = $2 for update"#,
        event,
        session
    )
    .fetch_optional(tx)
    .await
}

pub struct DeletedRow {
    pub id: Uuid,
    pub title: String,
}

/// Newest first.
pub async fn deleted_since(
    db: &mut PgConnection,
    event: Uuid,
    since: OffsetDateTime,
) -> sqlx::Result<Vec<DeletedRow>> {
    sqlx::query_as!(
        DeletedRow,
        "select id, title from agenda_sessions
          where event_id = $1 and deleted_at > $2 and purged_at is null
          order by deleted_at desc, id
          limit 100",
        event,
        since
    )
    .fetch_all(db)
    .await
}
