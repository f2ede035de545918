use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct ArrivalRow {
    pub user_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
    pub role: String,
    pub checked_in_at: Option<OffsetDateTime>,
    pub checked_in_by: Option<String>,
}

/// Those who take part, with this in their name, by name; without addresses, for moderators see none.
pub async fn arrivals(
    db: impl PgExecutor<'_>,
    event: Uuid,
    text: &str,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<ArrivalRow>> {
    sqlx::query_as!(
        ArrivalRow,
        "select m.user_id, u.first_name, u.last_name, u.avatar_file_id, m.role, m.checked_in_at,
                (select concat_ws(' ', c.first_name, nullif(c.last_name, '')) from users c
                  where c.id = m.checked_in_by) as checked_in_by
           from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
          where m.event_id = $1 and m.status = 'ACTIVE'
            and ($2 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($2)) > 0)
          order by lower(u.first_name), lower(u.last_name), m.user_id
          limit $3 offset $4",
        event,
        text,
        limit,
        offset
    )
    .fetch_all(db)
    .await
}

pub struct ArrivalCounts {
    pub found: i64,
    pub checked_in: i64,
    pub taking_part: i64,
}

pub async fn count_arrivals(db: impl PgExecutor<'_>, event: Uuid, text: &str) -> sqlx::Result<ArrivalCounts> {
    sqlx::query_as!(
        ArrivalCounts,
        r#"select count(*) filter (where $2 = ''
                      or strpos(lower(u.first_name || ' ' || u.last_name), lower($2)) > 0) as "found!",
                  count(*) filter (where m.checked_in_at is not null) as "checked_in!",
                  count(*) as "taking_part!"
             from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
            where m.event_id = $1 and m.status = 'ACTIVE'"#,
        event,
        text
    )
    .fetch_one(db)
    .await
}

/// Keeps the first time and marker; false when they were checked in already.
pub async fn check_in(
    tx: &mut PgConnection,
    event: Uuid,
    user: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update event_members set checked_in_at = $4, checked_in_by = $3
          where event_id = $1 and user_id = $2 and checked_in_at is null",
        event,
        user,
        by,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn undo_check_in(tx: &mut PgConnection, event: Uuid, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update event_members set checked_in_at = null, checked_in_by = null where event_id = $1 and user_id = $2",
        event,
        user
    )
    .execute(tx)
    .await
    .map(drop)
}
