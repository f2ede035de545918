//! People who are known by their invitations.

use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// In the order of the addresses, so that two lists that overlap don't wait for each other crosswise.
pub async fn insert_placeholders(
    tx: &mut PgConnection,
    ids: &[Uuid],
    addresses: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into users (id, email, first_name, state, created_at, updated_at)
         select n.id, n.address, '', 'PLACEHOLDER', $3, $3
           from unnest($1::uuid[], $2::text[]) as n (id, address)
          order by n.address
         on conflict on constraint users_email_unique do nothing",
        ids,
        addresses,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Somebody who follows the link of their invitation.
pub struct Invited<'a> {
    pub id: Uuid,
    pub email: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub password_hash: &'a str,
    pub time_zone: Option<&'a str>,
    pub now: OffsetDateTime,
}

pub struct ActivatedRow {
    pub id: Uuid,
    pub session_epoch: i32,
}

/// Makes the placeholder or the unconfirmed account of an address an ACTIVE one; nothing when it has a real one.
/// One statement, so that no second account can arise.
pub async fn activate_invited(
    tx: &mut PgConnection,
    person: &Invited<'_>,
) -> sqlx::Result<Option<ActivatedRow>> {
    sqlx::query_as!(
        ActivatedRow,
        "insert into users (id, email, password_hash, first_name, last_name, state, email_verified_at, created_at,
                            updated_at, time_zone)
         values ($1, $2, $3, $4, $5, 'ACTIVE', $6, $6, $6, $7)
         on conflict on constraint users_email_unique do update
            set password_hash = excluded.password_hash, first_name = excluded.first_name,
                last_name = excluded.last_name, state = 'ACTIVE', email_verified_at = excluded.email_verified_at,
                updated_at = excluded.updated_at, time_zone = excluded.time_zone,
                session_epoch = users.session_epoch + 1
          where users.state in ('UNVERIFIED', 'PLACEHOLDER')
         returning id, session_epoch",
        person.id,
        person.email,
        person.password_hash,
        person.first_name,
        person.last_name,
        person.now,
        person.time_zone
    )
    .fetch_optional(tx)
    .await
}

/// Placeholders none of whose invitations is open or ended after `before`; locks nobody.
pub async fn forgotten_placeholders(
    db: impl PgExecutor<'_>,
    before: OffsetDateTime,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select u.id from users u
          where u.state = 'PLACEHOLDER' and u.created_at < $1
            and not exists (select 1 from invitations i
                             where i.address = u.email and (i.ended_at is null or i.ended_at > $1))
          order by u.id
          limit 1000",
        before
    )
    .fetch_all(db)
    .await
}

/// Removes those of them who still are such, whose invitations the caller has locked.
pub async fn delete_placeholders(
    tx: &mut PgConnection,
    users: &[Uuid],
    before: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from users
          where id in (select u.id from users u
                        where u.id = any($1) and u.state = 'PLACEHOLDER'
                          and not exists (select 1 from invitations i
                                           where i.address = u.email and (i.ended_at is null or i.ended_at > $2))
                        order by u.id for update skip locked)",
        users,
        before
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Keeps the people of these addresses from being removed until the transaction ends; answers how many there are.
pub async fn active_of(tx: &mut PgConnection, addresses: &[String]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from users where email = any($1) and state = 'ACTIVE' order by id limit 10000",
        addresses
    )
    .fetch_all(tx)
    .await
}

pub async fn hold_by_address(tx: &mut PgConnection, addresses: &[String]) -> sqlx::Result<usize> {
    let held = sqlx::query_scalar!(
        "select id from users where email = any($1) order by email for key share",
        addresses
    )
    .fetch_all(tx)
    .await?;
    Ok(held.len())
}
