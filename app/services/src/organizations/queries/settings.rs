use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::organizations::settings::SettingsValues;

pub struct SettingsRow {
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub website: Option<String>,
    pub contact_email: Option<String>,
    pub default_time_zone: Option<String>,
    pub mail_from_name: Option<String>,
    pub version: i32,
}

pub async fn settings(db: impl PgExecutor<'_>, organization: Uuid) -> sqlx::Result<SettingsRow> {
    sqlx::query_as!(
        SettingsRow,
        "select name, slug, description, website, contact_email, default_time_zone, mail_from_name, version
           from organizations where id = $1",
        organization
    )
    .fetch_one(db)
    .await
}

/// False when the version is another one by now. The address is set by [`set_slug`].
pub async fn update_settings(
    tx: &mut PgConnection,
    organization: Uuid,
    by: Uuid,
    version: i32,
    values: &SettingsValues,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update organizations
            set name = $4, description = $5, website = $6, contact_email = $7, default_time_zone = $8,
                mail_from_name = $9, version = version + 1, updated_by = $2, updated_at = $10
          where id = $1 and version = $3",
        organization,
        by,
        version,
        values.name.as_str(),
        values.description.as_deref(),
        values.website.as_ref().map(|website| website.as_str()),
        values.contact_email.as_ref().map(|email| email.as_str()),
        values.default_time_zone.as_ref().map(|zone| zone.as_str()),
        values.mail_from_name.as_deref(),
        now,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The full name of who saved last.
pub async fn last_editor(tx: &mut PgConnection, organization: Uuid) -> sqlx::Result<Option<String>> {
    let name = sqlx::query_scalar!(
        r#"select trim(u.first_name || ' ' || u.last_name) as "name!"
             from organizations o join users u on u.id = o.updated_by
            where o.id = $1"#,
        organization
    )
    .fetch_optional(tx)
    .await?;
    Ok(name)
}

/// Waits for whoever is about to give this address up or take it.
pub async fn set_slug(tx: &mut PgConnection, organization: Uuid, slug: &str) -> sqlx::Result<()> {
    sqlx::query!("update organizations set slug = $2 where id = $1", organization, slug)
        .execute(tx)
        .await
        .map(drop)
}

pub async fn is_former_slug_of_another(
    tx: &mut PgConnection,
    organization: Uuid,
    slug: &str,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select 1 from organization_former_slugs where slug = $2 and organization_id <> $1) as "exists!""#,
        organization,
        slug
    )
    .fetch_one(tx)
    .await
}

pub async fn take_back_slug(tx: &mut PgConnection, organization: Uuid, slug: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from organization_former_slugs where slug = $2 and organization_id = $1",
        organization,
        slug
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn retire_slug(
    tx: &mut PgConnection,
    organization: Uuid,
    slug: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organization_former_slugs (slug, organization_id, retired_at) values ($2, $1, $3)",
        organization,
        slug,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn free_former_slugs(tx: &mut PgConnection, organization: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from organization_former_slugs where organization_id = $1", organization)
        .execute(tx)
        .await
        .map(drop)
}

pub async fn former_slugs(db: impl PgExecutor<'_>, organization: Uuid) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select slug from organization_former_slugs where organization_id = $1
          order by retired_at desc, slug limit 100",
        organization
    )
    .fetch_all(db)
    .await
}

/// The present address of the organization that had this one, if the person is its member.
pub async fn slug_after(db: impl PgExecutor<'_>, user: Uuid, former: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select o.slug
           from organization_former_slugs f
           join organizations o on o.id = f.organization_id and o.deleted_at is null
           join organization_members m on m.organization_id = o.id and m.user_id = $1
          where f.slug = $2",
        user,
        former
    )
    .fetch_optional(db)
    .await
}
