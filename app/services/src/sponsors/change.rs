use domain::ids::SponsorId;
use domain::sponsors::{After, MAX_SPONSORS, Place, SponsorAction, may};
use domain::{Conflict, FieldErrors, SignedIn};
use uuid::Uuid;

use super::fields::SponsorFields;
use super::lists::hold;
use super::queries;
use crate::{Outcome, ServiceError, Services, db, events};

/// Asks the policy before a field is read, so that a refused person learns nothing of what fields there are: one
/// statement.
///
/// # Errors
/// As the policy for [`SponsorAction::Change`].
pub async fn may_change(services: &Services, person: &SignedIn, slug: &str) -> Outcome<()> {
    let event = events::standing(services, Some(person.user), slug).await?;
    Ok(may(SponsorAction::Change, event.visibility, &event.standing)?)
}

/// What the form for a new sponsor posts.
#[derive(Debug, Clone, Default)]
pub struct NewSponsor {
    /// Id of a tier; empty or `none` for no tier.
    pub tier: String,
    pub fields: SponsorFields,
    /// Made with the form: a second submit answers with the first sponsor.
    pub form_key: String,
}

/// Adds an active sponsor at the end of its tier.
///
/// # Errors
/// As the policy; [`FieldErrors`] per field, under `tier` when it is none of this event; [`Conflict::TierFull`],
/// [`Conflict::TooManySponsors`].
pub async fn create(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    new: &NewSponsor,
) -> Outcome<SponsorId> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let form_key = read_form_key(&new.form_key)?;
    if let Some(first) = held.lists.sponsors.iter().find(|sponsor| sponsor.form_key == form_key) {
        return Ok(SponsorId::new(first.id));
    }
    let (values, tier) = (new.fields.parse(), read_tier(&new.tier));
    let tier = tier.and_then(|tier| held.lists.chosen(tier, "tier"));
    let (values, tier) = match (values, tier) {
        (Ok(values), Ok(tier)) => (values, tier),
        (Err(mut errors), tier) => {
            errors.take("tier", tier.map_err(|_| "Choose a tier of this event."));
            return Err(errors.into());
        }
        (Ok(_), Err(errors)) => return Err(errors.into()),
    };
    if held.lists.sponsors.iter().filter(|sponsor| sponsor.deleted_at.is_none()).count() >= MAX_SPONSORS {
        return Err(Conflict::TooManySponsors { max: u32::try_from(MAX_SPONSORS).unwrap_or(u32::MAX) }.into());
    }
    held.lists.takes(tier, 1)?;
    let tier = tier.map(|tier| tier.id);
    let order_key = held.lists.make_place(&mut tx, held.event, tier, After::Last, None).await?;
    let id = services.rng.id(now);
    let row = queries::NewSponsorRow {
        id,
        event: held.event,
        tier,
        order_key: order_key.as_str(),
        form_key,
        by: person.user.get(),
        now,
    };
    queries::insert_sponsor(&mut tx, &row, &values).await?;
    tx.commit().await?;
    Ok(SponsorId::new(id))
}

/// Saves the fields that were sent, if nobody saved a newer version meanwhile.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`FieldErrors`] per field; [`Conflict::StaleEdit`].
pub async fn save(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    sponsor: SponsorId,
    fields: SponsorFields,
    version: i32,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    held.lists.sponsor(sponsor.get())?;
    let stored = queries::sponsor(&mut *tx, held.event, sponsor.get()).await?;
    let stored = stored.ok_or(ServiceError::NOT_FOUND)?;
    let (stored_version, editor) = (stored.version, stored.editor.clone());
    let values = fields.over(stored.into()).parse()?;
    if stored_version != version {
        return Err(stale(editor).into());
    }
    let by = person.user.get();
    queries::update_sponsor(&mut tx, held.event, sponsor.get(), by, &values, services.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Shows a sponsor on the event's pages, or hides it. What is so already stays so.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`Conflict::TierFull`] when the tier takes no more active ones.
pub async fn set_active(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    sponsor: SponsorId,
    is_active: bool,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let row = held.lists.sponsor(sponsor.get())?;
    if is_active && !row.is_active {
        held.lists.takes(row.tier_id.and_then(|tier| held.lists.tier(tier)), 1)?;
    }
    queries::set_active(&mut tx, held.event, sponsor.get(), is_active, services.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Marks a sponsor as featured, or not. What is so already stays so.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`].
pub async fn set_featured(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    sponsor: SponsorId,
    is_featured: bool,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    held.lists.sponsor(sponsor.get())?;
    queries::set_featured(&mut tx, held.event, sponsor.get(), is_featured, services.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves a sponsor within its tier or to another; answers the place it had.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`FieldErrors`] under `place` for a tier of another event;
/// [`Conflict::OrderChanged`] when the neighbour left the place meanwhile; [`Conflict::TierFull`].
pub async fn move_to(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    sponsor: SponsorId,
    place: Place,
) -> Outcome<Place> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let row = held.lists.sponsor(sponsor.get())?;
    let before = held.lists.place_of(row);
    let tier = held.lists.chosen(place.tier.map(domain::ids::SponsorTierId::get), "place")?;
    if row.is_active && row.tier_id != tier.map(|tier| tier.id) {
        held.lists.takes(tier, 1)?;
    }
    let tier = tier.map(|tier| tier.id);
    let moving = Some(sponsor.get());
    let order_key = held.lists.make_place(&mut tx, held.event, tier, place.after, moving).await?;
    let at = queries::At { tier, order_key: order_key.as_str() };
    queries::move_sponsor(&mut tx, held.event, sponsor.get(), at, services.clock.now()).await?;
    tx.commit().await?;
    Ok(before)
}

pub(super) fn stale(editor: Option<String>) -> Conflict {
    Conflict::StaleEdit { by: editor.unwrap_or_else(|| "Somebody".to_owned()) }
}

pub(super) fn read_form_key(text: &str) -> Result<Uuid, FieldErrors> {
    Uuid::parse_str(text).map_err(|_| FieldErrors::one("form", "Load this page again and retry."))
}

/// A tier as forms write it: its id, or nothing or `none`.
pub(super) fn read_tier(text: &str) -> Result<Option<Uuid>, FieldErrors> {
    match text.trim() {
        "" | "none" => Ok(None),
        id => Uuid::parse_str(id)
            .map(Some)
            .map_err(|_| FieldErrors::one("tier", "Choose a tier of this event.")),
    }
}
