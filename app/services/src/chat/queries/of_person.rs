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

pub async fn delete_pointers(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from room_reads where user_id = $1", user).execute(tx).await.map(drop)
}
