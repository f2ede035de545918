use sqlx::PgExecutor;
use time::OffsetDateTime;

pub async fn remove_deleted_sponsors(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from sponsors where deleted_at <= $1", before).execute(db).await.map(drop)
}

/// Those that a sponsor still stands in, which can't be, are left.
pub async fn remove_deleted_tiers(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from sponsor_tiers t
          where t.deleted_at <= $1
            and not exists (select 1 from sponsors s where s.event_id = t.event_id and s.tier_id = t.id)",
        before
    )
    .execute(db)
    .await
    .map(drop)
}
