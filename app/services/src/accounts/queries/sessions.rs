use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// Whose session this was, also when it has ended.
pub async fn session_owner(db: impl PgExecutor<'_>, id_hash: &[u8]) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select user_id from login_sessions where id_hash = $1", id_hash)
        .fetch_optional(db)
        .await
        .map(Option::flatten)
}

pub struct NewSessionRow<'a> {
    pub id: Uuid,
    pub id_hash: &'a [u8],
    /// With the epoch in which they proved who they are.
    pub user: Option<(Uuid, i32)>,
    pub data: &'a serde_json::Value,
    pub user_agent: Option<&'a str>,
    pub source_address: Option<&'a str>,
    pub now: OffsetDateTime,
    pub idle_expires_at: OffsetDateTime,
    pub absolute_expires_at: OffsetDateTime,
}

/// False when the id is taken already, or the person's epoch is over.
///
/// The person's row is locked for share: a password that changes meanwhile either finds this session to end, or this
/// finds the epoch over.
pub async fn insert_session(db: impl PgExecutor<'_>, row: &NewSessionRow<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "with owner as (
             select u.id from users u
              where u.id = $3::uuid and u.session_epoch = $10::int and u.state = 'ACTIVE' for share)
         insert into login_sessions (id, id_hash, user_id, data, user_agent, source_address, created_at, rotated_at,
                                     last_seen_at, idle_expires_at, absolute_expires_at, password_confirmed_at)
         select $1, $2, $3::uuid, $4, $5, ($6::text)::inet, $7, $7, $7, $8, $9,
                case when $3::uuid is null then null else $7::timestamptz end
          where $3::uuid is null or exists (select 1 from owner)
         on conflict on constraint login_sessions_id_hash_unique do nothing",
        row.id,
        row.id_hash,
        row.user.map(|(user, _)| user),
        row.data,
        row.user_agent,
        row.source_address,
        row.now,
        row.idle_expires_at,
        row.absolute_expires_at,
        row.user.map(|(_, epoch)| epoch),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn id_is_taken(db: impl PgExecutor<'_>, id_hash: &[u8]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from login_sessions where id_hash = $1) as "exists!""#,
        id_hash
    )
    .fetch_one(db)
    .await
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

pub async fn revoke_login_session(
    db: impl PgExecutor<'_>,
    id: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update login_sessions set revoked_at = $2 where id = $1 and revoked_at is null", id, now)
        .execute(db)
        .await
        .map(drop)
}

pub struct RotatedRow {
    pub idle_expires_at: OffsetDateTime,
    pub absolute_expires_at: OffsetDateTime,
}

/// Conditional on the old id, so that it works once, also in parallel; keeps its hash as a former one.
pub async fn rotate_session(
    db: impl PgExecutor<'_>,
    old_hash: &[u8],
    new_hash: &[u8],
    now: OffsetDateTime,
    idle_expires_at: OffsetDateTime,
) -> sqlx::Result<Option<RotatedRow>> {
    sqlx::query_as!(
        RotatedRow,
        "with rotated as (
             update login_sessions
                set id_hash = $2, rotated_at = $3, last_seen_at = $3, idle_expires_at = least($4, absolute_expires_at)
              where id_hash = $1 and user_id is not null and revoked_at is null
                and idle_expires_at > $3 and absolute_expires_at > $3
             returning id, idle_expires_at, absolute_expires_at
         ), former as (
             insert into login_session_former_ids (id_hash, login_session_id, rotated_at)
             select $1::bytea, rotated.id, $3::timestamptz from rotated
         )
         select idle_expires_at, absolute_expires_at from rotated",
        old_hash,
        new_hash,
        now,
        idle_expires_at
    )
    .fetch_optional(db)
    .await
}

pub struct FormerIdRow {
    pub login_session_id: Uuid,
    pub rotated_at: OffsetDateTime,
}

