use sqlx::PgConnection;
use time::Date;
use uuid::Uuid;

use super::super::occasion::EventFacts;

/// An organization or event as one person stands in it.
pub struct TargetRow {
    pub organization_id: Uuid,
    pub slug: String,
    pub name: String,
    pub organization_role: Option<String>,
    pub event: Option<EventPart>,
}

pub struct EventPart {
    pub id: Uuid,
    pub visibility: String,
    pub status: String,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub facts: EventFacts,
}

pub struct EventTargetRow {
    pub id: Uuid,
    pub organization_id: Uuid,
    pub slug: String,
    pub title: String,
    pub host_name: String,
    pub visibility: String,
    pub status: String,
    pub start_date: Date,
    pub end_date: Date,
    pub time_zone: String,
    pub format: String,
    pub venue_name: Option<String>,
    pub venue_city: Option<String>,
    pub venue_country: Option<String>,
    pub role: Option<String>,
    pub membership: Option<String>,
    pub organization_role: Option<String>,
}

pub async fn organization_target(
    tx: &mut PgConnection,
    user: Uuid,
    slug: &str,
) -> sqlx::Result<Option<TargetRow>> {
    let row = sqlx::query!(
        r#"select o.id, o.slug, o.name, m.role as "role?"
             from organizations o
             left join organization_members m on m.organization_id = o.id and m.user_id = $1
            where o.slug = $2 and o.deleted_at is null"#,
        user,
        slug
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| TargetRow {
        organization_id: row.id,
        slug: row.slug,
        name: row.name,
        organization_role: row.role,
        event: None,
    }))
}

pub async fn event_target(tx: &mut PgConnection, user: Uuid, slug: &str) -> sqlx::Result<Option<TargetRow>> {
    let row = sqlx::query_as!(
        EventTargetRow,
        r#"select e.id, e.organization_id, e.slug, e.title, e.host_name, e.visibility, e.status, e.start_date,
                  e.end_date, e.time_zone, e.format, e.venue_name, e.venue_city, e.venue_country,
                  m.role as "role?", m.status as "membership?", o.role as "organization_role?"
             from events e
             join organizations org on org.id = e.organization_id and org.deleted_at is null
             left join event_members m on m.event_id = e.id and m.user_id = $1
             left join organization_members o on o.organization_id = e.organization_id and o.user_id = $1
            where e.slug = $2 and e.status <> 'DELETED'"#,
        user,
        slug
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(TargetRow::of_event))
}

/// Only an active member, or one of the organization, can make others wait.
pub async fn lock_event_of(tx: &mut PgConnection, user: Uuid, slug: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "select e.id from events e
          where e.slug = $2 and e.status <> 'DELETED'
            and (exists (select 1 from event_members m
                          where m.event_id = e.id and m.user_id = $1 and m.status = 'ACTIVE')
                 or exists (select 1 from organization_members o
                             where o.organization_id = e.organization_id and o.user_id = $1))
            for no key update",
        user,
        slug
    )
    .fetch_optional(tx)
    .await
    .map(drop)
}
