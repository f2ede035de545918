use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// Hides it and frees its address.
pub async fn delete_softly(
    tx: &mut PgConnection,
    organization: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update organizations
            set deleted_at = $3, deleted_by = $2, slug_before_deletion = slug, slug = 'deleted-' || id::text,
                updated_at = $3, version = version + 1
          where id = $1",
        organization,
        by,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct OwnerRow {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
}

pub async fn owners_with_addresses(tx: &mut PgConnection, organization: Uuid) -> sqlx::Result<Vec<OwnerRow>> {
    sqlx::query_as!(
        OwnerRow,
        "select u.first_name, u.last_name, u.email
           from organization_members m join users u on u.id = m.user_id
          where m.organization_id = $1 and m.role = 'OWNER' and u.state = 'ACTIVE'
          order by u.id
          limit 1000",
        organization
    )
    .fetch_all(tx)
    .await
}

pub struct DeletedRow {
    pub id: Uuid,
    pub name: String,
    pub first_name: String,
    pub last_name: String,
    pub deleted_at: OffsetDateTime,
}

pub async fn deleted_of(
    db: impl PgExecutor<'_>,
    user: Uuid,
    since: OffsetDateTime,
) -> sqlx::Result<Vec<DeletedRow>> {
    sqlx::query_as!(
        DeletedRow,
        r#"select o.id, o.name, u.first_name, u.last_name, o.deleted_at as "deleted_at!"
             from organization_members m
             join organizations o on o.id = m.organization_id
             join users u on u.id = o.deleted_by
            where m.user_id = $1 and m.role = 'OWNER' and o.deleted_at > $2 and o.purged_at is null
            order by o.deleted_at desc, o.id
            limit 100"#,
        user,
        since
    )
    .fetch_all(db)
    .await
}

pub struct RestorableRow {
    pub name: String,
    pub slug: String,
    /// None when it was brought back already.
    pub slug_before_deletion: Option<String>,
}

/// Only an owner can make others wait.
pub async fn lock_deleted(
    tx: &mut PgConnection,
    user: Uuid,
    organization: Uuid,
    since: OffsetDateTime,
) -> sqlx::Result<Option<RestorableRow>> {
    sqlx::query_as!(
        RestorableRow,
        "select o.name, o.slug, o.slug_before_deletion
           from organizations o
          where o.id = $2 and o.purged_at is null and (o.deleted_at is null or o.deleted_at > $3)
            and exists (select 1 from organization_members m
                         where m.organization_id = o.id and m.user_id = $1 and m.role = 'OWNER')
            for no key update",
        user,
        organization,
        since
    )
    .fetch_optional(tx)
    .await
}

pub async fn is_free_slug(tx: &mut PgConnection, organization: Uuid, slug: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select not exists (select 1 from organizations o where o.slug = $2 and o.id <> $1)
              and not exists (select 1 from organization_former_slugs f where f.slug = $2) as "is_free!""#,
        organization,
        slug
    )
    .fetch_one(tx)
    .await
}

pub async fn restore(
    tx: &mut PgConnection,
    organization: Uuid,
    slug: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update organizations
            set deleted_at = null, deleted_by = null, slug = $2, slug_before_deletion = null, updated_at = $3,
                version = version + 1
          where id = $1",
        organization,
        slug,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Organizations whose time to undo is over, the longest gone first. More wait for the next sweep.
pub async fn due_for_purge(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from organizations
          where deleted_at <= $1 and purged_at is null
          order by deleted_at, id
          limit 1000",
        before
    )
    .fetch_all(db)
    .await
}

/// False when it is not due any more, or another process works on it.
pub async fn lock_to_purge(
    tx: &mut PgConnection,
    organization: Uuid,
    before: OffsetDateTime,
) -> sqlx::Result<bool> {
    let locked = sqlx::query_scalar!(
        "select id from organizations
          where id = $1 and deleted_at <= $2 and purged_at is null
            for update skip locked",
        organization,
        before
    )
    .fetch_optional(tx)
    .await?;
    Ok(locked.is_some())
}

/// Removes what people wrote about it; the name stays for the log.
pub async fn purge(tx: &mut PgConnection, organization: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update organizations
            set description = null, website = null, contact_email = null, mail_from_name = null,
                slug_before_deletion = null, purged_at = $2
          where id = $1",
        organization,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
