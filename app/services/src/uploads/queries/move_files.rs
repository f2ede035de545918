use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

pub struct FileOfEvent {
    pub purpose: String,
    pub bucket: String,
    pub sizes: Vec<i32>,
    pub visibility: String,
    pub status: String,
    pub organization_is_deleted: bool,
}

/// An event has four pictures and at most 500 sponsors with a logo.
pub async fn files_of_event(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from files where event_id = $1 order by id limit 1000", event)
        .fetch_all(db)
        .await
}

pub async fn events_with_files(db: impl PgExecutor<'_>, organization: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"select distinct event_id as "event_id!" from files where organization_id = $1 limit 10000"#,
        organization
    )
    .fetch_all(db)
    .await
}

/// The file's row stays locked until the transaction ends; `None` for avatars, which never move.
pub async fn lock_file_of_event(tx: &mut PgConnection, file: Uuid) -> sqlx::Result<Option<FileOfEvent>> {
    sqlx::query_as!(
        FileOfEvent,
        r#"select f.purpose, f.bucket, f.sizes, e.visibility, e.status,
                  (o.deleted_at is not null) as "organization_is_deleted!"
             from files f
             join events e on e.id = f.event_id
             join organizations o on o.id = e.organization_id
            where f.id = $1
              for update of f"#,
        file
    )
    .fetch_optional(tx)
    .await
}

pub async fn set_bucket(tx: &mut PgConnection, file: Uuid, bucket: &str) -> sqlx::Result<()> {
    sqlx::query!("update files set bucket = $2 where id = $1", file, bucket).execute(tx).await.map(drop)
}

/// Files whose bucket is not that of their event's state; the next sweep takes what is beyond the limit.
pub async fn misplaced(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select f.id
           from files f
           join events e on e.id = f.event_id
           join organizations o on o.id = e.organization_id
          where (f.bucket = 'PUBLIC') <> (e.visibility = 'PUBLIC' and o.deleted_at is null
                                          and e.status in ('PUBLISHED', 'ARCHIVED', 'CANCELLED'))
          order by f.id
          limit 1000"
    )
    .fetch_all(db)
    .await
}

/// Those of `files` that have a row, with their buckets.
pub async fn buckets_of(db: impl PgExecutor<'_>, files: &[Uuid]) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows = sqlx::query!("select id, bucket from files where id = any($1)", files).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.bucket)).collect())
}
