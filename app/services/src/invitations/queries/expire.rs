//! Invitations nobody answered in time.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub struct ExpiredRow {
    pub id: Uuid,
    pub address: String,
    pub organization_id: Uuid,
    pub event_id: Option<Uuid>,
}

/// Notes that the invitations of these addresses are over whose time has run out, so that new ones find room.
pub async fn expire_stale(
    tx: &mut PgConnection,
    organization: Option<Uuid>,
    event: Option<Uuid>,
    addresses: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ExpiredRow>> {
    sqlx::query_as!(
        ExpiredRow,
        r#"update invitations i set status = 'EXPIRED', ended_at = i.expires_at
            where i.id in (select s.id from invitations s
                            where (s.organization_id = $1 or s.event_id = $2) and s.address = any($3)
                              and s.status = 'PENDING' and s.expires_at <= $4
                            order by s.id
                              for update)
           returning i.id, i.address, i.event_id,
                     coalesce(i.organization_id,
                              (select e.organization_id from events e where e.id = i.event_id)) as "organization_id!""#,
        organization,
        event,
        addresses,
        now
    )
    .fetch_all(tx)
    .await
}

pub struct DueRow {
    pub id: Uuid,
    pub organization_id: Uuid,
}

/// A batch of those whose time has run out; locks none.
pub async fn due(tx: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Vec<DueRow>> {
    sqlx::query_as!(
        DueRow,
        r#"select i.id, coalesce(i.organization_id, e.organization_id) as "organization_id!"
             from invitations i left join events e on e.id = i.event_id
            where i.status = 'PENDING' and i.expires_at <= $1
            order by i.expires_at, i.id
            limit 1000"#,
        now
    )
    .fetch_all(tx)
    .await
}

/// Organizations come before invitations: their log is written to.
pub async fn hold_organizations(tx: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("select id from organizations where id = any($1) order by id for key share", ids)
        .fetch_all(tx)
        .await
        .map(drop)
}

/// Ends those of them that are still due; those in other hands stay for the next time.
pub async fn expire(
    tx: &mut PgConnection,
    ids: &[Uuid],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ExpiredRow>> {
    sqlx::query_as!(
        ExpiredRow,
        r#"update invitations i set status = 'EXPIRED', ended_at = i.expires_at
            where i.status = 'PENDING'
              and i.id in (select d.id from invitations d
                            where d.id = any($1) and d.status = 'PENDING' and d.expires_at <= $2
                            order by d.id for update skip locked)
           returning i.id, i.address, i.event_id,
                     coalesce(i.organization_id,
                              (select e.organization_id from events e where e.id = i.event_id)) as "organization_id!""#,
        ids,
        now
    )
    .fetch_all(tx)
    .await
}
