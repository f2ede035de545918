use domain::agenda::{MAX_TRACKS, TrackName};
use domain::ids::TrackId;
use domain::sponsors::Colour;
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;

use super::hold::{Held, hold, read_form_key};
use super::order::{At, Place, make_place};
use super::queries::{self, PlaceRow};
use super::venue_rooms::placed;
use crate::db::violated;
use crate::{Outcome, ServiceError, Services, db};

/// The fields of a track as typed; on edit, those that were not sent stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrackFields {
    pub name: Option<String>,
    pub colour: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Clone)]
pub(super) struct TrackValues {
    pub name: TrackName,
    pub colour: Colour,
}

/// What the form for a new track posts.
#[derive(Debug, Clone, Default)]
pub struct NewTrack {
    pub fields: TrackFields,
    /// Made with the form: a second submit answers with the first track.
    pub form_key: String,
}

impl TrackFields {
    fn parse(&self) -> Result<TrackValues, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", TrackName::parse(self.name.as_deref().unwrap_or_default()));
        let colour = errors.take("colour", Colour::parse(self.colour.as_deref().unwrap_or_default()));
        name.zip(colour).map(|(name, colour)| TrackValues { name, colour }).ok_or(errors)
    }
}

/// Adds a track behind the others.
///
/// # Errors
/// As the policy; [`FieldErrors`] per field, under `name` also for one that is taken; [`Conflict::AgendaFull`].
pub async fn create_track(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    new: &NewTrack,
) -> Outcome<TrackId> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let tracks = tracks(&mut tx, &held).await?;
    let form_key = read_form_key(&new.form_key)?;
    if let Some(first) = tracks.iter().find(|track| track.form_key == form_key) {
        return Ok(TrackId::new(first.id));
    }
    let values = new.fields.parse()?;
    if tracks.len() >= MAX_TRACKS {
        let max = u32::try_from(MAX_TRACKS).unwrap_or(u32::MAX);
        return Err(Conflict::AgendaFull { of: "tracks".to_owned(), max }.into());
    }
    let place = make_place(&placed(&tracks), At::Last, None)?;
    queries::set_track_keys(&mut tx, held.event, &place.others).await?;
    let id = services.rng.id(now);
    let row = queries::NewPlaceRow {
        id,
        event: held.event,
        order_key: place.order_key.as_str(),
        form_key,
        by: person.user.get(),
        now,
    };
    queries::insert_track(&mut tx, &row, &values).await.map_err(taken)?;
    tx.commit().await?;
    Ok(TrackId::new(id))
}

/// Saves the fields that were sent, if nobody saved a newer version meanwhile.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`FieldErrors`] per field; [`Conflict::StaleEdit`].
pub async fn save_track(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    track: TrackId,
    fields: TrackFields,
    version: i32,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let tracks = tracks(&mut tx, &held).await?;
    let stored = tracks.iter().find(|row| row.id == track.get()).ok_or(ServiceError::NOT_FOUND)?;
    let fields = TrackFields {
        name: fields.name.or(Some(stored.name.clone())),
        colour: fields.colour.or(stored.colour.clone()),
    };
    let values = fields.parse()?;
    if stored.version != version {
        let by = stored.editor.clone().unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    let key = (held.event, track.get());
    queries::update_track(&mut tx, key, person.user.get(), &values, services.clock.now())
        .await
        .map_err(taken)?;
    tx.commit().await?;
    Ok(())
}

/// Moves a track behind another one, or to the front.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`Conflict::OrderChanged`] when that one is not there any more.
pub async fn move_track(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    track: TrackId,
    after: Option<TrackId>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let tracks = tracks(&mut tx, &held).await?;
    tracks.iter().find(|row| row.id == track.get()).ok_or(ServiceError::NOT_FOUND)?;
    let at = after.map_or(At::First, |after| At::After(after.get()));
    let Place { order_key, mut others } = make_place(&placed(&tracks), at, Some(track.get()))?;
    others.push((track.get(), order_key.as_str().to_owned()));
    queries::set_track_keys(&mut tx, held.event, &others).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes a track; its sessions stay, without one.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`].
pub async fn delete_track(services: &Services, person: &SignedIn, slug: &str, track: TrackId) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    if !queries::delete_track(&mut tx, held.event, track.get()).await? {
        return Err(ServiceError::NOT_FOUND);
    }
    tx.commit().await?;
    Ok(())
}

async fn tracks(tx: &mut PgConnection, held: &Held) -> Outcome<Vec<PlaceRow>> {
    let places = queries::places(tx, held.event).await?;
    Ok(places.into_iter().filter(|place| !place.is_room).collect())
}

/// A name that another track of the event has.
fn taken(error: sqlx::Error) -> ServiceError {
    match violated(&error) {
        Some("tracks_name_unique") => {
            FieldErrors::one("name", "Another track of this event has this name.").into()
        }
        _ => error.into(),
    }
}
