use sqlx::PgExecutor;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub struct CountRow {
    pub value: String,
    pub count: i64,
}

/// Closed accounts are no members to anybody, as in the list.
pub async fn members_by_role(db: impl PgExecutor<'_>, organization: Uuid) -> sqlx::Result<Vec<CountRow>> {
    sqlx::query_as!(
        CountRow,
        r#"select m.role as value, count(*) as "count!"
             from organization_members m join users u on u.id = m.user_id
            where m.organization_id = $1 and u.state = 'ACTIVE' group by m.role order by m.role limit 10"#,
        organization
    )
    .fetch_all(db)
    .await
}

pub async fn events_by_status(db: impl PgExecutor<'_>, organization: Uuid) -> sqlx::Result<Vec<CountRow>> {
    sqlx::query_as!(
        CountRow,
        r#"select status as value, count(*) as "count!" from events
            where organization_id = $1 and status <> 'DELETED' group by status order by status limit 10"#,
        organization
    )
    .fetch_all(db)
    .await
}

/// Different people with an open account and an active membership in any of its events.
pub async fn people_reached(db: impl PgExecutor<'_>, organization: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(distinct m.user_id) as "count!"
             from events e
             join event_members m on m.event_id = e.id and m.status = 'ACTIVE'
             join users u on u.id = m.user_id and u.state = 'ACTIVE'
            where e.organization_id = $1 and e.status <> 'DELETED'"#,
        organization
    )
    .fetch_one(db)
    .await
}

pub struct MonthRow {
    pub month: Date,
    pub count: i64,
}

/// Registrations by the month (UTC) in which they joined; months without one are left out.
pub async fn registrations_by_month(
    db: impl PgExecutor<'_>,
    organization: Uuid,
    since: OffsetDateTime,
) -> sqlx::Result<Vec<MonthRow>> {
    sqlx::query_as!(
        MonthRow,
        r#"select date_trunc('month', m.joined_at at time zone 'UTC')::date as "month!", count(*) as "count!"
             from events e join event_members m on m.event_id = e.id
            where e.organization_id = $1 and e.status <> 'DELETED' and m.source = 'REGISTERED'
              and m.status in ('ACTIVE', 'WAITLISTED') and m.joined_at >= $2
            group by 1 order by 1 limit 24"#,
        organization,
        since
    )
    .fetch_all(db)
    .await
}
