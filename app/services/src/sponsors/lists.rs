use domain::fractional_index::{Insertion, OrderKey, OrderKeyError, insert_at};
use domain::ids::{SponsorId, SponsorTierId};
use domain::sponsors::{After, Place, SponsorAction, may};
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries::{self, SponsorRow, TierRow};
use crate::{Outcome, ServiceError, Services, events};

/// All tiers and sponsors of an event in their order, those that can still be brought back included: they keep their
/// places. At most 30 and 500 but for what was just deleted.
pub(super) struct Lists {
    pub tiers: Vec<TierRow>,
    pub sponsors: Vec<SponsorRow>,
}

/// An event whose sponsors nobody else changes until the transaction ends.
pub(super) struct Held {
    pub event: Uuid,
    pub lists: Lists,
}

/// Locks the event for somebody who may change its sponsors.
///
/// # Errors
/// As the policy for [`SponsorAction::Change`].
pub(super) async fn hold(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
) -> Outcome<Held> {
    let event = events::hold(services, tx, person.user, slug).await?;
    may(SponsorAction::Change, event.visibility, &event.standing)?;
    let tiers = queries::tiers(&mut *tx, event.id).await?;
    let sponsors = queries::sponsors(&mut *tx, event.id).await?;
    Ok(Held { event: event.id, lists: Lists { tiers, sponsors } })
}

impl Lists {
    /// A tier that is not deleted.
    pub fn tier(&self, id: Uuid) -> Option<&TierRow> {
        self.tiers.iter().find(|tier| tier.id == id && tier.deleted_at.is_none())
    }

    /// A sponsor that is not deleted.
    ///
    /// # Errors
    /// [`domain::AppError::NotFound`].
    pub fn sponsor(&self, id: Uuid) -> Outcome<&SponsorRow> {
        let found = self.sponsors.iter().find(|sponsor| sponsor.id == id && sponsor.deleted_at.is_none());
        found.ok_or(ServiceError::NOT_FOUND)
    }

    /// The tier somebody chose, which may be none.
    ///
    /// # Errors
    /// [`FieldErrors`] under `field` when it is no tier of this event.
    pub fn chosen(&self, tier: Option<Uuid>, field: &str) -> Result<Option<&TierRow>, FieldErrors> {
        let gone = || FieldErrors::one(field, "Choose a tier of this event.");
        tier.map(|id| self.tier(id).ok_or_else(gone)).transpose()
    }

    pub fn active_in(&self, tier: Uuid) -> usize {
        let counts = |sponsor: &&SponsorRow| {
            sponsor.tier_id == Some(tier) && sponsor.is_active && sponsor.deleted_at.is_none()
        };
        self.sponsors.iter().filter(counts).count()
    }

    /// Whether a tier takes that many more active sponsors.
    ///
    /// # Errors
    /// [`Conflict::TierFull`].
    pub fn takes(&self, tier: Option<&TierRow>, more: usize) -> Result<(), Conflict> {
        let Some((tier, max)) = tier.and_then(|tier| Some((tier, u32::try_from(tier.max_sponsors?).ok()?)))
        else {
            return Ok(());
        };
        let fits = self.active_in(tier.id) + more <= max as usize;
        if fits { Ok(()) } else { Err(Conflict::TierFull { tier: tier.name.clone(), max }) }
    }

    /// Everybody in a tier but one, deleted ones included.
    pub fn others_in(&self, tier: Option<Uuid>, but: Option<Uuid>) -> Vec<&SponsorRow> {
        let stays = |sponsor: &&SponsorRow| sponsor.tier_id == tier && Some(sponsor.id) != but;
        self.sponsors.iter().filter(stays).collect()
    }

    /// Where a sponsor stands among those that are not deleted.
    pub fn place_of(&self, sponsor: &SponsorRow) -> Place {
        let before = self
            .sponsors
            .iter()
            .filter(|other| other.tier_id == sponsor.tier_id && other.deleted_at.is_none())
            .take_while(|other| other.id != sponsor.id)
            .last();
        let after = before.map_or(After::First, |other| After::Sponsor(SponsorId::new(other.id)));
        Place { tier: sponsor.tier_id.map(SponsorTierId::new), after }
    }

    /// Makes a place in a tier's list for a sponsor, who may be of it already.
    ///
    /// # Errors
    /// [`Conflict::OrderChanged`] when the neighbour is not there any more.
    pub async fn make_place(
        &self,
        tx: &mut PgConnection,
        event: Uuid,
        tier: Option<Uuid>,
        after: After,
        sponsor: Option<Uuid>,
    ) -> Outcome<OrderKey> {
        let others = self.others_in(tier, sponsor);
        let index = match after {
            After::First => 0,
            After::Last => others.len(),
            After::Sponsor(id) => {
                let is_it = |other: &&SponsorRow| other.id == id.get() && other.deleted_at.is_none();
                others.iter().position(is_it).ok_or(Conflict::OrderChanged)? + 1
            }
        };
        let keys = read_keys(others.iter().map(|other| other.order_key.as_str()))?;
        match insert_at(&keys, index).map_err(broken)? {
            Insertion::At(key) => Ok(key),
            Insertion::Rebalanced { at, others: keys } => {
                let ids: Vec<Uuid> = others.iter().map(|other| other.id).collect();
                queries::set_sponsor_keys(tx, event, &ids, &texts(&keys)).await?;
                Ok(at)
            }
        }
    }

    /// Makes a place in the list of tiers: after one of them, or at the start.
    ///
    /// # Errors
    /// [`Conflict::OrderChanged`] when that one is not there any more.
    pub async fn make_tier_place(
        &self,
        tx: &mut PgConnection,
        event: Uuid,
        after: Option<Uuid>,
        moving: Option<Uuid>,
    ) -> Outcome<OrderKey> {
        let others: Vec<&TierRow> = self.tiers.iter().filter(|tier| Some(tier.id) != moving).collect();
        let index = match after {
            None => 0,
            Some(id) => {
                let is_it = |other: &&TierRow| other.id == id && other.deleted_at.is_none();
                others.iter().position(is_it).ok_or(Conflict::OrderChanged)? + 1
            }
        };
        let keys = read_keys(others.iter().map(|other| other.order_key.as_str()))?;
        match insert_at(&keys, index).map_err(broken)? {
            Insertion::At(key) => Ok(key),
            Insertion::Rebalanced { at, others: keys } => {
                let ids: Vec<Uuid> = others.iter().map(|other| other.id).collect();
                queries::set_tier_keys(tx, event, &ids, &texts(&keys)).await?;
                Ok(at)
            }
        }
    }
}

fn read_keys<'a>(stored: impl Iterator<Item = &'a str>) -> Outcome<Vec<OrderKey>> {
    stored.map(|key| OrderKey::parse(key).map_err(broken)).collect()
}

fn texts(keys: &[OrderKey]) -> Vec<String> {
    keys.iter().map(|key| key.as_str().to_owned()).collect()
}

fn broken(error: OrderKeyError) -> ServiceError {
    ServiceError::Broken(format!("stored order keys: {error}"))
}
