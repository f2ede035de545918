use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// What a mailed link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    VerifyAddress,
    ResetPassword,
}

impl Purpose {
    pub const ALL: [Self; 2] = [Self::VerifyAddress, Self::ResetPassword];

    const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyAddress => "VERIFY_ADDRESS",
            Self::ResetPassword => "RESET_PASSWORD",
        }
    }
}

/// Ends the open links of a person for these purposes.
pub async fn kill_tokens(
    tx: &mut PgConnection,
    user: Uuid,
    purposes: &[Purpose],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let purposes: Vec<String> = purposes.iter().map(|purpose| purpose.as_str().to_owned()).collect();
    sqlx::query!(
        "update account_tokens set used_at = $3 where user_id = $1 and purpose = any($2) and used_at is null",
        user,
        &purposes,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct NewToken<'a> {
    pub id: Uuid,
    pub user: Uuid,
    pub purpose: Purpose,
    pub hash: &'a [u8],
    pub now: OffsetDateTime,
    pub expires_at: OffsetDateTime,
}

pub async fn insert_token(tx: &mut PgConnection, token: &NewToken<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account_tokens (id, user_id, purpose, token_hash, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        token.id,
        token.user,
        token.purpose.as_str(),
        token.hash,
        token.now,
        token.expires_at
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Conditional, so that of parallel calls exactly one gets the row.
pub async fn consume_token(
    tx: &mut PgConnection,
    hash: &[u8],
    purpose: Purpose,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "update account_tokens set used_at = $3
          where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3
         returning user_id",
        hash,
        purpose.as_str(),
        now
    )
    .fetch_optional(tx)
    .await
}

pub struct ResettableRow {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
}

/// Whose password a link may set, while it is good.
pub async fn resettable(
    db: impl PgExecutor<'_>,
    hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<ResettableRow>> {
    sqlx::query_as!(
        ResettableRow,
        "select u.email, u.first_name, u.last_name
           from account_tokens t join users u on u.id = t.user_id
          where t.token_hash = $1 and t.purpose = 'RESET_PASSWORD' and t.used_at is null and t.expires_at > $2
            and u.state in ('ACTIVE', 'UNVERIFIED')",
        hash,
        now
    )
    .fetch_optional(db)
    .await
}

pub async fn delete_old_tokens(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from account_tokens
          where id in (select id from account_tokens where expires_at < $1 limit 1000)",
        before
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
