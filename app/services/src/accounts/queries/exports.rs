use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// False when one is being prepared already.
pub async fn insert_export(
    tx: &mut PgConnection,
    id: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into account_exports (id, user_id, requested_at) values ($1, $2, $3)
         on conflict (user_id) where ready_at is null do nothing",
        id,
        user,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub struct ExportRow {
    pub id: Uuid,
    pub requested_at: OffsetDateTime,
    pub expires_at: Option<OffsetDateTime>,
}

pub async fn newest_export(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Option<ExportRow>> {
    sqlx::query_as!(
        ExportRow,
        "select id, requested_at, expires_at from account_exports
          where user_id = $1 order by requested_at desc, id desc limit 1",
        user
    )
    .fetch_optional(db)
    .await
}

pub struct ContentRow {
    pub content: String,
    pub expires_at: OffsetDateTime,
}

pub async fn export_content(
    db: impl PgExecutor<'_>,
    id: Uuid,
    user: Uuid,
) -> sqlx::Result<Option<ContentRow>> {
    sqlx::query_as!(
        ContentRow,
        r#"select content as "content!", expires_at as "expires_at!" from account_exports
            where id = $1 and user_id = $2 and ready_at is not null"#,
        id,
        user
    )
    .fetch_optional(db)
    .await
}

pub struct ClaimedExport {
    pub id: Uuid,
    pub user_id: Uuid,
}

/// `skip locked` lets several workers take different ones instead of waiting for each other.
pub async fn claim_export(
    db: impl PgExecutor<'_>,
    now: OffsetDateTime,
    until: OffsetDateTime,
) -> sqlx::Result<Option<ClaimedExport>> {
    sqlx::query_as!(
        ClaimedExport,
        "update account_exports e set claimed_until = $2
          where e.id = (
                select w.id from account_exports w
                 where w.ready_at is null and (w.claimed_until is null or w.claimed_until <= $1)
                 order by w.requested_at, w.id
                 limit 1
                   for update skip locked)
         returning e.id, e.user_id",
        now,
        until
    )
    .fetch_optional(db)
    .await
}

pub async fn finish_export(
    db: impl PgExecutor<'_>,
    id: Uuid,
    content: &str,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_exports set content = $2, ready_at = $3, expires_at = $4, claimed_until = null
          where id = $1 and ready_at is null",
        id,
        content,
        now,
        expires_at
    )
    .execute(db)
    .await
    .map(drop)
}

/// A day after its end its owner is still told that it is over; the content goes at once.
pub async fn empty_expired_exports(db: impl PgExecutor<'_>, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update account_exports set content = '' where expires_at < $1 and content <> ''", now)
        .execute(db)
        .await
        .map(drop)
}

pub async fn delete_old_exports(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from account_exports
          where id in (select id from account_exports where expires_at < $1 order by id limit 1000)",
        before
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub struct OwnSessionRow {
    pub created_at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
    pub revoked_at: Option<OffsetDateTime>,
    pub user_agent: Option<String>,
    pub source_address: Option<String>,
}

pub async fn all_login_sessions(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<OwnSessionRow>> {
    sqlx::query_as!(
        OwnSessionRow,
        "select created_at, last_seen_at, revoked_at, user_agent, host(source_address) as source_address
           from login_sessions where user_id = $1
          order by created_at, id
          limit 10000",
        user
    )
    .fetch_all(db)
    .await
}

pub struct OwnDeviceRow {
    pub created_at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
}

pub async fn all_devices(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<OwnDeviceRow>> {
    sqlx::query_as!(
        OwnDeviceRow,
        "select created_at, last_seen_at from known_devices where user_id = $1
          order by created_at, token_hash
          limit 10000",
        user
    )
    .fetch_all(db)
    .await
}