/// Notes the first use of an id that was rotated away; nothing for others, and for later uses.
pub async fn note_former_id(
    db: impl PgExecutor<'_>,
    id_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<FormerIdRow>> {
    sqlx::query_as!(
        FormerIdRow,
        "update login_session_former_ids set first_used_at = $2
          where id_hash = $1 and first_used_at is null
         returning login_session_id, rotated_at",
        id_hash,
        now
    )
    .fetch_optional(db)
    .await
}

pub async fn password_confirmed_at(
    db: impl PgExecutor<'_>,
    id: Uuid,
) -> sqlx::Result<Option<OffsetDateTime>> {
    let found = sqlx::query_scalar!(
        "select password_confirmed_at from login_sessions where id = $1 and revoked_at is null",
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(found.flatten())
}

/// Gives a live login session another id, keeps the old one's hash as a former one, and notes that the password was
/// confirmed; false when it is over, or the password is another one by now.
pub async fn confirm_session(
    db: impl PgExecutor<'_>,
    user: Uuid,
    id: Uuid,
    password_hash: Option<&str>,
    id_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "with owner as (
             select u.id from users u
              where u.id = $1 and u.password_hash is not distinct from $3 and u.state = 'ACTIVE' for share
         ), before as (
             select s.id, s.id_hash from owner join login_sessions s on s.user_id = owner.id
              where s.id = $2 and s.revoked_at is null
                for update of s
         ), confirmed as (
             update login_sessions s set id_hash = $4, rotated_at = $5, password_confirmed_at = $5
               from before
              where s.id = before.id and s.revoked_at is null
             returning s.id
         )
         insert into login_session_former_ids (id_hash, login_session_id, rotated_at)
         select before.id_hash, confirmed.id, $5 from confirmed join before on before.id = confirmed.id",
        user,
        id,
        password_hash,
        id_hash,
        now
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

/// Those of these login sessions that still open doors.
pub async fn alive(db: impl PgExecutor<'_>, ids: &[Uuid], now: OffsetDateTime) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"select s.id
             from login_sessions s
             join users u on u.id = s.user_id
            where s.id = any($1)
              and s.revoked_at is null and s.idle_expires_at > $2 and s.absolute_expires_at > $2
              and u.state = 'ACTIVE'
            order by s.id
            limit cardinality($1)"#,
        ids,
        now
    )
    .fetch_all(db)
    .await
}

/// The same of one. Apart from [`alive`]: PostgreSQL plans a list anew each time, which takes ten times as long as this.
pub async fn is_alive(db: impl PgExecutor<'_>, id: Uuid, now: OffsetDateTime) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select true as "alive!"
             from login_sessions s
             join users u on u.id = s.user_id
            where s.id = $1
              and s.revoked_at is null and s.idle_expires_at > $2 and s.absolute_expires_at > $2
              and u.state = 'ACTIVE'"#,
        id,
        now
    );
    Ok(found.fetch_optional(db).await?.is_some())
}

/// The live login sessions of a person that end, with their ids.
pub async fn revoke_login_sessions(
    tx: &mut PgConnection,
    user: Uuid,
    but: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "update login_sessions set revoked_at = $3
          where user_id = $1 and revoked_at is null and id is distinct from $2
         returning id",
        user,
        but,
        now
    )
    .fetch_all(tx)
    .await
}

/// False when it is not theirs, or over.
pub async fn revoke_login_session_of(
    db: impl PgExecutor<'_>,
    user: Uuid,
    id: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update login_sessions set revoked_at = $3 where id = $2 and user_id = $1 and revoked_at is null",
        user,
        id,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub struct DeviceRow {
    pub id: Uuid,
    pub user_agent: Option<String>,
    pub source_address: Option<String>,
    pub created_at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
}

pub async fn login_sessions_of(
    db: impl PgExecutor<'_>,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<DeviceRow>> {
    sqlx::query_as!(
        DeviceRow,
        "select s.id, s.user_agent, host(s.source_address) as source_address, s.created_at, s.last_seen_at
           from login_sessions s
          where s.user_id = $1 and s.revoked_at is null and s.idle_expires_at > $2 and s.absolute_expires_at > $2
          order by s.last_seen_at desc, s.id
          limit 100",
        user,
        now
    )
    .fetch_all(db)
    .await
}
