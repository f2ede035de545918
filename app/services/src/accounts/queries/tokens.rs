use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// What a mailed link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    VerifyAddress,
    ResetPassword,
    ChangeAddress,
    UndoAddress,
}

impl Purpose {
    /// What ends when somebody proves anew that the account is theirs. Undoing a change of the address is not among
    /// them: a thief who has the password must not be able to take that way away.
    pub const ENDED_BY_PROOF: [Self; 3] = [Self::VerifyAddress, Self::ResetPassword, Self::ChangeAddress];

    const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyAddress => "VERIFY_ADDRESS",
            Self::ResetPassword => "RESET_PASSWORD",
            Self::ChangeAddress => "CHANGE_ADDRESS",
            Self::UndoAddress => "UNDO_ADDRESS",
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
    /// For the purposes that set one.
    pub address: Option<&'a str>,
    pub now: OffsetDateTime,
    pub expires_at: OffsetDateTime,
}

pub async fn insert_token(tx: &mut PgConnection, token: &NewToken<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account_tokens (id, user_id, purpose, token_hash, address, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        token.id,
        token.user,
        token.purpose.as_str(),
        token.hash,
        token.address,
        token.now,
        token.expires_at
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Whose link it is, used or not.
pub async fn token_owner(tx: &mut PgConnection, hash: &[u8], purpose: Purpose) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select user_id from account_tokens where token_hash = $1 and purpose = $2",
        hash,
        purpose.as_str()
    )
    .fetch_optional(tx)
    .await
}

/// Who has the address that a link sets, if they never proved that it is theirs.
pub async fn unproved_at_address_of(
    tx: &mut PgConnection,
    hash: &[u8],
    purpose: Purpose,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select u.id from account_tokens t join users u on u.email = t.address
          where t.token_hash = $1 and t.purpose = $2 and u.state in ('UNVERIFIED', 'PLACEHOLDER')",
        hash,
        purpose.as_str()
    )
    .fetch_optional(tx)
    .await
}

pub struct PendingAddressRow {
    pub address: String,
    pub expires_at: OffsetDateTime,
}

/// The address a person waits to have confirmed.
pub async fn pending_address(
    db: impl PgExecutor<'_>,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<PendingAddressRow>> {
    sqlx::query_as!(
        PendingAddressRow,
        r#"select address as "address!", expires_at from account_tokens
            where user_id = $1 and purpose = 'CHANGE_ADDRESS' and used_at is null and expires_at > $2
            order by created_at desc
            limit 1"#,
        user,
        now
    )
    .fetch_optional(db)
    .await
}

pub struct ConsumedRow {
    pub user_id: Uuid,
    pub address: Option<String>,
    pub created_at: OffsetDateTime,
}

/// Conditional, so that of parallel calls exactly one gets the row.
pub async fn consume_token(
    tx: &mut PgConnection,
    hash: &[u8],
    purpose: Purpose,
    now: OffsetDateTime,
) -> sqlx::Result<Option<ConsumedRow>> {
    sqlx::query_as!(
        ConsumedRow,
        "update account_tokens set used_at = $3
          where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3
         returning user_id, address, created_at",
        hash,
        purpose.as_str(),
        now
    )
    .fetch_optional(tx)
    .await
}

/// Ends the open links of a person that would go back to this address.
pub async fn kill_undo_tokens(
    tx: &mut PgConnection,
    user: Uuid,
    address: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_tokens set used_at = $3
          where user_id = $1 and purpose = 'UNDO_ADDRESS' and address = $2 and used_at is null",
        user,
        address,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Ends the open links back to an address that were made with one of them or after it.
pub async fn kill_later_undo_tokens(
    tx: &mut PgConnection,
    user: Uuid,
    after: OffsetDateTime,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_tokens set used_at = $3
          where user_id = $1 and purpose = 'UNDO_ADDRESS' and created_at >= $2 and used_at is null",
        user,
        after,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct AddressLinkRow {
    pub first_name: String,
    pub last_name: String,
    /// The present address of the account.
    pub email: String,
    /// The one the link sets.
    pub address: String,
}

/// What a link about an address would do, while it is good.
pub async fn address_link(
    db: impl PgExecutor<'_>,
    hash: &[u8],
    purpose: Purpose,
    now: OffsetDateTime,
) -> sqlx::Result<Option<AddressLinkRow>> {
    sqlx::query_as!(
        AddressLinkRow,
        r#"select u.first_name, u.last_name, u.email, t.address as "address!"
             from account_tokens t join users u on u.id = t.user_id
            where t.token_hash = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > $3
              and u.erased_at is null"#,
        hash,
        purpose.as_str(),
        now
    )
    .fetch_optional(db)
    .await
}

pub struct ResettableRow {
    pub user_id: Uuid,
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
        "select t.user_id, u.email, u.first_name, u.last_name
           from account_tokens t join users u on u.id = t.user_id
          where t.token_hash = $1 and t.purpose = 'RESET_PASSWORD' and t.used_at is null and t.expires_at > $2
            and u.state in ('ACTIVE', 'UNVERIFIED', 'DEACTIVATED', 'DELETED')",
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
