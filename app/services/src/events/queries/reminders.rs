//! Who is reminded of which event.

use sqlx::{PgConnection, PgExecutor};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub struct ToRemindRow {
    pub id: Uuid,
    pub organization_id: Uuid,
    pub slug: String,
    pub title: String,
    pub format: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub venue_name: Option<String>,
    pub venue_city: Option<String>,
    pub venue_country: Option<String>,
    pub online_note: Option<String>,
    pub first_session_at: Option<OffsetDateTime>,
}

/// Published ones whose first session begins between these, or, without sessions, whose first day may, wherever they
/// are; and whose members don't know yet. By their id.
pub async fn events_to_remind(
    db: impl PgExecutor<'_>,
    (now, until): (OffsetDateTime, OffsetDateTime),
    after: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<ToRemindRow>> {
    sqlx::query_as!(
        ToRemindRow,
        r#"select e.id, e.organization_id, e.slug, e.title, e.format, e.start_date, e.end_date, e.time_zone, e.venue_name,
                  e.venue_city, e.venue_country, e.online_note,
                  first.starts_at as "first_session_at?"
             from events e
             join organizations o on o.id = e.organization_id and o.deleted_at is null
            cross join lateral (select min(s.starts_at) as starts_at from agenda_sessions s
                                 where s.event_id = e.id and s.deleted_at is null and s.status <> 'CANCELLED') first
            where e.status = 'PUBLISHED' and e.reminded_for is distinct from e.start_date
              and e.start_date <= ($2 at time zone 'UTC')::date + 2 and e.end_date >= ($1 at time zone 'UTC')::date - 2
              and case when first.starts_at is null then e.start_date >= ($1 at time zone 'UTC')::date - 2
                       else first.starts_at > $1 and first.starts_at <= $2 end
              and e.id > $3
            order by e.id
            limit $4"#,
        now,
        until,
        after,
        limit
    )
    .fetch_all(db)
    .await
}

/// False when the event is not as it was looked at any more, or somebody else was first.
pub async fn claim_reminder(tx: &mut PgConnection, event: Uuid, start: Date) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update events set reminded_for = start_date
          where id = $1 and start_date = $2 and status = 'PUBLISHED' and reminded_for is distinct from start_date",
        event,
        start
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub struct RemindedRow {
    pub user_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub wants_mail: bool,
    /// The first one they starred or signed up for.
    pub session: Option<String>,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
}

/// Members, by id after the last one; those who wait have nowhere to go.
pub async fn members_to_remind(
    tx: &mut PgConnection,
    event: Uuid,
    after: Uuid,
    limit: i64,
) -> sqlx::Result<Vec<RemindedRow>> {
    sqlx::query_as!(
        RemindedRow,
        r#"select u.id as user_id, u.first_name, u.last_name, u.email, coalesce(p.mail, true) as "wants_mail!",
                  first.title as "session?", first.starts_at as "starts_at?", first.ends_at as "ends_at?"
             from event_members m
             join users u on u.id = m.user_id and u.state = 'ACTIVE'
             left join notification_preferences p on p.user_id = u.id and p.kind = 'EVENT_REMINDER'
             left join lateral (
                 select s.title, s.starts_at, s.ends_at
                   from agenda_sessions s
                  where s.event_id = m.event_id and s.deleted_at is null and s.status = 'SCHEDULED'
                    and s.starts_at is not null
                    and s.id in (select star.session_id from session_stars star
                                  where star.user_id = u.id and star.event_id = m.event_id
                                 union
                                 select up.session_id from session_sign_ups up
                                  where up.user_id = u.id and up.event_id = m.event_id and up.status = 'SIGNED_UP')
                  order by s.starts_at, s.id
                  limit 1) first on true
            where m.event_id = $1 and m.status = 'ACTIVE' and u.id > $2
            order by u.id
            limit $3"#,
        event,
        after,
        limit
    )
    .fetch_all(tx)
    .await
}
