use sqlx::PgExecutor;
use uuid::Uuid;

pub struct FileRow {
    pub id: Uuid,
    pub purpose: String,
    pub bucket: String,
    pub content_hash: Vec<u8>,
    pub sizes: Vec<i32>,
    pub visibility: Option<String>,
    pub event_status: Option<String>,
    pub organization_is_deleted: Option<bool>,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub organization_role: Option<String>,
    pub is_self: bool,
    pub shares_event: bool,
    pub shares_organization: bool,
    pub speaks_in_public: bool,
    pub is_connected: bool,
    pub asks_viewer: bool,
    pub is_blocked: bool,
}

/// A file with everything its policies ask about one viewer: of an event's file their standing there, of an avatar
/// what connects them with its person. Somebody who is not ACTIVE is seen by nobody.
pub async fn find(
    db: impl PgExecutor<'_>,
    file: Uuid,
    viewer: Option<Uuid>,
) -> sqlx::Result<Option<FileRow>> {
    sqlx::query_as!(
        FileRow,
        r#"with place as (
               select m.user_id, m.event_id, m.role <> 'ATTENDEE' as prepares
                 from event_members m
                where m.status = 'ACTIVE' and m.user_id in ($2, (select user_id from files where id = $1))
               union all
               select o.user_id, e.id, true
                 from organization_members o join events e on e.organization_id = o.organization_id
                where o.role = 'OWNER' and o.user_id in ($2, (select user_id from files where id = $1))
           )
           select f.id, f.purpose, f.bucket, f.content_hash, f.sizes,
                  e.visibility as "visibility?", e.status as "event_status?",
                  (org.deleted_at is not null) as "organization_is_deleted?",
                  m.role as "role?", m.status as "membership?", o.role as "organization_role?",
                  coalesce(f.user_id = $2, false) as "is_self!",
                  exists (
                      select 1
                        from place mine
                        join place theirs on theirs.event_id = mine.event_id
                        join events shared on shared.id = mine.event_id and shared.status <> 'DELETED'
                        join organizations owning on owning.id = shared.organization_id and owning.deleted_at is null
                       where mine.user_id = $2 and theirs.user_id = f.user_id
                         and (shared.status <> 'DRAFT' or (mine.prepares and theirs.prepares))
                  ) as "shares_event!",
                  exists (
                      select 1 from organization_members mine
                        join organization_members theirs on theirs.organization_id = mine.organization_id
                        join organizations shared on shared.id = mine.organization_id and shared.deleted_at is null
                       where mine.user_id = $2 and theirs.user_id = f.user_id
                  ) as "shares_organization!",
                  exists (
                      select 1
                        from event_members speaking
                        join events shown on shown.id = speaking.event_id and shown.visibility = 'PUBLIC'
                             and shown.status in ('PUBLISHED', 'ARCHIVED', 'CANCELLED')
                        join organizations owning on owning.id = shown.organization_id and owning.deleted_at is null
                       where speaking.user_id = f.user_id and speaking.status = 'ACTIVE'
                         and speaking.role = 'SPEAKER'
                  ) as "speaks_in_public!",
                  coalesce(c.status = 'ACCEPTED', false) as "is_connected!",
                  coalesce(c.status = 'PENDING' and c.requester_id = f.user_id, false) as "asks_viewer!",
                  exists (select 1 from user_blocks b
                           where (b.blocker_id, b.blocked_id) in (($2, f.user_id), (f.user_id, $2))) as "is_blocked!"
             from files f
             left join users u on u.id = f.user_id
             left join connections c on c.user_low = least(f.user_id, $2) and c.user_high = greatest(f.user_id, $2)
             left join events e on e.id = f.event_id
             left join organizations org on org.id = e.organization_id
             left join event_members m on m.event_id = f.event_id and m.user_id = $2
             left join organization_members o on o.organization_id = f.organization_id and o.user_id = $2
            where f.id = $1 and (f.user_id is null or u.state = 'ACTIVE')"#,
        file,
        viewer
    )
    .fetch_optional(db)
    .await
}

pub struct ImageRow {
    pub id: Uuid,
    pub purpose: String,
    pub content_hash: Vec<u8>,
    pub alternative_text: Option<String>,
    pub sizes: Vec<i32>,
    pub widths: Vec<i32>,
    pub heights: Vec<i32>,
}

/// At most one of each purpose.
pub async fn images_of_event(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<ImageRow>> {
    sqlx::query_as!(
        ImageRow,
        r"select id, purpose, content_hash, alternative_text, sizes, widths, heights
            from files
           where event_id = $1 and purpose like 'EVENT\_%'
           order by purpose
           limit 4",
        event
    )
    .fetch_all(db)
    .await
}

/// As [`images_of_event`], with those of [`logos_of_event`] behind them.
pub async fn pictures_of_event(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<ImageRow>> {
    sqlx::query_as!(
        ImageRow,
        r"select id, purpose, content_hash, alternative_text, sizes, widths, heights
            from files
           where event_id = $1 and (purpose like 'EVENT\_%' or purpose = 'SPONSOR_LOGO')
           order by purpose, id
           limit 1004",
        event
    )
    .fetch_all(db)
    .await
}

/// An event has at most 500 sponsors, but for those deleted just now.
pub async fn logos_of_event(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<ImageRow>> {
    sqlx::query_as!(
        ImageRow,
        "select id, purpose, content_hash, alternative_text, sizes, widths, heights
           from files
          where event_id = $1 and purpose = 'SPONSOR_LOGO'
          order by id
          limit 1000",
        event
    )
    .fetch_all(db)
    .await
}
