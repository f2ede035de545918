use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub async fn delete_ended(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from invitations
          where id in (select id from invitations where status <> 'PENDING' and ended_at < $1 limit 1000)",
        before
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub async fn delete_invited(tx: &mut PgConnection, user: Uuid, address: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from invitations where user_id = $1 or address = $2", user, address)
        .execute(tx)
        .await
        .map(drop)
}

pub async fn delete_all_of_organization(tx: &mut PgConnection, organization: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from invitations
          where id in (select id from invitations where organization_id = $1 order by id for update)",
        organization
    )
    .execute(tx)
    .await
    .map(drop)
}
