use sqlx::PgExecutor;
use uuid::Uuid;

pub struct ChoiceRow {
    pub session_id: Uuid,
    pub is_star: bool,
}

/// Stars, and places that were not given back: of each at most as many as an event has sessions.
pub async fn choices_of(db: impl PgExecutor<'_>, event: Uuid, user: Uuid) -> sqlx::Result<Vec<ChoiceRow>> {
    sqlx::query_as!(
        ChoiceRow,
        r#"select session_id as "session_id!", is_star as "is_star!"
             from (select session_id, true as is_star
                     from session_stars where event_id = $1 and user_id = $2
                   union all
                   select session_id, false
                     from session_sign_ups where event_id = $1 and user_id = $2 and status = 'SIGNED_UP') chosen
            order by session_id, is_star
            limit 2000"#,
        event,
        user
    )
    .fetch_all(db)
    .await
}
