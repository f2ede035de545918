use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// Raises the epoch, as [`super::set_password`] does: a sign-in that was checked before begins no login session.
pub async fn deactivate(tx: &mut PgConnection, user: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update users
            set state = 'DEACTIVATED', deactivated_at = $2, session_epoch = session_epoch + 1, updated_at = $2
          where id = $1 and state = 'ACTIVE'",
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Raises the epoch too.
pub async fn begin_deletion(tx: &mut PgConnection, user: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update users
            set state = 'DELETED', deleted_at = $2, session_epoch = session_epoch + 1, updated_at = $2
          where id = $1 and state = 'ACTIVE'",
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Opens a closed account, whatever it was closed for; one that was deleted only after that instant.
pub async fn reopen(
    tx: &mut PgConnection,
    user: Uuid,
    now: OffsetDateTime,
    deleted_after: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set state = 'ACTIVE', deactivated_at = null, deleted_at = null, updated_at = $2
          where id = $1 and state in ('DEACTIVATED', 'DELETED') and erased_at is null
            and (deleted_at is null or deleted_at > $3)",
        user,
        now,
        deleted_after
    )
    .execute(tx)
    .await
    .map(drop)
}

/// As [`reopen`], if the epoch is still the one in which the password was checked.
pub async fn reopen_in_epoch(
    tx: &mut PgConnection,
    user: Uuid,
    epoch: i32,
    now: OffsetDateTime,
    deleted_after: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update users set state = 'ACTIVE', deactivated_at = null, deleted_at = null, updated_at = $3
          where id = $1 and state in ('DEACTIVATED', 'DELETED') and erased_at is null and session_epoch = $2
            and (deleted_at is null or deleted_at > $4)",
        user,
        epoch,
        now,
        deleted_after
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Raises the epoch too.
pub async fn set_address(
    tx: &mut PgConnection,
    user: Uuid,
    address: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update users
            set email = $2, email_verified_at = $3, session_epoch = session_epoch + 1, updated_at = $3
          where id = $1",
        user,
        address,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct DueRow {
    pub id: Uuid,
    pub email: String,
}

/// Somebody whose time to come back is over; locks nobody.
pub async fn due_for_erasure(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from users
          where state = 'DELETED' and erased_at is null and deleted_at < $1
          order by deleted_at, id
          limit 1000",
        before
    )
    .fetch_all(db)
    .await
}

/// The same person, unless another worker has them or they came back.
pub async fn claim_for_erasure(
    tx: &mut PgConnection,
    user: Uuid,
    before: OffsetDateTime,
) -> sqlx::Result<Option<DueRow>> {
    sqlx::query_as!(
        DueRow,
        "select id, email from users
          where id = $1 and state = 'DELETED' and erased_at is null and deleted_at < $2
            for update skip locked",
        user,
        before
    )
    .fetch_optional(tx)
    .await
}

pub async fn erase_person(
    tx: &mut PgConnection,
    user: Uuid,
    address: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update users
            set email = $2, password_hash = null, first_name = 'Deleted', last_name = 'person', time_zone = null,
                email_verified_at = null, sign_up_id = null, sign_up_next = null, company = null, title = null,
                pronouns = null, bio = null, linkedin = null, x = null, mastodon = null, github = null,
                website = null, email_visibility = default, show_public_email = default, public_email = null,
                allow_connection_requests = default, social_links_visibility = default, show_company = default,
                show_bio = default, show_presence = default, send_read_receipts = default, erased_at = $3,
                updated_at = $3
          where id = $1 and state = 'DELETED'",
        user,
        address,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn delete_login_sessions(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from login_sessions where user_id = $1", user).execute(tx).await.map(drop)
}

pub async fn delete_tokens(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from account_tokens where user_id = $1", user).execute(tx).await.map(drop)
}

pub async fn delete_exports(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from account_exports where user_id = $1", user).execute(tx).await.map(drop)
}

pub async fn delete_event_privacies(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from event_privacy where user_id = $1", user).execute(tx).await.map(drop)
}
