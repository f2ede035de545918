use domain::ids::SponsorTierId;
use domain::sponsors::{MAX_TIERS, TierKey};
use domain::{Conflict, FieldErrors, SignedIn};

use super::change::{read_form_key, stale};
use super::fields::TierFields;
use super::lists::hold;
use super::queries;
use crate::{Outcome, ServiceError, Services, db};

/// What the form for a new tier posts.
#[derive(Debug, Clone, Default)]
pub struct NewTier {
    pub fields: TierFields,
    /// Made with the form: a second submit answers with the first tier.
    pub form_key: String,
}

/// Adds a tier below the others.
///
/// # Errors
/// As the policy; [`FieldErrors`] per field; [`Conflict::TooManyTiers`].
pub async fn create_tier(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    new: &NewTier,
) -> Outcome<SponsorTierId> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let form_key = read_form_key(&new.form_key)?;
    if let Some(first) = held.lists.tiers.iter().find(|tier| tier.form_key == form_key) {
        return Ok(SponsorTierId::new(first.id));
    }
    let values = new.fields.parse()?;
    let live: Vec<_> = held.lists.tiers.iter().filter(|tier| tier.deleted_at.is_none()).collect();
    if live.len() >= MAX_TIERS {
        return Err(too_many());
    }
    let taken: Vec<String> = held.lists.tiers.iter().map(|tier| tier.key.clone()).collect();
    let key = TierKey::from_name(values.name.as_str()).free_among(&taken);
    let last = live.last().map(|tier| tier.id);
    let order_key = held.lists.make_tier_place(&mut tx, held.event, last, None).await?;
    let id = services.rng.id(now);
    let row = queries::NewTierRow {
        id,
        event: held.event,
        key: key.as_str(),
        name: values.name.as_str(),
        colour: values.colour.as_str(),
        order_key: order_key.as_str(),
        max_sponsors: values.max_sponsors.get(),
        form_key,
        by: Some(person.user.get()),
        now,
    };
    queries::insert_tier(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(SponsorTierId::new(id))
}

/// Saves the fields that were sent, if nobody saved a newer version meanwhile.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`FieldErrors`] per field, under `max_sponsors` also for fewer than
/// are active now; [`Conflict::StaleEdit`].
pub async fn save_tier(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    tier: SponsorTierId,
    fields: TierFields,
    version: i32,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let row = held.lists.tier(tier.get()).ok_or(ServiceError::NOT_FOUND)?;
    let values = fields.over(row.into()).parse()?;
    let active = held.lists.active_in(row.id);
    if values.max_sponsors.get().is_some_and(|max| usize::try_from(max).is_ok_and(|max| max < active)) {
        let present = format!("It has {active} active sponsors. Hide or move some first.");
        return Err(FieldErrors::one("max_sponsors", present).into());
    }
    if row.version != version {
        return Err(stale(row.editor.clone()).into());
    }
    let by = person.user.get();
    queries::update_tier(&mut tx, held.event, row.id, by, &values, services.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves a tier after another one, or to the top.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`Conflict::OrderChanged`] when the other one is gone.
pub async fn move_tier(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    tier: SponsorTierId,
    after: Option<SponsorTierId>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    held.lists.tier(tier.get()).ok_or(ServiceError::NOT_FOUND)?;
    let after = after.map(SponsorTierId::get);
    let order_key = held.lists.make_tier_place(&mut tx, held.event, after, Some(tier.get())).await?;
    queries::move_tier(&mut tx, held.event, tier.get(), order_key.as_str(), services.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) fn too_many() -> ServiceError {
    Conflict::TooManyTiers { max: u32::try_from(MAX_TIERS).unwrap_or(u32::MAX) }.into()
}
