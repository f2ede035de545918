use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct NewFile<'a> {
    pub id: Uuid,
    pub purpose: &'static str,
    pub bucket: &'static str,
    pub uploaded_by: Uuid,
    pub content_hash: [u8; 32],
    pub alternative_text: Option<&'a str>,
    pub sizes: Vec<i32>,
    pub widths: Vec<i32>,
    pub heights: Vec<i32>,
    pub stored_bytes: i32,
    pub now: OffsetDateTime,
}

/// A file whose row is gone, and the sizes its bytes are kept in.
pub struct Gone {
    pub id: Uuid,
    pub sizes: Vec<i32>,
}

pub async fn is_active(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from users where id = $1 and state = 'ACTIVE') as "active!""#,
        user
    )
    .fetch_one(tx)
    .await
}

pub async fn insert_avatar(tx: &mut PgConnection, new: &NewFile<'_>, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into files (id, purpose, bucket, user_id, uploaded_by, content_hash, sizes, widths, heights,
                            stored_bytes, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        new.id,
        new.purpose,
        new.bucket,
        user,
        new.uploaded_by,
        new.content_hash.as_slice(),
        &new.sizes,
        &new.widths,
        &new.heights,
        new.stored_bytes,
        new.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn point_to_avatar(tx: &mut PgConnection, user: Uuid, file: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update users set avatar_file_id = $2 where id = $1", user, file).execute(tx).await.map(drop)
}

pub async fn insert_for_event(
    tx: &mut PgConnection,
    new: &NewFile<'_>,
    organization: Uuid,
    event: Uuid,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into files (id, purpose, bucket, organization_id, event_id, uploaded_by, content_hash,
                            alternative_text, sizes, widths, heights, stored_bytes, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        new.id,
        new.purpose,
        new.bucket,
        organization,
        event,
        new.uploaded_by,
        new.content_hash.as_slice(),
        new.alternative_text,
        &new.sizes,
        &new.widths,
        &new.heights,
        new.stored_bytes,
        new.now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The pointer in `users` goes with it, by its foreign key.
pub async fn delete_avatar(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<Option<Gone>> {
    sqlx::query_as!(
        Gone,
        "delete from files where user_id = $1 and purpose = 'AVATAR' returning id, sizes",
        user
    )
    .fetch_optional(tx)
    .await
}

/// For purposes an event has one file of.
pub async fn delete_of_event(
    tx: &mut PgConnection,
    event: Uuid,
    purpose: &str,
) -> sqlx::Result<Option<Gone>> {
    sqlx::query_as!(
        Gone,
        "delete from files where event_id = $1 and purpose = $2 returning id, sizes",
        event,
        purpose
    )
    .fetch_optional(tx)
    .await
}

/// Sets what pictures show, where there is one.
pub async fn describe(
    tx: &mut PgConnection,
    event: Uuid,
    purposes: &[String],
    texts: &[Option<String>],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update files f set alternative_text = said.words
           from unnest($2::text[], $3::text[]) as said (purpose, words)
          where f.event_id = $1 and f.purpose = said.purpose",
        event,
        purposes,
        texts as &[Option<String>]
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Rows of logos that no sponsor points to: their sponsors were purged.
pub async fn delete_unused_logos(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Gone>> {
    sqlx::query_as!(
        Gone,
        "delete from files f
          where f.purpose = 'SPONSOR_LOGO'
            and not exists (select 1 from sponsors s where s.event_id = f.event_id and s.logo_file_id = f.id)
      returning f.id, f.sizes"
    )
    .fetch_all(db)
    .await
}

pub async fn delete(tx: &mut PgConnection, file: Uuid) -> sqlx::Result<Option<Gone>> {
    sqlx::query_as!(Gone, "delete from files where id = $1 returning id, sizes", file)
        .fetch_optional(tx)
        .await
}

pub struct LockedEvent {
    pub id: Uuid,
    pub organization_id: Uuid,
}

/// Locks the organization, then the event: what is kept for either is counted under the locks.
pub async fn lock_event(tx: &mut PgConnection, slug: &str) -> sqlx::Result<Option<LockedEvent>> {
    sqlx::query_as!(
        LockedEvent,
        "select e.id, e.organization_id
           from organizations o
           join events e on e.organization_id = o.id
          where e.slug = $1 and e.status <> 'DELETED' and o.deleted_at is null
            for no key update of o, e",
        slug
    )
    .fetch_optional(tx)
    .await
}

pub struct Used {
    pub by_event: i64,
    pub by_organization: i64,
}

pub async fn used(tx: &mut PgConnection, organization: Uuid, event: Uuid) -> sqlx::Result<Used> {
    sqlx::query_as!(
        Used,
        r#"select coalesce(sum(f.stored_bytes) filter (where f.event_id = $2), 0)::bigint as "by_event!",
                  coalesce(sum(f.stored_bytes), 0)::bigint as "by_organization!"
             from files f
            where f.organization_id = $1"#,
        organization,
        event
    )
    .fetch_one(tx)
    .await
}
