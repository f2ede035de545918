use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct ToCopyRow {
    pub id: Uuid,
    pub purpose: String,
    pub bucket: String,
    pub sizes: Vec<i32>,
    pub stored_bytes: i32,
}

/// Its pictures and the logos of sponsors that are not deleted.
pub async fn files_to_copy(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<ToCopyRow>> {
    sqlx::query_as!(
        ToCopyRow,
        "select f.id, f.purpose, f.bucket, f.sizes, f.stored_bytes
           from files f
          where f.event_id = $1
            and (f.purpose <> 'SPONSOR_LOGO'
                 or exists (select 1 from sponsors s where s.logo_file_id = f.id and s.deleted_at is null))
          order by f.id
          limit 1000",
        event
    )
    .fetch_all(db)
    .await
}

/// One file per place in the lists.
pub struct Copies<'a> {
    pub old: &'a [Uuid],
    pub new: &'a [Uuid],
    pub bucket: &'a str,
    pub by: Uuid,
    pub now: OffsetDateTime,
}

/// Of files that still have a row.
pub async fn insert_copies(
    tx: &mut PgConnection,
    organization: Uuid,
    event: Uuid,
    copies: &Copies<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into files (id, purpose, bucket, organization_id, event_id, uploaded_by, content_hash, alternative_text,
                            sizes, widths, heights, stored_bytes, created_at)
         select n.new, f.purpose, $5, $1, $2, $6, f.content_hash, f.alternative_text, f.sizes, f.widths, f.heights,
                f.stored_bytes, $7
           from unnest($3::uuid[], $4::uuid[]) as n (old, new) join files f on f.id = n.old",
        organization,
        event,
        copies.old,
        copies.new,
        copies.bucket,
        copies.by,
        copies.now
    )
    .execute(tx)
    .await
    .map(drop)
}
