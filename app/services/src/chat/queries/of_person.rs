use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct OwnMessageRow {
    pub id: Uuid,
    pub event: String,
    pub room: String,
    pub body: String,
    pub created_at: OffsetDateTime,
}

/// What a person wrote and nobody deleted, in the order of the ids, which begin with the time.
pub async fn own_messages(
    db: impl PgExecutor<'_>,
    author: Uuid,
    after: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<OwnMessageRow>> {
    sqlx::query_as!(
        OwnMessageRow,
        "select c.id, e.title as event, r.name as room, c.body, c.created_at
           from chat_messages c
           join chat_rooms r on r.id = c.room_id
           join events e on e.id = c.event_id
          where c.author_id = $1 and c.id > $2 and c.deleted_at is null
          order by c.id
          limit $3",
        author,
        after,
        limit
    )
    .fetch_all(db)
    .await
}

/// What a person wrote that waits for moderators or was refused, at most 10,000.
pub async fn own_held(db: impl PgExecutor<'_>, author: Uuid) -> sqlx::Result<Vec<OwnMessageRow>> {
    sqlx::query_as!(
        OwnMessageRow,
        "select h.id, e.title as event, r.name as room, h.body, h.created_at
           from held_messages h
           join chat_rooms r on r.id = h.room_id
           join events e on e.id = h.event_id
          where h.author_id = $1
          order by h.id
          limit 10000",
        author
    )
    .fetch_all(db)
    .await
}

pub struct OwnFollowRow {
    pub event: String,
    pub room: String,
    pub follow: String,
}

/// What a person chose to hear of rooms, at most 10,000.
pub async fn own_follows(db: impl PgExecutor<'_>, reader: Uuid) -> sqlx::Result<Vec<OwnFollowRow>> {
    sqlx::query_as!(
        OwnFollowRow,
        r#"select e.title as event, r.name as room, p.follow as "follow!"
           from event_members m
           join room_reads p on p.event_id = m.event_id and p.user_id = m.user_id
           join chat_rooms r on r.id = p.room_id and r.deleted_at is null
           join events e on e.id = p.event_id
          where m.user_id = $1 and m.status = 'ACTIVE' and p.follow is not null
          order by e.id, r.id
          limit 10000"#,
        reader
    )
    .fetch_all(db)
    .await
}

pub async fn delete_pointers(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from room_reads where user_id = $1", user).execute(tx).await.map(drop)
}
