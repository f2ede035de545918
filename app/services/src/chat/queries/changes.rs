use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// A message of a room by its keys.
#[derive(Clone, Copy)]
pub struct MessageKey {
    pub event: Uuid,
    pub room: Uuid,
    pub message: Uuid,
}

pub struct FactsRow {
    pub author_id: Uuid,
    pub body: String,
    pub created_at: OffsetDateTime,
    pub deleted_at: Option<OffsetDateTime>,
    pub deleted_by: Option<Uuid>,
    pub delete_reason: Option<String>,
    pub deleter: Option<String>,
}

/// Takes the room's next revision and holds the room with it: nothing of its messages changes beside the caller, and a
/// rollback gives the revision back.
pub async fn take_rev(tx: &mut PgConnection, event: Uuid, room: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "update chat_rooms set last_rev = last_rev + 1 where event_id = $1 and id = $2 returning last_rev",
        event,
        room
    )
    .fetch_one(tx)
    .await
}

pub async fn facts(db: impl PgExecutor<'_>, key: MessageKey) -> sqlx::Result<Option<FactsRow>> {
    sqlx::query_as!(
        FactsRow,
        r#"select c.author_id, c.body, c.created_at, c.deleted_at, c.deleted_by, c.delete_reason,
                  trim(d.first_name || ' ' || d.last_name) as "deleter?"
             from chat_messages c left join users d on d.id = c.deleted_by
            where c.event_id = $1 and c.room_id = $2 and c.id = $3"#,
        key.event,
        key.room,
        key.message
    )
    .fetch_optional(db)
    .await
}

/// Keeps the words as they were and puts new ones in their place.
pub async fn change_body(
    tx: &mut PgConnection,
    key: MessageKey,
    body: &str,
    rev: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with kept as (
             insert into chat_message_edits (event_id, room_id, message_id, edited_at, previous_body)
             select event_id, room_id, id, $6, body from chat_messages where event_id = $1 and room_id = $2 and id = $3
             on conflict (message_id, edited_at) do nothing
         )
         update chat_messages set body = $4, rev = $5, edited_at = $6
          where event_id = $1 and room_id = $2 and id = $3",
        key.event,
        key.room,
        key.message,
        body,
        rev,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes a message out of sight; row, author and times stay.
pub async fn delete(
    tx: &mut PgConnection,
    key: MessageKey,
    by: Uuid,
    reason: Option<&str>,
    rev: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update chat_messages set deleted_at = $4, deleted_by = $5, delete_reason = $6, rev = $7
          where event_id = $1 and room_id = $2 and id = $3",
        key.event,
        key.room,
        key.message,
        now,
        by,
        reason,
        rev
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn restore(tx: &mut PgConnection, key: MessageKey, rev: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "update chat_messages set deleted_at = null, deleted_by = null, delete_reason = null, rev = $4
          where event_id = $1 and room_id = $2 and id = $3",
        key.event,
        key.room,
        key.message,
        rev
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes a reaction back; whether there was one.
pub async fn remove_reaction(
    tx: &mut PgConnection,
    message: Uuid,
    user: Uuid,
    emoji: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from chat_reactions where message_id = $1 and user_id = $2 and emoji = $3",
        message,
        user,
        emoji
    );
    Ok(done.execute(tx).await?.rows_affected() > 0)
}

/// Adds a reaction unless it would be one more than `max` different ones; whether it did.
pub async fn add_reaction(
    tx: &mut PgConnection,
    key: MessageKey,
    user: Uuid,
    emoji: &str,
    max: i64,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into chat_reactions (event_id, room_id, message_id, user_id, emoji, created_at)
         select $1, $2, $3, $4, $5, $6
          where (select count(distinct r.emoji) from chat_reactions r where r.message_id = $3 and r.emoji <> $5) < $7",
        key.event,
        key.room,
        key.message,
        user,
        emoji,
        now,
        max
    );
    Ok(done.execute(tx).await?.rows_affected() > 0)
}

pub struct ReactedRow {
    pub emoji: String,
    pub people: i64,
    pub first_names: Vec<String>,
    pub last_names: Vec<String>,
}

/// Who reacted to a message, emoji by emoji: how many, and the names of the first. Whom a block separates from the
/// viewer is left out.
pub async fn reacted(
    db: impl PgExecutor<'_>,
    message: Uuid,
    viewer: Uuid,
    names: i64,
) -> sqlx::Result<Vec<ReactedRow>> {
    sqlx::query_as!(
        ReactedRow,
        r#"select r.emoji, count(*) as "people!",
                  array_agg(r.first_name order by r.place) filter (where r.place <= $3) as "first_names!",
                  array_agg(r.last_name order by r.place) filter (where r.place <= $3) as "last_names!"
             from (select c.emoji, c.created_at, u.first_name, u.last_name,
                          row_number() over (partition by c.emoji order by c.created_at, c.user_id) as place
                     from chat_reactions c join users u on u.id = c.user_id
                    where c.message_id = $1
                      and not exists (select 1 from user_blocks b
                                       where (b.blocker_id = $2 and b.blocked_id = u.id)
                                          or (b.blocker_id = u.id and b.blocked_id = $2))) r
            group by r.emoji
            order by min(r.created_at), r.emoji
            limit 20"#,
        message,
        viewer,
        names
    )
    .fetch_all(db)
    .await
}

pub async fn set_rev(tx: &mut PgConnection, key: MessageKey, rev: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "update chat_messages set rev = $4 where event_id = $1 and room_id = $2 and id = $3",
        key.event,
        key.room,
        key.message,
        rev
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct EditRow {
    pub edited_at: OffsetDateTime,
    pub previous_body: String,
}

/// What a message said before, oldest first. Fifteen minutes hold no more than 150 edits, ten a minute.
pub async fn edits(db: impl PgExecutor<'_>, message: Uuid) -> sqlx::Result<Vec<EditRow>> {
    sqlx::query_as!(
        EditRow,
        "select edited_at, previous_body from chat_message_edits where message_id = $1
          order by edited_at limit 150",
        message
    )
    .fetch_all(db)
    .await
}

pub struct AuthorRow {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
}

pub async fn author(tx: &mut PgConnection, room: Uuid, message: Uuid) -> sqlx::Result<Option<AuthorRow>> {
    sqlx::query_as!(
        AuthorRow,
        "select u.id, u.first_name, u.last_name
           from chat_messages c join users u on u.id = c.author_id
          where c.room_id = $1 and c.id = $2",
        room,
        message
    )
    .fetch_optional(tx)
    .await
}
