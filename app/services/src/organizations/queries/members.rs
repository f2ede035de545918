use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// What to look for among the members of one organization.
pub struct Wanted<'a> {
    pub organization: Uuid,
    pub text: &'a str,
    pub role: Option<&'a str>,
    pub in_addresses: bool,
}

pub async fn count_members(db: impl PgExecutor<'_>, wanted: &Wanted<'_>) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from organization_members m join users u on u.id = m.user_id
            where m.organization_id = $1 and u.state = 'ACTIVE' and ($3::text is null or m.role = $3)
              and ($2 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($2)) > 0
                   or ($4 and strpos(u.email, lower($2)) > 0))"#,
        wanted.organization,
        wanted.text,
        wanted.role,
        wanted.in_addresses
    )
    .fetch_one(db)
    .await
}

pub struct MemberRow {
    pub user_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub avatar_file_id: Option<Uuid>,
    pub email: String,
    pub role: String,
    pub joined_at: OffsetDateTime,
    pub is_blocked: bool,
}

/// By name, then by id. Blocked is whom `viewer` blocks: who blocks them must look like everybody else.
pub async fn members(
    db: impl PgExecutor<'_>,
    wanted: &Wanted<'_>,
    viewer: Uuid,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<MemberRow>> {
    sqlx::query_as!(
        MemberRow,
        r#"select m.user_id, u.first_name, u.last_name, u.avatar_file_id, u.email, m.role, m.joined_at,
                  exists (select 1 from user_blocks b
                           where b.blocker_id = $7 and b.blocked_id = u.id) as "is_blocked!"
             from organization_members m join users u on u.id = m.user_id
            where m.organization_id = $1 and u.state = 'ACTIVE' and ($3::text is null or m.role = $3)
              and ($2 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($2)) > 0
                   or ($4 and strpos(u.email, lower($2)) > 0))
            order by lower(u.first_name), lower(u.last_name), m.user_id
            limit $5 offset $6"#,
        wanted.organization,
        wanted.text,
        wanted.role,
        wanted.in_addresses,
        limit,
        offset,
        viewer
    )
    .fetch_all(db)
    .await
}

pub struct LockedRow {
    pub id: Uuid,
    pub name: String,
}

/// Only a member can make others wait.
pub async fn lock_organization(
    tx: &mut PgConnection,
    user: Uuid,
    slug: &str,
) -> sqlx::Result<Option<LockedRow>> {
    sqlx::query_as!(
        LockedRow,
        "select o.id, o.name from organizations o
          where o.slug = $2 and o.deleted_at is null
            and exists (select 1 from organization_members m where m.organization_id = o.id and m.user_id = $1)
            for no key update",
        user,
        slug
    )
    .fetch_optional(tx)
    .await
}

pub struct CounterpartRow {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub role: String,
    pub is_active: bool,
}

/// Also of somebody who closed their account: they may come back, with the role they have then.
pub async fn member(
    tx: &mut PgConnection,
    organization: Uuid,
    user: Uuid,
) -> sqlx::Result<Option<CounterpartRow>> {
    sqlx::query_as!(
        CounterpartRow,
        r#"select u.first_name, u.last_name, u.email, m.role, u.state = 'ACTIVE' as "is_active!"
           from organization_members m join users u on u.id = m.user_id
          where m.organization_id = $1 and m.user_id = $2"#,
        organization,
        user
    )
    .fetch_optional(tx)
    .await
}

/// Owners who can act: those who closed their account can't.
pub async fn owners(tx: &mut PgConnection, organization: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from organization_members m join users u on u.id = m.user_id
            where m.organization_id = $1 and m.role = 'OWNER' and u.state = 'ACTIVE'"#,
        organization
    )
    .fetch_one(tx)
    .await
}

pub async fn set_role(tx: &mut PgConnection, organization: Uuid, user: Uuid, role: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update organization_members set role = $3 where organization_id = $1 and user_id = $2",
        organization,
        user,
        role
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn delete_member(tx: &mut PgConnection, organization: Uuid, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from organization_members where organization_id = $1 and user_id = $2",
        organization,
        user
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Everybody else with an account in use and this in their name.
pub async fn count_heirs(
    db: impl PgExecutor<'_>,
    organization: Uuid,
    but: Uuid,
    text: &str,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from organization_members m join users u on u.id = m.user_id
            where m.organization_id = $1 and m.user_id <> $2 and u.state = 'ACTIVE'
              and ($3 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($3)) > 0)"#,
        organization,
        but,
        text
    )
    .fetch_one(db)
    .await
}

pub struct HeirRow {
    pub user_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub role: String,
}

/// The first of them: admins before members, then by name.
pub async fn heirs(
    db: impl PgExecutor<'_>,
    organization: Uuid,
    but: Uuid,
    text: &str,
    limit: i64,
) -> sqlx::Result<Vec<HeirRow>> {
    sqlx::query_as!(
        HeirRow,
        "select m.user_id, u.first_name, u.last_name, m.role
           from organization_members m join users u on u.id = m.user_id
          where m.organization_id = $1 and m.user_id <> $2 and u.state = 'ACTIVE'
            and ($3 = '' or strpos(lower(u.first_name || ' ' || u.last_name), lower($3)) > 0)
          order by m.role = 'MEMBER', lower(u.first_name), lower(u.last_name), m.user_id
          limit $4",
        organization,
        but,
        text,
        limit
    )
    .fetch_all(db)
    .await
}
