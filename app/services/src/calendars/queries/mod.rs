use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// A session as a calendar shows it; one without texts was purged.
pub struct EntryRow {
    pub id: Uuid,
    pub title: String,
    pub short_description: Option<String>,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
    pub room: Option<String>,
    pub sequence: i32,
    pub is_cancelled: bool,
    pub is_deleted: bool,
    pub is_purged: bool,
    pub changed_at: OffsetDateTime,
}

pub async fn event_changed_at(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<OffsetDateTime> {
    sqlx::query_scalar!("select updated_at from events where id = $1", event).fetch_one(db).await
}

/// All sessions with a time, and those that were deleted since the event was published: calendars may hold them.
pub async fn of_event(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        r#"select s.id, s.title, s.short_description, s.starts_at, s.ends_at, r.name as "room?", s.sequence,
                  s.status = 'CANCELLED' as "is_cancelled!", s.deleted_at is not null as "is_deleted!",
                  s.purged_at is not null as "is_purged!",
                  greatest(s.updated_at, s.deleted_at) as "changed_at!"
             from agenda_sessions s
             join events e on e.id = s.event_id
             left join venue_rooms r on r.event_id = s.event_id and r.id = s.venue_room_id
            where s.event_id = $1 and s.starts_at is not null
              and (s.deleted_at is null or s.deleted_at > e.published_at)
            order by s.starts_at, s.id
            limit 2000"#,
        event
    )
    .fetch_all(db)
    .await
}

/// Those a person starred, signed up for or speaks in.
pub async fn of_person(db: impl PgExecutor<'_>, event: Uuid, user: Uuid) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        r#"select s.id, s.title, s.short_description, s.starts_at, s.ends_at, r.name as "room?", s.sequence,
                  s.status = 'CANCELLED' as "is_cancelled!", s.deleted_at is not null as "is_deleted!",
                  s.purged_at is not null as "is_purged!",
                  greatest(s.updated_at, s.deleted_at) as "changed_at!"
             from agenda_sessions s
             left join venue_rooms r on r.event_id = s.event_id and r.id = s.venue_room_id
            where s.event_id = $1 and s.starts_at is not null
              and (exists (select 1 from session_stars star where star.session_id = s.id and star.user_id = $2)
                   or exists (select 1 from session_sign_ups u
                               where u.session_id = s.id and u.user_id = $2 and u.status = 'SIGNED_UP')
                   or exists (select 1 from session_speakers p where p.session_id = s.id and p.user_id = $2))
            order by s.starts_at, s.id
            limit 1000"#,
        event,
        user
    )
    .fetch_all(db)
    .await
}

/// Whose feed this is, with what the policy asks about them.
pub struct FeedRow {
    pub slug: String,
    pub user_id: Uuid,
}

pub async fn feed(db: impl PgExecutor<'_>, hash: &[u8]) -> sqlx::Result<Option<FeedRow>> {
    sqlx::query_as!(
        FeedRow,
        "select e.slug, m.user_id
           from event_members m
           join events e on e.id = m.event_id
           join users u on u.id = m.user_id and u.state = 'ACTIVE'
          where m.agenda_feed_hash = $1",
        hash
    )
    .fetch_optional(db)
    .await
}

pub async fn has_feed(db: impl PgExecutor<'_>, event: Uuid, user: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select 1 from event_members
                where event_id = $1 and user_id = $2 and agenda_feed_hash is not null) as "exists!""#,
        event,
        user
    )
    .fetch_one(db)
    .await
}

/// False for somebody without a membership row.
pub async fn set_feed(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    hash: Option<&[u8]>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update event_members set agenda_feed_hash = $3 where event_id = $1 and user_id = $2",
        event,
        user,
        hash
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
