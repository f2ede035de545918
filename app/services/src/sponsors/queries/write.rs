use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::fields::SponsorValues;

pub struct NewSponsorRow<'a> {
    pub id: Uuid,
    pub event: Uuid,
    pub tier: Option<Uuid>,
    pub order_key: &'a str,
    pub form_key: Uuid,
    pub by: Uuid,
    pub now: OffsetDateTime,
}

/// A tier, or none, and the place in it.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub tier: Option<Uuid>,
    pub order_key: &'a str,
}

pub async fn insert_sponsor(
    tx: &mut PgConnection,
    row: &NewSponsorRow<'_>,
    values: &SponsorValues,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sponsors (id, event_id, tier_id, order_key, name, description, website, linkedin, x, youtube,
                               tiktok, instagram, facebook, other_link, benefits, contact_name, contact_email,
                               contact_phone, form_key, updated_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $21)",
        row.id,
        row.event,
        row.tier,
        row.order_key,
        values.name.as_str(),
        values.description.as_deref(),
        values.website.as_deref(),
        values.links.linkedin.as_deref(),
        values.links.x.as_deref(),
        values.links.youtube.as_deref(),
        values.links.tiktok.as_deref(),
        values.links.instagram.as_deref(),
        values.links.facebook.as_deref(),
        values.links.other.as_deref(),
        values.benefits.as_text(),
        values.contact.name.as_deref(),
        values.contact.email.as_deref(),
        values.contact.phone.as_deref(),
        row.form_key,
        row.by,
        row.now,
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn update_sponsor(
    tx: &mut PgConnection,
    event: Uuid,
    sponsor: Uuid,
    by: Uuid,
    values: &SponsorValues,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsors
            set name = $4, description = $5, website = $6, linkedin = $7, x = $8, youtube = $9, tiktok = $10,
                instagram = $11, facebook = $12, other_link = $13, benefits = $14, contact_name = $15,
                contact_email = $16, contact_phone = $17, version = version + 1, updated_by = $3, updated_at = $18
          where event_id = $1 and id = $2",
        event,
        sponsor,
        by,
        values.name.as_str(),
        values.description.as_deref(),
        values.website.as_deref(),
        values.links.linkedin.as_deref(),
        values.links.x.as_deref(),
        values.links.youtube.as_deref(),
        values.links.tiktok.as_deref(),
        values.links.instagram.as_deref(),
        values.links.facebook.as_deref(),
        values.links.other.as_deref(),
        values.benefits.as_text(),
        values.contact.name.as_deref(),
        values.contact.email.as_deref(),
        values.contact.phone.as_deref(),
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_active(
    tx: &mut PgConnection,
    event: Uuid,
    sponsor: Uuid,
    is_active: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsors set is_active = $3, updated_at = $4 where event_id = $1 and id = $2",
        event,
        sponsor,
        is_active,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_featured(
    tx: &mut PgConnection,
    event: Uuid,
    sponsor: Uuid,
    is_featured: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsors set is_featured = $3, updated_at = $4 where event_id = $1 and id = $2",
        event,
        sponsor,
        is_featured,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Chosen by somebody: it doesn't go back with a tier it left before.
pub async fn move_sponsor(
    tx: &mut PgConnection,
    event: Uuid,
    sponsor: Uuid,
    at: At<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsors set tier_id = $3, left_tier_id = null, order_key = $4, updated_at = $5
          where event_id = $1 and id = $2",
        event,
        sponsor,
        at.tier,
        at.order_key,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Their keys are the caller's to set in the same transaction.
pub async fn leave_tier(
    tx: &mut PgConnection,
    event: Uuid,
    tier: Uuid,
    target: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsors set tier_id = $3, left_tier_id = $2, updated_at = $4
          where event_id = $1 and tier_id = $2",
        event,
        tier,
        target,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

/// They keep their keys: nobody else can have come into a deleted tier.
pub async fn move_back(tx: &mut PgConnection, event: Uuid, tier: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsors set tier_id = $2, left_tier_id = null where event_id = $1 and left_tier_id = $2",
        event,
        tier
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_sponsor_keys(
    tx: &mut PgConnection,
    event: Uuid,
    sponsors: &[Uuid],
    keys: &[String],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsors s set order_key = spread.key
           from unnest($2::uuid[], $3::text[]) as spread (id, key)
          where s.event_id = $1 and s.id = spread.id",
        event,
        sponsors,
        keys
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_sponsor_deleted(
    tx: &mut PgConnection,
    event: Uuid,
    sponsor: Uuid,
    deleted_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsors set deleted_at = $3 where event_id = $1 and id = $2",
        event,
        sponsor,
        deleted_at
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The logo of a sponsor that is not deleted.
pub struct LogoRow {
    pub file: Option<Uuid>,
}

/// Locks the sponsor's row.
pub async fn logo(tx: &mut PgConnection, event: Uuid, sponsor: Uuid) -> sqlx::Result<Option<LogoRow>> {
    sqlx::query_as!(
        LogoRow,
        "select logo_file_id as file from sponsors
          where event_id = $1 and id = $2 and deleted_at is null
            for no key update",
        event,
        sponsor
    )
    .fetch_optional(tx)
    .await
}

pub async fn point_to_logo(
    tx: &mut PgConnection,
    event: Uuid,
    sponsor: Uuid,
    file: Option<Uuid>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsors set logo_file_id = $3 where event_id = $1 and id = $2",
        event,
        sponsor,
        file
    )
    .execute(tx)
    .await
    .map(drop)
}
