use sqlx::PgExecutor;
use time::OffsetDateTime;
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

pub struct SignUpRow {
    pub id: Uuid,
    pub title: String,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
    pub room_name: Option<String>,
    pub is_cancelled: bool,
}

pub async fn sign_ups_of(db: impl PgExecutor<'_>, event: Uuid, user: Uuid) -> sqlx::Result<Vec<SignUpRow>> {
    sqlx::query_as!(
        SignUpRow,
        r#"select s.id, s.title, s.starts_at, s.ends_at, r.name as "room_name?",
                  s.status = 'CANCELLED' as "is_cancelled!"
             from session_sign_ups u
             join agenda_sessions s on s.event_id = u.event_id and s.id = u.session_id and s.deleted_at is null
             left join venue_rooms r on r.event_id = s.event_id and r.id = s.venue_room_id
            where u.event_id = $1 and u.user_id = $2 and u.status = 'SIGNED_UP'
            order by s.starts_at nulls last, s.id
            limit 1000"#,
        event,
        user
    )
    .fetch_all(db)
    .await
}
