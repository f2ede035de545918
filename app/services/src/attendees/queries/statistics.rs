use sqlx::PgExecutor;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub struct DayRow {
    pub day: Date,
    pub count: i64,
}

/// When those who take part or wait came, by days of the event's zone, oldest first.
pub async fn joined_by_day(db: impl PgExecutor<'_>, event: Uuid, zone: &str) -> sqlx::Result<Vec<DayRow>> {
    sqlx::query_as!(
        DayRow,
        r#"select (m.joined_at at time zone $2)::date as "day!", count(*) as "count!"
             from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
            where m.event_id = $1 and m.status in ('ACTIVE', 'WAITLISTED')
            group by 1
            order by 1
            limit 10000"#,
        event,
        zone
    )
    .fetch_all(db)
    .await
}

pub struct SessionFiguresRow {
    pub id: Uuid,
    pub title: String,
    pub capacity: Option<i32>,
    pub sign_ups: i32,
    pub attended: i64,
}

/// Sessions that take sign-ups or had somebody marked as present, by their start.
pub async fn session_figures(db: impl PgExecutor<'_>, event: Uuid) -> sqlx::Result<Vec<SessionFiguresRow>> {
    sqlx::query_as!(
        SessionFiguresRow,
        r#"select s.id, s.title, s.capacity, s.sign_up_count as sign_ups, count(p.attended_at) as "attended!"
             from agenda_sessions s
             left join session_sign_ups p on p.session_id = s.id
            where s.event_id = $1 and s.deleted_at is null
            group by s.id
           having s.sign_up_required or s.capacity is not null or s.sign_up_count > 0 or count(p.attended_at) > 0
            order by s.starts_at nulls last, s.id
            limit 1000"#,
        event
    )
    .fetch_all(db)
    .await
}

/// What is going on in an event right now.
pub struct CountersRow {
    pub taking_part: i64,
    pub waitlisted: i64,
    pub checked_in: i64,
    pub messages_today: i64,
    pub open_invitations: i64,
    pub open_reports: i64,
}

/// Messages since `since`.
pub async fn counters(
    db: impl PgExecutor<'_>,
    event: Uuid,
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> sqlx::Result<CountersRow> {
    sqlx::query_as!(
        CountersRow,
        r#"select count(*) filter (where m.status = 'ACTIVE') as "taking_part!",
                  count(*) filter (where m.status = 'WAITLISTED') as "waitlisted!",
                  count(*) filter (where m.status = 'ACTIVE' and m.checked_in_at is not null) as "checked_in!",
                  (select count(*) from chat_messages c
                    where c.event_id = $1 and c.created_at >= $2 and c.deleted_at is null) as "messages_today!",
                  (select count(*) from invitations i
                    where i.event_id = $1 and i.status = 'PENDING' and i.expires_at > $3) as "open_invitations!",
                  (select count(*) from reports r
                    where r.event_id = $1 and r.status in ('OPEN', 'IN_REVIEW')) as "open_reports!"
             from event_members m join users u on u.id = m.user_id and u.state = 'ACTIVE'
            where m.event_id = $1"#,
        event,
        since,
        now
    )
    .fetch_one(db)
    .await
}

/// Invitations by status, messages, connections and reports.
pub struct OutcomeRow {
    pub pending: i64,
    pub accepted: i64,
    pub declined: i64,
    pub expired: i64,
    pub cancelled: i64,
    pub messages: i64,
    pub messages_today: i64,
    pub requests: i64,
    pub connections: i64,
    pub open_reports: i64,
    pub closed_reports: i64,
}

/// What came of an event besides its people and sessions; `today` is when its day began. An invitation whose time is over
/// counts as expired before the sweep says so, and who parted again was connected.
pub async fn outcome(
    db: impl PgExecutor<'_>,
    event: Uuid,
    today: OffsetDateTime,
    now: OffsetDateTime,
) -> sqlx::Result<OutcomeRow> {
    sqlx::query_as!(
        OutcomeRow,
        r#"select count(*) filter (where i.status = 'PENDING' and i.expires_at > $2) as "pending!",
                  count(*) filter (where i.status = 'ACCEPTED') as "accepted!",
                  count(*) filter (where i.status = 'DECLINED') as "declined!",
                  count(*) filter (where i.status = 'EXPIRED'
                                      or i.status = 'PENDING' and i.expires_at <= $2) as "expired!",
                  count(*) filter (where i.status = 'CANCELLED') as "cancelled!",
                  (select count(*) from chat_messages m where m.event_id = $1 and m.deleted_at is null) as "messages!",
                  (select count(*) from chat_messages m
                    where m.event_id = $1 and m.deleted_at is null and m.created_at >= $3) as "messages_today!",
                  (select count(*) from connections c where c.event_id = $1) as "requests!",
                  (select count(*) from connections c
                    where c.event_id = $1 and c.status in ('ACCEPTED', 'REMOVED')
                                             and c.responded_at is not null) as "connections!",
                  (select count(*) from reports r
                    where r.event_id = $1 and r.status in ('OPEN', 'IN_REVIEW')) as "open_reports!",
                  (select count(*) from reports r
                    where r.event_id = $1 and r.status in ('RESOLVED', 'DISMISSED')) as "closed_reports!"
             from invitations i
            where i.event_id = $1"#,
        event,
        now,
        today
    )
    .fetch_one(db)
    .await
}
