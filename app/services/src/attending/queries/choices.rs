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

pub struct NextOwnRow {
    pub id: Uuid,
    pub title: String,
    pub starts_at: OffsetDateTime,
    pub room: Option<String>,
}

/// The first of a person's own sessions after this instant that takes place.
pub async fn next_own(
    db: impl PgExecutor<'_>,
    event: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<NextOwnRow>> {
    sqlx::query_as!(
        NextOwnRow,
        r#"select s.id, s.title, s.starts_at as "starts_at!", r.name as "room?"
             from agenda_sessions s
             left join venue_rooms r on r.event_id = s.event_id and r.id = s.venue_room_id
            where s.event_id = $1 and s.deleted_at is null and s.status = 'SCHEDULED' and s.starts_at > $3
              and (exists (select 1 from session_stars t where t.session_id = s.id and t.user_id = $2)
                   or exists (select 1 from session_sign_ups p
                               where p.session_id = s.id and p.user_id = $2 and p.status = 'SIGNED_UP'))
            order by s.starts_at, s.id
            limit 1"#,
        event,
        user,
        now
    )
    .fetch_optional(db)
    .await
}
