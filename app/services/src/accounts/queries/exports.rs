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
    pub failed: bool,
}

pub async fn newest_export(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Option<ExportRow>> {
    sqlx::query_as!(
        ExportRow,
        "select id, requested_at, expires_at, failed from account_exports
          where user_id = $1 order by requested_at desc, id desc limit 1",
        user
    )
    .fetch_optional(db)
    .await
}

pub struct ReadyRow {
    pub attempts: i32,
    pub expires_at: OffsetDateTime,
}

pub async fn ready_export(db: impl PgExecutor<'_>, id: Uuid, user: Uuid) -> sqlx::Result<Option<ReadyRow>> {
    sqlx::query_as!(
        ReadyRow,
        r#"select attempts, expires_at as "expires_at!" from account_exports
            where id = $1 and user_id = $2 and ready_at is not null and not failed"#,
        id,
        user
    )
    .fetch_optional(db)
    .await
}

pub async fn export_part(
    db: impl PgExecutor<'_>,
    export: Uuid,
    attempt: i32,
    position: i32,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select content from account_export_parts where export_id = $1 and attempt = $2 and position = $3",
        export,
        attempt,
        position
    )
    .fetch_optional(db)
    .await
}

pub async fn insert_export_part(
    db: impl PgExecutor<'_>,
    export: Uuid,
    attempt: i32,
    position: i32,
    content: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account_export_parts (export_id, attempt, position, content) values ($1, $2, $3, $4)",
        export,
        attempt,
        position,
        content
    )
    .execute(db)
    .await
    .map(drop)
}

pub struct ClaimedExport {
    pub id: Uuid,
    pub user_id: Uuid,
    pub attempts: i32,
}

/// `skip locked` lets several workers take different ones instead of waiting for each other.
pub async fn claim_export(
    db: impl PgExecutor<'_>,
    now: OffsetDateTime,
    until: OffsetDateTime,
    max_attempts: i32,
) -> sqlx::Result<Option<ClaimedExport>> {
    sqlx::query_as!(
        ClaimedExport,
        "update account_exports e set claimed_until = $2, attempts = e.attempts + 1
          where e.id = (
                select w.id from account_exports w
                 where w.ready_at is null and (w.claimed_until is null or w.claimed_until <= $1) and w.attempts < $3
                 order by w.requested_at, w.id
                 limit 1
                   for update skip locked)
         returning e.id, e.user_id, e.attempts",
        now,
        until,
        max_attempts
    )
    .fetch_optional(db)
    .await
}

/// Only the newest attempt finishes it: a worker that overslept its claim lost the export.
pub async fn finish_export(
    db: impl PgExecutor<'_>,
    id: Uuid,
    attempt: i32,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_exports set content = '', ready_at = $3, expires_at = $4, claimed_until = null
          where id = $1 and attempts = $2 and ready_at is null",
        id,
        attempt,
        now,
        expires_at
    )
    .execute(db)
    .await
    .map(drop)
}

/// As [`finish_export`], with nothing to show for it.
pub async fn fail_export(
    db: impl PgExecutor<'_>,
    id: Uuid,
    attempt: i32,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_exports
            set failed = true, content = '', ready_at = $3, expires_at = $4, claimed_until = null
          where id = $1 and attempts = $2 and ready_at is null",
        id,
        attempt,
        now,
        expires_at
    )
    .execute(db)
    .await
    .map(drop)
}

/// Those whose last attempt never came back.
pub async fn fail_given_up_exports(
    db: impl PgExecutor<'_>,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
    max_attempts: i32,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_exports
            set failed = true, content = '', ready_at = $1, expires_at = $2, claimed_until = null
          where ready_at is null and attempts >= $3 and claimed_until <= $1",
        now,
        expires_at,
        max_attempts
    )
    .execute(db)
    .await
    .map(drop)
}

/// A day after its end its owner is still told that it is over; the content goes at once, and so does what was
/// written for nothing.
pub async fn empty_expired_exports(db: impl PgExecutor<'_>, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from account_export_parts p using account_exports e
          where e.id = p.export_id and e.ready_at is not null
            and (e.expires_at < $1 or e.failed or p.attempt <> e.attempts)",
        now
    )
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

/// What an account is beside its profile.
pub struct AccountFacts {
    pub state: String,
    pub created_at: OffsetDateTime,
    pub email_verified_at: Option<OffsetDateTime>,
    pub time_zone: Option<String>,
    pub wanted_address: Option<String>,
}

pub async fn account_facts(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Option<AccountFacts>> {
    sqlx::query_as!(
        AccountFacts,
        r#"select u.state, u.created_at, u.email_verified_at, u.time_zone,
                  (select t.address from account_tokens t
                    where t.user_id = u.id and t.purpose = 'CHANGE_ADDRESS' and t.used_at is null
                    order by t.created_at desc limit 1) as wanted_address
             from users u where u.id = $1"#,
        user
    )
    .fetch_optional(db)
    .await
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
