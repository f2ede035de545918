use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::fields::TierValues;

pub struct NewTierRow<'a> {
    pub id: Uuid,
    pub event: Uuid,
    pub key: &'a str,
    pub name: &'a str,
    pub colour: &'a str,
    pub order_key: &'a str,
    pub max_sponsors: Option<i32>,
    pub form_key: Uuid,
    pub by: Option<Uuid>,
    pub now: OffsetDateTime,
}

pub async fn insert_tier(tx: &mut PgConnection, tier: &NewTierRow<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sponsor_tiers (id, event_id, key, name, colour, order_key, max_sponsors, form_key, updated_by,
                                    created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        tier.id,
        tier.event,
        tier.key,
        tier.name,
        tier.colour,
        tier.order_key,
        tier.max_sponsors,
        tier.form_key,
        tier.by,
        tier.now,
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn update_tier(
    tx: &mut PgConnection,
    event: Uuid,
    tier: Uuid,
    by: Uuid,
    values: &TierValues,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsor_tiers
            set name = $4, colour = $5, max_sponsors = $6, version = version + 1, updated_by = $3, updated_at = $7
          where event_id = $1 and id = $2",
        event,
        tier,
        by,
        values.name.as_str(),
        values.colour.as_str(),
        values.max_sponsors.get(),
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn move_tier(
    tx: &mut PgConnection,
    event: Uuid,
    tier: Uuid,
    order_key: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsor_tiers set order_key = $3, updated_at = $4 where event_id = $1 and id = $2",
        event,
        tier,
        order_key,
        now
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_tier_keys(
    tx: &mut PgConnection,
    event: Uuid,
    tiers: &[Uuid],
    keys: &[String],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsor_tiers t set order_key = spread.key
           from unnest($2::uuid[], $3::text[]) as spread (id, key)
          where t.event_id = $1 and t.id = spread.id",
        event,
        tiers,
        keys
    )
    .execute(tx)
    .await
    .map(drop)
}

pub async fn set_tier_deleted(
    tx: &mut PgConnection,
    event: Uuid,
    tier: Uuid,
    deleted_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sponsor_tiers set deleted_at = $3 where event_id = $1 and id = $2",
        event,
        tier,
        deleted_at
    )
    .execute(tx)
    .await
    .map(drop)
}
