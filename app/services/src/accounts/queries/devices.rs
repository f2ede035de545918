use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct SigningInRow {
    pub id: Uuid,
    pub password_hash: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub state: String,
    pub session_epoch: i32,
    /// Of an account that is DELETED.
    pub deleted_at: Option<OffsetDateTime>,
    pub device_is_known: bool,
    /// Also on a device that is known no more.
    pub has_signed_in: bool,
}

/// An account with what is known about the browser that knocks.
pub async fn user_signing_in(
    db: impl PgExecutor<'_>,
    email: &str,
    device_hash: Option<&[u8]>,
) -> sqlx::Result<Option<SigningInRow>> {
    sqlx::query_as!(
        SigningInRow,
        r#"select u.id, u.password_hash, u.first_name, u.last_name, u.state, u.session_epoch,
                  case when u.state = 'DELETED' then u.deleted_at end as deleted_at,
                  exists (select 1 from known_devices d where d.user_id = u.id and d.token_hash = $2)
                      as "device_is_known!",
                  exists (select 1 from known_devices d where d.user_id = u.id)
                      or exists (select 1 from login_sessions s where s.user_id = u.id) as "has_signed_in!"
             from users u where u.email = $1"#,
        email,
        device_hash
    )
    .fetch_optional(db)
    .await
}

/// True when the device is new to this person.
pub async fn remember_device(
    tx: &mut PgConnection,
    user: Uuid,
    hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"insert into known_devices (user_id, token_hash, created_at, last_seen_at) values ($1, $2, $3, $3)
           on conflict (user_id, token_hash) do update set last_seen_at = excluded.last_seen_at
           returning (xmax = 0) as "is_new!""#,
        user,
        hash,
        now
    )
    .fetch_one(tx)
    .await
}

pub async fn delete_unused_devices(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from known_devices
          where (user_id, token_hash) in (
              select user_id, token_hash from known_devices where last_seen_at < $1 limit 1000)",
        before
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Makes all but this device of a person strangers again.
pub async fn delete_devices(tx: &mut PgConnection, user: Uuid, but: Option<&[u8]>) -> sqlx::Result<()> {
    sqlx::query!("delete from known_devices where user_id = $1 and token_hash is distinct from $2", user, but)
        .execute(tx)
        .await
        .map(drop)
}

/// The address of somebody who closed their account.
pub async fn address_of_closed(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select email from users where id = $1 and state in ('DEACTIVATED', 'DELETED') and erased_at is null",
        user
    )
    .fetch_optional(db)
    .await
}
