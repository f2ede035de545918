use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

use super::RecipientRow;

/// Scheduled ones of published events that begin after `now` and until `until`, and of whose start nobody was told.
pub async fn sessions_about_to_start(
    db: impl PgExecutor<'_>,
    now: OffsetDateTime,
    until: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select s.id
           from agenda_sessions s
           join events e on e.id = s.event_id and e.status = 'PUBLISHED'
           join organizations o on o.id = e.organization_id and o.deleted_at is null
          where s.status = 'SCHEDULED' and s.deleted_at is null and s.starts_at > $1 and s.starts_at <= $2
            and s.announced_start is distinct from s.starts_at
          order by s.starts_at, s.id
          limit $3",
        now,
        until,
        limit
    )
    .fetch_all(db)
    .await
}

pub struct StartingRow {
    pub id: Uuid,
    pub title: String,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    pub room: Option<String>,
    pub event_title: String,
    pub event_slug: String,
    pub time_zone: String,
    pub organization_id: Uuid,
}

/// Notes the start that is told now. Whoever comes second finds none.
pub async fn claim_start(
    tx: &mut PgConnection,
    session: Uuid,
    now: OffsetDateTime,
    until: OffsetDateTime,
) -> sqlx::Result<Option<StartingRow>> {
    sqlx::query_as!(
        StartingRow,
        r#"update agenda_sessions s set announced_start = s.starts_at
             from events e
            where s.id = $1 and e.id = s.event_id and e.status = 'PUBLISHED' and s.status = 'SCHEDULED'
              and s.deleted_at is null and s.starts_at > $2 and s.starts_at <= $3
              and s.announced_start is distinct from s.starts_at
        returning s.id, s.title, s.starts_at as "starts_at!", s.ends_at as "ends_at!",
                  (select r.name from venue_rooms r where r.id = s.venue_room_id) as room,
                  e.title as event_title, e.slug as event_slug, e.time_zone, e.organization_id"#,
        session,
        now,
        until
    )
    .fetch_optional(tx)
    .await
}

/// Those who starred a session or signed up for it and see it. Mails only for who asked for them.
pub async fn who_waits_for(tx: &mut PgConnection, session: Uuid) -> sqlx::Result<Vec<RecipientRow>> {
    sqlx::query_as!(
        RecipientRow,
        r#"with chosen as (
               select user_id from session_stars where session_id = $1
               union
               select user_id from session_sign_ups where session_id = $1 and status = 'SIGNED_UP')
           select u.id as user_id, u.email, u.first_name, u.last_name, coalesce(p.mail, false) as "wants_mail!"
           from agenda_sessions s
           join events e on e.id = s.event_id
           join users u on u.state = 'ACTIVE' and u.id in (select chosen.user_id from chosen)
           left join event_members m on m.event_id = e.id and m.user_id = u.id
           left join notification_preferences p on p.user_id = u.id and p.kind = 'SESSION_STARTING'
          where s.id = $1
            and (m.status = 'ACTIVE' or e.visibility = 'PUBLIC' and m.status is distinct from 'BANNED')
          order by u.id"#,
        session
    )
    .fetch_all(tx)
    .await
}
