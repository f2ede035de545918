use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub async fn slug_by_form_key(
    tx: &mut PgConnection,
    user: Uuid,
    form_key: Uuid,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select slug from organizations where created_by = $1 and form_key = $2",
        user,
        form_key
    )
    .fetch_optional(tx)
    .await
}

pub async fn owned_count(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from organization_members m
             join organizations o on o.id = m.organization_id
            where m.user_id = $1 and m.role = 'OWNER' and o.deleted_at is null"#,
        user
    )
    .fetch_one(tx)
    .await
}

pub struct OrganizationRow<'a> {
    pub id: Uuid,
    pub slug: String,
    pub name: &'a str,
    pub description: Option<&'a str>,
    pub created_by: Uuid,
    pub form_key: Uuid,
    pub now: OffsetDateTime,
}

/// False when the slug is taken; the transaction stays usable.
pub async fn insert(tx: &mut PgConnection, row: &OrganizationRow<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into organizations (id, slug, name, description, created_by, form_key, created_at, updated_at)
         select $1, $2::text, $3, $4, $5, $6, $7, $7
          where not exists (select 1 from organization_former_slugs f where f.slug = $2)
         on conflict on constraint organizations_slug_unique do nothing",
        row.id,
        row.slug,
        row.name,
        row.description,
        row.created_by,
        row.form_key,
        row.now,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn insert_owner(
    tx: &mut PgConnection,
    organization: Uuid,
    user: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organization_members (organization_id, user_id, role, joined_at) values ($1, $2, 'OWNER', $3)",
        organization,
        user,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub struct SummaryRow {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub description: Option<String>,
    pub website: Option<String>,
    pub contact_email: Option<String>,
    pub default_time_zone: Option<String>,
    pub role: String,
    pub member_count: i64,
    pub owner_count: i64,
    pub event_count: i64,
}

/// Events are counted as the person may list them (specification 4.2).
pub async fn of_user(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<SummaryRow>> {
    sqlx::query_as!(
        SummaryRow,
        r#"select o.id, o.slug, o.name, o.description, o.website, o.contact_email, o.default_time_zone, m.role,
                  (select count(*) from organization_members c join users u on u.id = c.user_id
                    where c.organization_id = o.id and u.state = 'ACTIVE') as "member_count!",
                  (select count(*) from organization_members c join users u on u.id = c.user_id
                    where c.organization_id = o.id and c.role = 'OWNER' and u.state = 'ACTIVE') as "owner_count!",
                  (select count(*) from events e
                    where e.organization_id = o.id and e.status <> 'DELETED'
                      and (m.role in ('OWNER', 'ADMIN') or (e.visibility = 'PUBLIC' and e.status <> 'DRAFT')
                           or exists (select 1 from event_members em
                                       where em.event_id = e.id and em.user_id = $1 and em.status = 'ACTIVE')))
                    as "event_count!"
             from organization_members m join organizations o on o.id = m.organization_id
            where m.user_id = $1 and o.deleted_at is null
            order by lower(o.name), o.id
            limit 100"#,
        user
    )
    .fetch_all(db)
    .await
}

/// The organization as a member sees it, its events counted as they may list them; nothing for anybody else.
pub async fn visible_to(db: impl PgExecutor<'_>, user: Uuid, slug: &str) -> sqlx::Result<Option<SummaryRow>> {
    sqlx::query_as!(
        SummaryRow,
        r#"select o.id, o.slug, o.name, o.description, o.website, o.contact_email, o.default_time_zone, m.role,
                  (select count(*) from organization_members c join users u on u.id = c.user_id
                    where c.organization_id = o.id and u.state = 'ACTIVE') as "member_count!",
                  (select count(*) from organization_members c join users u on u.id = c.user_id
                    where c.organization_id = o.id and c.role = 'OWNER' and u.state = 'ACTIVE') as "owner_count!",
                  (select count(*) from events e
                    where e.organization_id = o.id and e.status <> 'DELETED'
                      and (m.role in ('OWNER', 'ADMIN') or (e.visibility = 'PUBLIC' and e.status <> 'DRAFT')
                           or exists (select 1 from event_members em
                                       where em.event_id = e.id and em.user_id = $1 and em.status = 'ACTIVE')))
                    as "event_count!"
             from organizations o
             join organization_members m on m.organization_id = o.id and m.user_id = $1
            where o.slug = $2 and o.deleted_at is null"#,
        user,
        slug
    )
    .fetch_optional(db)
    .await
}

/// Keeps it from being deleted until the transaction ends; false when it is.
pub async fn hold(tx: &mut PgConnection, organization: Uuid) -> sqlx::Result<bool> {
    let held = sqlx::query_scalar!(
        "select id from organizations where id = $1 and deleted_at is null for share",
        organization
    )
    .fetch_optional(tx)
    .await?;
    Ok(held.is_some())
}
