use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// Locks the organizations a person owns, in the order of their ids.
pub async fn lock_owned(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select o.id from organizations o
          where o.deleted_at is null
            and exists (select 1 from organization_members m
                         where m.organization_id = o.id and m.user_id = $1 and m.role = 'OWNER')
          order by o.id
          limit 1000
            for no key update",
        user
    )
    .fetch_all(tx)
    .await
}

pub struct OwnedRow {
    pub name: String,
    pub slug: String,
    pub has_other_owner: bool,
}

/// The organizations a person owns; owners whose accounts are closed count for nothing.
pub async fn owned(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<Vec<OwnedRow>> {
    sqlx::query_as!(
        OwnedRow,
        r#"select o.name, o.slug,
                  exists (select 1 from organization_members c join users u on u.id = c.user_id
                           where c.organization_id = o.id and c.role = 'OWNER' and c.user_id <> $1
                             and u.state = 'ACTIVE') as "has_other_owner!"
             from organization_members m join organizations o on o.id = m.organization_id
            where m.user_id = $1 and m.role = 'OWNER' and o.deleted_at is null
            order by lower(o.name), o.id
            limit 1000"#,
        user
    )
    .fetch_all(tx)
    .await
}

pub async fn delete_memberships(tx: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from organization_members where user_id = $1", user).execute(tx).await.map(drop)
}

pub struct MembershipRow {
    pub name: String,
    pub slug: String,
    pub role: String,
    pub joined_at: OffsetDateTime,
}

pub async fn memberships(db: impl PgExecutor<'_>, user: Uuid) -> sqlx::Result<Vec<MembershipRow>> {
    sqlx::query_as!(
        MembershipRow,
        "select o.name, o.slug, m.role, m.joined_at
           from organization_members m join organizations o on o.id = m.organization_id
          where m.user_id = $1 and o.deleted_at is null
          order by m.joined_at, o.id
          limit 10000",
        user
    )
    .fetch_all(db)
    .await
}
