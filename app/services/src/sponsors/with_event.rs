use domain::fractional_index::OrderKey;
use domain::sponsors::DEFAULT_TIERS;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

/// Gives a new event its five tiers, in the transaction that creates it.
///
/// # Errors
/// Database errors only.
pub(crate) async fn create_default_tiers(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
) -> Outcome<()> {
    let now = services.clock.now();
    let order_keys = OrderKey::spread(DEFAULT_TIERS.len());
    for (tier, order_key) in DEFAULT_TIERS.into_iter().zip(order_keys) {
        let row = queries::NewTierRow {
            id: services.rng.id(now),
            event,
            key: tier.key,
            name: tier.name,
            colour: tier.colour,
            order_key: order_key.as_str(),
            max_sponsors: None,
            form_key: services.rng.id(now),
            by: None,
            now,
        };
        queries::insert_tier(tx, &row).await?;
    }
    Ok(())
}
