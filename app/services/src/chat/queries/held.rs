use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

use super::NewMessageRow;

/// The words an event holds messages for; none when it doesn't.
pub async fn words_to_hold(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<Vec<String>> {
    let words = sqlx::query_scalar!(
        "select profanity_words from events where id = $1 and profanity_mode = 'HOLD'",
        event
    );
    Ok(words.fetch_optional(tx).await?.unwrap_or_default())
}

/// The text that waits under this client id, or waited.
pub async fn held_before(
    tx: &mut PgConnection,
    author: Uuid,
    client_message_id: Uuid,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select body from held_messages where author_id = $1 and client_message_id = $2 and state <> 'APPROVED'",
        author,
        client_message_id
    )
    .fetch_optional(tx)
    .await
}

/// What was reviewed before `before`.
pub async fn sweep_held(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from held_messages where reviewed_at < $1", before).execute(db).await.map(drop)
}

/// The same client id again changes nothing; whether it is new.
pub async fn hold(tx: &mut PgConnection, row: &NewMessageRow<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into held_messages (id, event_id, room_id, author_id, client_message_id, body, reply_to, state, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'HELD', $8)
         on conflict (author_id, client_message_id) do nothing",
        row.id,
        row.event_id,
        row.room_id,
        row.author_id,
        row.client_message_id,
        row.body,
        row.reply_to,
        row.now
    );
    Ok(done.execute(tx).await?.rows_affected() > 0)
}

pub struct HeldRow {
    pub id: Uuid,
    pub room_id: Uuid,
    pub room: String,
    pub author_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub body: String,
    pub created_at: OffsetDateTime,
}

/// The oldest 100 that wait in rooms of these kinds.
pub async fn held(db: impl PgExecutor<'_>, event: Uuid, kinds: &[String]) -> sqlx::Result<Vec<HeldRow>> {
    sqlx::query_as!(
        HeldRow,
        "select h.id, h.room_id, r.name as room, h.author_id, u.first_name, u.last_name, h.body, h.created_at
           from held_messages h
           join chat_rooms r on r.event_id = h.event_id and r.id = h.room_id and r.deleted_at is null
           join users u on u.id = h.author_id
          where h.event_id = $1 and h.state = 'HELD' and r.kind = any($2)
          order by h.created_at, h.id
          limit 100",
        event,
        kinds
    )
    .fetch_all(db)
    .await
}

pub struct OwnHeldRow {
    pub client_message_id: Uuid,
    pub body: String,
}

/// What somebody waits with in a room, oldest first.
pub async fn held_of(db: impl PgExecutor<'_>, room: Uuid, author: Uuid) -> sqlx::Result<Vec<OwnHeldRow>> {
    sqlx::query_as!(
        OwnHeldRow,
        "select client_message_id, body from held_messages
          where room_id = $1 and author_id = $2 and state = 'HELD'
          order by created_at, id limit 100",
        room,
        author
    )
    .fetch_all(db)
    .await
}

/// A message that waits, and that nobody else reviews until the transaction ends.
pub struct LockedHeld {
    pub room_id: Uuid,
    pub author_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub client_message_id: Uuid,
    pub body: String,
    pub reply_to: Option<Uuid>,
    pub state: String,
}

pub async fn lock_held(tx: &mut PgConnection, event: Uuid, id: Uuid) -> sqlx::Result<Option<LockedHeld>> {
    sqlx::query_as!(
        LockedHeld,
        "select h.room_id, h.author_id, u.first_name, u.last_name, h.client_message_id, h.body, h.reply_to, h.state
           from held_messages h join users u on u.id = h.author_id
          where h.event_id = $1 and h.id = $2
            for update of h",
        event,
        id
    )
    .fetch_optional(tx)
    .await
}

pub async fn set_reviewed(
    tx: &mut PgConnection,
    id: Uuid,
    state: &str,
    by: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update held_messages set state = $2, reviewed_by = $3, reviewed_at = $4 where id = $1",
        id,
        state,
        by,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}
