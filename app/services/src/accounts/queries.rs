//! The slice's only SQL.

use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct UserRow {
    pub id: Uuid,
    pub password_hash: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub state: String,
}

pub async fn user_by_email(db: impl PgExecutor<'_>, email: &str) -> sqlx::Result<Option<UserRow>> {
    sqlx::query_as!(
        UserRow,
        "select id, password_hash, first_name, last_name, state from users where email = $1",
        email
    )
    .fetch_optional(db)
    .await
}

pub struct UnverifiedUser<'a> {
    pub id: Uuid,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub now: OffsetDateTime,
}

/// Inserts, or replaces an account nobody has confirmed; `None` when the address belongs to a real account.
/// One statement, so that two sign-ups at once can't both insert.
pub async fn upsert_unverified(
    tx: &mut PgConnection,
    user: &UnverifiedUser<'_>,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "insert into users (id, email, password_hash, first_name, last_name, state, created_at, updated_at)
         values ($1, $2, $3, $4, $5, 'UNVERIFIED', $6, $6)
         on conflict on constraint users_email_unique do update
            set password_hash = excluded.password_hash, first_name = excluded.first_name,
                last_name = excluded.last_name, state = 'UNVERIFIED', updated_at = excluded.updated_at
          where users.state in ('UNVERIFIED', 'PLACEHOLDER')
         returning id",
        user.id,
        user.email,
        user.password_hash,
        user.first_name,
        user.last_name,
        user.now,
    )
    .fetch_optional(tx)
    .await
}

