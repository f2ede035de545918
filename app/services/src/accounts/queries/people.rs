use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct UserRow {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub state: String,
    /// Of an account that is DELETED.
    pub deleted_at: Option<OffsetDateTime>,
}

pub struct UnverifiedUser<'a> {
    pub id: Uuid,
    pub sign_up_id: Uuid,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub time_zone: Option<&'a str>,
    pub next: Option<&'a str>,
    pub now: OffsetDateTime,
}

/// Inserts, or replaces an account nobody has confirmed; `None` when the address belongs to a real account.
/// One statement, so that two sign-ups at once can't both insert.
pub async fn upsert_unverified(
    tx: &mut PgConnection,
    user: &UnverifiedUser<'_>,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "insert into users (id, email, password_hash, first_name, last_name, state, created_at, updated_at, sign_up_id,
                            sign_up_next, time_zone)
         values ($1, $2, $3, $4, $5, 'UNVERIFIED', $6, $6, $7, $8, $9)
         on conflict on constraint users_email_unique do update
            set password_hash = excluded.password_hash, first_name = excluded.first_name,
                last_name = excluded.last_name, state = 'UNVERIFIED', updated_at = excluded.updated_at,
                sign_up_id = excluded.sign_up_id, sign_up_next = excluded.sign_up_next,
                time_zone = excluded.time_zone
          where users.state in ('UNVERIFIED', 'PLACEHOLDER')
         returning id",
        user.id,
        user.email,
        user.password_hash,
        user.first_name,
        user.last_name,
        user.now,
        user.sign_up_id,
        user.next,
        user.time_zone,
    )
    .fetch_optional(tx)
    .await
}

pub struct PendingRow {
    pub user_id: Uuid,
    pub sign_up_id: Uuid,
    pub password_hash: Option<String>,
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
        r#"select t.user_id, u.sign_up_id as "sign_up_id!", u.password_hash, u.email, u.first_name, u.last_name, t.created_at
           from account_tokens t join users u on u.id = t.user_id
          where t.token_hash = $1 and t.purpose = 'VERIFY_ADDRESS' and t.used_at is null and t.expires_at > $2
            and u.state = 'UNVERIFIED'"#,
        hash,
        now
    )
    .fetch_optional(db)
    .await
}

pub struct ConfirmedRow {
    pub sign_up_next: Option<String>,
    pub session_epoch: i32,
}

/// Answers where the sign-up wanted to go on; `None` when the account is none that waits.
pub async fn activate(
    tx: &mut PgConnection,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<ConfirmedRow>> {
    sqlx::query_as!(
        ConfirmedRow,
        "update users set state = 'ACTIVE', email_verified_at = $2, updated_at = $2
          where id = $1 and state = 'UNVERIFIED'
         returning sign_up_next, session_epoch",
        user,
        now
    )
    .fetch_optional(tx)
    .await
}

/// The caller has locked their invitations.
pub async fn delete_unproved(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from users where id = $1 and state in ('UNVERIFIED', 'PLACEHOLDER')", user)
        .execute(tx)
        .await
        .map(drop)
}

/// Locks the account under an address, so that what counts its mails next counts those of everybody before.
pub async fn lock_by_email(tx: &mut PgConnection, email: &str) -> sqlx::Result<Option<UserRow>> {
    sqlx::query_as!(
        UserRow,
        "select id, first_name, last_name, state, case when state = 'DELETED' then deleted_at end as deleted_at
           from users where email = $1 for no key update",
        email
    )
    .fetch_optional(tx)
    .await
}

pub async fn find_by_email(tx: &mut PgConnection, email: &str) -> sqlx::Result<Option<UserRow>> {
    sqlx::query_as!(
        UserRow,
        "select id, first_name, last_name, state, case when state = 'DELETED' then deleted_at end as deleted_at
           from users where email = $1",
        email
    )
    .fetch_optional(tx)
    .await
}

/// Locks a person without standing in the way of rows that refer to them.
pub async fn lock(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("select id from users where id = $1 for no key update", user)
        .fetch_optional(tx)
        .await
        .map(drop)
}

pub async fn any_user(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select 1 from users) as "exists!""#).fetch_one(db).await
}

/// Whose accounts nobody confirmed since `before`; locks nobody.
pub async fn never_confirmed(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from users where state = 'UNVERIFIED' and updated_at < $1 order by id limit 1000",
        before
    )
    .fetch_all(db)
    .await
}

/// Removes those of them who still are such, whose invitations the caller has locked.
pub async fn delete_never_confirmed(
    tx: &mut PgConnection,
    users: &[Uuid],
    before: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from users
          where id in (select id from users
                        where id = any($1) and state = 'UNVERIFIED' and updated_at < $2
                        order by id for update skip locked)",
        users,
        before
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct OwnAccountRow {
    pub email: String,
    pub password_hash: Option<String>,
    pub first_name: String,
    pub last_name: String,
}

pub async fn own_account(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Option<OwnAccountRow>> {
    sqlx::query_as!(
        OwnAccountRow,
        "select email, password_hash, first_name, last_name from users where id = $1 and state = 'ACTIVE'",
        user
    )
    .fetch_optional(db)
    .await
}

/// What a person belongs to, by name: the newest 50 organizations and 50 events, with who gives those.
pub async fn names_around(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"(select o.name as "name!"
              from organization_members m join organizations o on o.id = m.organization_id
             where m.user_id = $1 and o.deleted_at is null
             order by m.joined_at desc, o.id
             limit 50)
           union all
           (select n.name
              from (select e.title, o.name as owner, m.joined_at, e.id
                      from event_members m join events e on e.id = m.event_id
                      join organizations o on o.id = e.organization_id
                     where m.user_id = $1 and m.status in ('ACTIVE', 'WAITLISTED') and e.status <> 'DELETED'
                     order by m.joined_at desc, e.id
                     limit 50) e,
                   unnest(array[e.title, e.owner]) as n (name))"#,
        user
    )
    .fetch_all(db)
    .await
}

/// Replaces a hash by a newer one of the same password, if it is still that one.
pub async fn rehash(db: impl PgExecutor<'_>, user: Uuid, checked_hash: &str, hash: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set password_hash = $3 where id = $1 and password_hash = $2",
        user,
        checked_hash,
        hash
    )
    .execute(db)
    .await
    .map(drop)
}

/// Sets it whatever it was, and ends the epoch of the login sessions. Before they are ended: see `insert_session`.
pub async fn set_password(
    tx: &mut PgConnection,
    user: Uuid,
    hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set password_hash = $2, session_epoch = session_epoch + 1, updated_at = $3 where id = $1",
        user,
        hash,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// As [`set_password`], if the password and the login session are still those that were checked; answers the new
/// epoch.
pub async fn change_password(
    tx: &mut PgConnection,
    user: Uuid,
    login_session: Uuid,
    checked_hash: Option<&str>,
    hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        "update users set password_hash = $4, session_epoch = session_epoch + 1, updated_at = $5
          where id = $1 and password_hash = $3
            and exists (select 1 from login_sessions s
                         where s.id = $2 and s.user_id = $1 and s.revoked_at is null)
         returning session_epoch",
        user,
        login_session,
        checked_hash,
        hash,
        now
    )
    .fetch_optional(tx)
    .await
}

/// The link came by mail, so the address is theirs.
pub async fn verify_address(tx: &mut PgConnection, user: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
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
