use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct ConnectionRow {
    pub id: Uuid,
    pub user_low: Uuid,
    pub user_high: Uuid,
    pub requester_id: Uuid,
    pub status: String,
    pub icebreaker: String,
    pub requested_at: OffsetDateTime,
    pub responded_at: Option<OffsetDateTime>,
    pub ended_at: Option<OffsetDateTime>,
    pub ended_by: Option<Uuid>,
}

/// Locks two people, so that whoever asks and whoever blocks take turns; by id, so that they don't wait for each other.
pub async fn lock_people(tx: &mut PgConnection, pair: [Uuid; 2]) -> sqlx::Result<()> {
    sqlx::query!("select id from users where id = any($1) order by id for no key update", &pair[..])
        .fetch_all(tx)
        .await
        .map(drop)
}

/// What there is between two people who are locked.
pub async fn of_pair(tx: &mut PgConnection, one: Uuid, other: Uuid) -> sqlx::Result<Option<ConnectionRow>> {
    sqlx::query_as!(
        ConnectionRow,
        "select id, user_low, user_high, requester_id, status, icebreaker, requested_at, responded_at, ended_at,
                ended_by
           from connections
          where user_low = least($1::uuid, $2::uuid) and user_high = greatest($1::uuid, $2::uuid)
            for update",
        one,
        other
    )
    .fetch_optional(tx)
    .await
}

/// Locks a row of which the viewer is one side and the other's account is open.
pub async fn hold(
    tx: &mut PgConnection,
    connection: Uuid,
    viewer: Uuid,
) -> sqlx::Result<Option<ConnectionRow>> {
    sqlx::query_as!(
        ConnectionRow,
        "select c.id, c.user_low, c.user_high, c.requester_id, c.status, c.icebreaker, c.requested_at,
                c.responded_at, c.ended_at, c.ended_by
           from connections c
          where c.id = $1 and $2 in (c.user_low, c.user_high)
            and exists (select 1 from users u
                         where u.id in (c.user_low, c.user_high) and u.id <> $2 and u.state = 'ACTIVE')
            for update of c",
        connection,
        viewer
    )
    .fetch_optional(tx)
    .await
}

pub async fn answer(
    tx: &mut PgConnection,
    connection: Uuid,
    status: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connections set status = $2, responded_at = $3 where id = $1",
        connection,
        status,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// What was declined stays so, but is over for its requester too.
pub async fn end(tx: &mut PgConnection, connection: Uuid, by: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update connections
            set status = case when status = 'REJECTED' then status else 'REMOVED' end, ended_at = $3,
                ended_by = $2
          where id = $1",
        connection,
        by,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct AddressedRow {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
}

/// Where mails to somebody go, while their account is open.
pub async fn addressed(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<Option<AddressedRow>> {
    sqlx::query_as!(
        AddressedRow,
        "select email, first_name, last_name from users where id = $1 and state = 'ACTIVE'",
        user
    )
    .fetch_optional(tx)
    .await
}

/// The note of the viewer's side, of a row that is held.
pub async fn note(tx: &mut PgConnection, connection: Uuid, viewer: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select case when user_low = $2 then note_low else note_high end as note
           from connections
          where id = $1 and $2 in (user_low, user_high)",
        connection,
        viewer
    )
    .fetch_one(tx)
    .await
}

/// The note of the viewer's side.
pub async fn set_note(
    tx: &mut PgConnection,
    connection: Uuid,
    viewer: Uuid,
    note: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update connections
            set note_low = case when user_low = $2 then $3 else note_low end,
                note_high = case when user_high = $2 then $3 else note_high end
          where id = $1 and $2 in (user_low, user_high)",
        connection,
        viewer,
        note
    )
    .execute(tx)
    .await
    .map(drop)
}

pub const BATCH: u64 = 1000;

/// Ends the oldest requests that were sent before.
pub async fn expire(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update connections set status = 'REJECTED'
          where id in (select id from connections
                        where status = 'PENDING' and requested_at <= $1
                        order by requested_at, id limit 1000
                          for update skip locked)",
        before
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