pub async fn kill_tokens(tx: &mut PgConnection, user: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_tokens set used_at = $2
          where user_id = $1 and purpose = 'VERIFY_ADDRESS' and used_at is null",
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn insert_token(
    tx: &mut PgConnection,
    id: Uuid,
    user: Uuid,
    hash: &[u8],
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account_tokens (id, user_id, purpose, token_hash, created_at, expires_at)
         values ($1, $2, 'VERIFY_ADDRESS', $3, $4, $5)",
        id,
        user,
        hash,
        now,
        expires_at
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct PendingRow {
    pub user_id: Uuid,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub created_at: OffsetDateTime,
}

pub async fn pending_sign_up(
    db: impl PgExecutor<'_>,
    hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<PendingRow>> {
    sqlx::query_as!(
        PendingRow,
        "select t.user_id, u.email, u.first_name, u.last_name, t.created_at
           from account_tokens t join users u on u.id = t.user_id
          where t.token_hash = $1 and t.purpose = 'VERIFY_ADDRESS' and t.used_at is null and t.expires_at > $2
            and u.state = 'UNVERIFIED'",
        hash,
        now
    )
    .fetch_optional(db)
    .await
}

/// Conditional, so that of parallel calls exactly one gets the row.
pub async fn consume_token(
    tx: &mut PgConnection,
    hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "update account_tokens set used_at = $2
          where token_hash = $1 and purpose = 'VERIFY_ADDRESS' and used_at is null and expires_at > $2
         returning user_id",
        hash,
        now
    )
    .fetch_optional(tx)
    .await
}

pub async fn activate(tx: &mut PgConnection, user: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set state = 'ACTIVE', email_verified_at = $2, updated_at = $2
          where id = $1 and state = 'UNVERIFIED'",
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn delete_unverified(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from users where id = $1 and state = 'UNVERIFIED'", user).execute(tx).await.map(drop)
}

pub struct UnverifiedRow {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub recent_tokens: i64,
}

/// Locks the account, so that parallel resends count one after the other.
pub async fn lock_unverified(
    tx: &mut PgConnection,
    email: &str,
    since: OffsetDateTime,
) -> sqlx::Result<Option<UnverifiedRow>> {
    sqlx::query_as!(
        UnverifiedRow,
        r#"select u.id, u.first_name, u.last_name,
                  (select count(*) from account_tokens t where t.user_id = u.id and t.created_at > $2)
                    as "recent_tokens!"
             from users u where u.email = $1 and u.state = 'UNVERIFIED' for update"#,
        email,
        since
    )
    .fetch_optional(tx)
    .await
}

pub struct SessionRow {
    pub id: Uuid,
    pub user_id: Option<Uuid>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub data: serde_json::Value,
    pub rotated_at: OffsetDateTime,
    pub absolute_expires_at: OffsetDateTime,
}

/// Reads a live session with its person and, at most once a minute, slides its idle limit: one statement.
pub async fn load_session(
    db: impl PgExecutor<'_>,
    id_hash: &[u8],
    now: OffsetDateTime,
    touch_before: OffsetDateTime,
    idle_expires_at: OffsetDateTime,
) -> sqlx::Result<Option<SessionRow>> {
    sqlx::query_as!(
        SessionRow,
        r#"with live as (
               select s.id, s.user_id, s.data, s.rotated_at, s.absolute_expires_at, s.last_seen_at
                 from login_sessions s
                where s.id_hash = $1 and s.revoked_at is null
                  and s.idle_expires_at > $2 and s.absolute_expires_at > $2
           ), touched as (
               update login_sessions s
                  set last_seen_at = $2, idle_expires_at = least($4, s.absolute_expires_at)
                 from live where s.id = live.id and live.user_id is not null and live.last_seen_at < $3
           )
           select live.id, live.user_id, u.first_name as "first_name?", u.last_name as "last_name?", live.data,
                  live.rotated_at, live.absolute_expires_at
             from live left join users u on u.id = live.user_id
            where live.user_id is null or u.state = 'ACTIVE'"#,
        id_hash,
        now,
        touch_before,
        idle_expires_at
    )
    .fetch_optional(db)
    .await
}

pub struct NewSessionRow<'a> {
    pub id: Uuid,
    pub id_hash: &'a [u8],
    pub user_id: Option<Uuid>,
    pub data: &'a serde_json::Value,
    pub user_agent: Option<&'a str>,
    pub source_address: Option<&'a str>,
    pub now: OffsetDateTime,
    pub idle_expires_at: OffsetDateTime,
    pub absolute_expires_at: OffsetDateTime,
}

/// False when the id is taken already; the caller makes another one.
pub async fn insert_session(db: impl PgExecutor<'_>, row: &NewSessionRow<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into login_sessions (id, id_hash, user_id, data, user_agent, source_address, created_at, rotated_at,
                                     last_seen_at, idle_expires_at, absolute_expires_at, password_confirmed_at)
         values ($1, $2, $3::uuid, $4, $5, ($6::text)::inet, $7, $7, $7, $8, $9, case when $3::uuid is null then null else $7::timestamptz end)
         on conflict on constraint login_sessions_id_hash_unique do nothing",
        row.id,
        row.id_hash,
        row.user_id,
        row.data,
        row.user_agent,
        row.source_address,
        row.now,
        row.idle_expires_at,
        row.absolute_expires_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Never inserts: a session that was ended while a request ran stays ended.
pub async fn update_session_data(
    db: impl PgExecutor<'_>,
    id_hash: &[u8],
    data: &serde_json::Value,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update login_sessions set data = $2 where id_hash = $1 and revoked_at is null",
        id_hash,
        data
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn revoke_session(
    db: impl PgExecutor<'_>,
    id_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "update login_sessions set revoked_at = $2 where id_hash = $1 and revoked_at is null returning id",
        id_hash,
        now
    )
    .fetch_optional(db)
    .await
}

/// Conditional on the old id, so that it works once, also in parallel.
pub async fn rotate_session(
    db: impl PgExecutor<'_>,
    old_hash: &[u8],
    new_hash: &[u8],
    now: OffsetDateTime,
    idle_expires_at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update login_sessions
            set id_hash = $2, rotated_at = $3, last_seen_at = $3, idle_expires_at = least($4, absolute_expires_at)
          where id_hash = $1 and user_id is not null and revoked_at is null
            and idle_expires_at > $3 and absolute_expires_at > $3",
        old_hash,
        new_hash,
        now,
        idle_expires_at
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn delete_expired_sessions(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from login_sessions
          where id in (select id from login_sessions where absolute_expires_at < $1 limit 1000)",
        before
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub async fn any_user(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select 1 from users) as "exists!""#).fetch_one(db).await
}
