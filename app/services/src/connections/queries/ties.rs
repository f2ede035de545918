use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

use super::ConnectionRow;

/// One person, and what there is between them and the viewer.
pub struct TieRow {
    pub user_id: Uuid,
    pub is_blocked: bool,
    pub is_blocked_by_viewer: bool,
    pub id: Option<Uuid>,
    pub user_low: Uuid,
    pub user_high: Uuid,
    pub requester_id: Option<Uuid>,
    pub status: Option<String>,
    pub icebreaker: Option<String>,
    pub requested_at: Option<OffsetDateTime>,
    pub responded_at: Option<OffsetDateTime>,
    pub ended_at: Option<OffsetDateTime>,
    pub ended_by: Option<Uuid>,
}

impl TieRow {
    /// The pair's row, where there is one.
    pub fn connection(&self) -> Option<ConnectionRow> {
        Some(ConnectionRow {
            id: self.id?,
            user_low: self.user_low,
            user_high: self.user_high,
            requester_id: self.requester_id?,
            status: self.status.clone()?,
            icebreaker: self.icebreaker.clone()?,
            requested_at: self.requested_at?,
            responded_at: self.responded_at,
            ended_at: self.ended_at,
            ended_by: self.ended_by,
        })
    }
}

pub async fn ties(db: impl PgExecutor<'_>, viewer: Uuid, users: &[Uuid]) -> sqlx::Result<Vec<TieRow>> {
    sqlx::query_as!(
        TieRow,
        r#"select w.user_id as "user_id!",
                  exists (select 1 from user_blocks b
                           where (b.blocker_id = $1 and b.blocked_id = w.user_id)
                              or (b.blocker_id = w.user_id and b.blocked_id = $1)) as "is_blocked!",
                  exists (select 1 from user_blocks b
                           where b.blocker_id = $1 and b.blocked_id = w.user_id) as "is_blocked_by_viewer!",
                  c.id as "id?", least($1::uuid, w.user_id) as "user_low!",
                  greatest($1::uuid, w.user_id) as "user_high!", c.requester_id as "requester_id?",
                  c.status as "status?", c.icebreaker as "icebreaker?", c.requested_at as "requested_at?",
                  c.responded_at, c.ended_at, c.ended_by
             from unnest($2::uuid[]) as w (user_id)
             left join connections c
               on c.user_low = least($1::uuid, w.user_id) and c.user_high = greatest($1::uuid, w.user_id)
            order by w.user_id
            limit cardinality($2)"#,
        viewer,
        users
    )
    .fetch_all(db)
    .await
}
