use domain::fractional_index::OrderKey;
use domain::ids::{SponsorId, SponsorTierId};
use domain::sponsors::{MAX_SPONSORS, MAX_TIERS};
use domain::{AppError, Conflict, FieldErrors, Gone, SignedIn};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::change::read_tier;
use super::lists::{Held, hold};
use super::queries::SponsorRow;
use super::{UNDO_TIME, queries, tiers};
use crate::{Outcome, ServiceError, Services, db};

/// Hides a sponsor at once; for ten minutes it can be brought back to its place.
///
/// # Errors
/// As the policy; [`AppError::NotFound`].
pub async fn delete(services: &Services, person: &SignedIn, slug: &str, sponsor: SponsorId) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    held.lists.sponsor(sponsor.get())?;
    let at = Some(services.clock.now());
    queries::set_sponsor_deleted(&mut tx, held.event, sponsor.get(), at).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings a sponsor back. One that is there already stays.
///
/// # Errors
/// As the policy; [`AppError::NotFound`]; [`Gone::UndoOver`]; [`Conflict::TierFull`], [`Conflict::TooManySponsors`].
pub async fn restore(services: &Services, person: &SignedIn, slug: &str, sponsor: SponsorId) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let row = held.lists.sponsors.iter().find(|row| row.id == sponsor.get());
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let Some(deleted_at) = row.deleted_at else { return Ok(()) };
    in_time(services, deleted_at)?;
    if held.lists.sponsors.iter().filter(|row| row.deleted_at.is_none()).count() >= MAX_SPONSORS {
        return Err(Conflict::TooManySponsors { max: u32::try_from(MAX_SPONSORS).unwrap_or(u32::MAX) }.into());
    }
    if row.is_active {
        held.lists.takes(row.tier_id.and_then(|tier| held.lists.tier(tier)), 1)?;
    }
    queries::set_sponsor_deleted(&mut tx, held.event, row.id, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Hides a tier at once and moves its sponsors to the end of another, or of those without one. For ten minutes it can be
/// brought back with the sponsors that were not moved since.
///
/// # Errors
/// As the policy; [`AppError::NotFound`]; [`FieldErrors`] under `move_to` when it has sponsors and no other place was
/// chosen for them; [`Conflict::TierFull`].
pub async fn delete_tier(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    tier: SponsorTierId,
    move_to: &str,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let row = held.lists.tier(tier.get()).ok_or(ServiceError::NOT_FOUND)?;
    let has_sponsors =
        held.lists.sponsors.iter().any(|s| s.tier_id == Some(row.id) && s.deleted_at.is_none());
    if has_sponsors && move_to.trim().is_empty() {
        return Err(FieldErrors::one("move_to", "Choose where its sponsors move.").into());
    }
    let target =
        read_tier(move_to).map_err(|_| FieldErrors::one("move_to", "Choose a tier of this event."))?;
    if target == Some(row.id) {
        return Err(FieldErrors::one("move_to", "Choose another tier than the one you delete.").into());
    }
    let target = held.lists.chosen(target, "move_to")?;
    held.lists.takes(target, held.lists.active_in(row.id))?;
    let target = target.map(|target| target.id);
    move_all(&mut tx, &held, row.id, target, services.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts them behind those that are there, by spreading the whole list anew.
async fn move_all(
    tx: &mut PgConnection,
    held: &Held,
    tier: Uuid,
    target: Option<Uuid>,
    now: OffsetDateTime,
) -> Outcome<()> {
    let of = |tier| held.lists.others_in(tier, None).into_iter().map(|row| row.id);
    let ids: Vec<Uuid> = of(target).chain(of(Some(tier))).collect();
    let keys: Vec<String> = OrderKey::spread(ids.len()).iter().map(|key| key.as_str().to_owned()).collect();
    queries::leave_tier(tx, held.event, tier, target, now).await?;
    queries::set_sponsor_keys(tx, held.event, &ids, &keys).await?;
    Ok(queries::set_tier_deleted(tx, held.event, tier, Some(now)).await?)
}

/// Brings a tier back to its place, with the sponsors that left it for its deletion and were not moved since. One that
/// is there already stays.
///
/// # Errors
/// As the policy; [`AppError::NotFound`]; [`Gone::UndoOver`]; [`Conflict::TooManyTiers`]; [`Conflict::TierFull`] when
/// more of them are active by now than it takes.
pub async fn restore_tier(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    tier: SponsorTierId,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let row = held.lists.tiers.iter().find(|row| row.id == tier.get()).ok_or(ServiceError::NOT_FOUND)?;
    let Some(deleted_at) = row.deleted_at else { return Ok(()) };
    in_time(services, deleted_at)?;
    if held.lists.tiers.iter().filter(|row| row.deleted_at.is_none()).count() >= MAX_TIERS {
        return Err(tiers::too_many());
    }
    let returning = |sponsor: &&SponsorRow| {
        sponsor.left_tier_id == Some(row.id) && sponsor.is_active && sponsor.deleted_at.is_none()
    };
    held.lists.takes(Some(row), held.lists.sponsors.iter().filter(returning).count())?;
    queries::set_tier_deleted(&mut tx, held.event, row.id, None).await?;
    queries::move_back(&mut tx, held.event, row.id).await?;
    tx.commit().await?;
    Ok(())
}

fn in_time(services: &Services, deleted_at: OffsetDateTime) -> Result<(), AppError> {
    let is_over = deleted_at + UNDO_TIME <= services.clock.now();
    if is_over { Err(AppError::Gone(Gone::UndoOver)) } else { Ok(()) }
}

/// Removes for good what can't be brought back any more.
///
/// # Errors
/// Database errors only.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let before = services.clock.now() - UNDO_TIME;
    queries::remove_deleted_sponsors(&services.db, before).await?;
    Ok(queries::remove_deleted_tiers(&services.db, before).await?)
}
