use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct OwnConnectionRow {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub is_open: bool,
    pub requester_id: Uuid,
    pub user_low: Uuid,
    pub user_high: Uuid,
    pub status: String,
    pub icebreaker: String,
    pub event: String,
    pub requested_at: OffsetDateTime,
    pub responded_at: Option<OffsetDateTime>,
    pub ended_at: Option<OffsetDateTime>,
    pub ended_by: Option<Uuid>,
    pub note: Option<String>,
}

pub async fn own_connections(
    db: impl PgExecutor<'_>,
    user: Uuid,
    after: Uuid,
) -> sqlx::Result<Vec<OwnConnectionRow>> {
    sqlx::query_as!(
        OwnConnectionRow,
        r#"select c.id, u.first_name, u.last_name, u.state = 'ACTIVE' as "is_open!", c.requester_id, c.user_low,
                  c.user_high, c.status, c.icebreaker, e.title as event, c.requested_at, c.responded_at, c.ended_at,
                  c.ended_by,
                  case when c.user_low = $1 then c.note_low else c.note_high end as note
             from connections c
             join users u on u.id = case when c.user_low = $1 then c.user_high else c.user_low end
             join events e on e.id = c.event_id
            where (c.user_low = $1 or c.user_high = $1) and c.id > $2
            order by c.id
            limit 1000"#,
        user,
        after
    )
    .fetch_all(db)
    .await
}

pub async fn delete_connections(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from connections where user_low = $1 or user_high = $1", user)
        .execute(tx)
        .await
        .map(drop)
}

pub async fn delete_blocks(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from user_blocks where blocker_id = $1 or blocked_id = $1", user)
        .execute(tx)
        .await
        .map(drop)
}
