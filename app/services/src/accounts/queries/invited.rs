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
                            updated_at)
         values ($1, $2, $3, $4, $5, 'ACTIVE', $6, $6, $6)
         on conflict on constraint users_email_unique do update
            set password_hash = excluded.password_hash, first_name = excluded.first_name,
                last_name = excluded.last_name, state = 'ACTIVE', email_verified_at = excluded.email_verified_at,
                updated_at = excluded.updated_at, session_epoch = users.session_epoch + 1
          where users.state in ('UNVERIFIED', 'PLACEHOLDER')
         returning id, session_epoch",
        person.id,
        person.email,
        person.password_hash,
        person.first_name,
        person.last_name,
        person.now
    )
    .fetch_optional(tx)
    .await
}

/// Removes placeholders none of whose invitations is open or ended after `before`.
pub async fn delete_placeholders(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from users
          where state = 'PLACEHOLDER'
            and id in (select u.id from users u
                        where u.state = 'PLACEHOLDER' and u.created_at < $1
                          and not exists (select 1 from invitations i
                                           where i.address = u.email and (i.ended_at is null or i.ended_at > $1))
                        order by u.id limit 1000 for update skip locked)",
        before
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
