use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// What may be shown of a set.
pub struct SetRow {
    pub kind: String,
    pub shown_id: String,
    pub updated_at: OffsetDateTime,
}

pub async fn sets(db: impl PgExecutor<'_>, organization: Uuid) -> sqlx::Result<Vec<SetRow>> {
    sqlx::query_as!(
        SetRow,
        "select kind, shown_id, updated_at from organization_credentials
          where organization_id = $1 order by kind limit 10",
        organization
    )
    .fetch_all(db)
    .await
}

pub async fn sealed(
    db: impl PgExecutor<'_>,
    organization: Uuid,
    kind: &str,
) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "select sealed from organization_credentials where organization_id = $1 and kind = $2",
        organization,
        kind
    )
    .fetch_optional(db)
    .await
}

pub struct NewSet<'a> {
    pub organization: Uuid,
    pub kind: &'a str,
    pub shown_id: &'a str,
    pub sealed: &'a [u8],
    pub by: Uuid,
    pub now: OffsetDateTime,
}

pub async fn put(tx: &mut PgConnection, new: &NewSet<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organization_credentials (organization_id, kind, shown_id, sealed, updated_by, updated_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (organization_id, kind) do update
            set shown_id = excluded.shown_id, sealed = excluded.sealed, updated_by = excluded.updated_by,
                updated_at = excluded.updated_at",
        new.organization,
        new.kind,
        new.shown_id,
        new.sealed,
        new.by,
        new.now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn remove(tx: &mut PgConnection, organization: Uuid, kind: &str) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from organization_credentials where organization_id = $1 and kind = $2",
        organization,
        kind
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// All of an organization that is gone for good.
pub async fn remove_all(tx: &mut PgConnection, organization: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from organization_credentials where organization_id = $1", organization)
        .execute(tx)
        .await
        .map(drop)
}
