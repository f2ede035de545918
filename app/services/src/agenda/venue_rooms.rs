use domain::agenda::{MAX_VENUE_ROOMS, PlaceDescription, RoomCapacity, VenueRoomName};
use domain::ids::{EventId, VenueRoomId};
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;

use super::changes::{Told, Turn, note};
use super::drafts::Goes;
use super::hold::{Held, hold, read_form_key};
use super::order::{At, Place, Placed, make_place};
use super::queries::{self, PlaceRow};
use super::whole::{self, Reach};
use crate::db::violated;
use crate::{Outcome, ServiceError, Services, db};

/// The fields of a venue room as typed; on edit, those that were not sent stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VenueRoomFields {
    pub name: Option<String>,
    pub description: Option<String>,
    pub capacity: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Clone)]
pub(super) struct VenueRoomValues {
    pub name: VenueRoomName,
    pub description: PlaceDescription,
    pub capacity: RoomCapacity,
}

/// What the form for a new venue room posts.
#[derive(Debug, Clone, Default)]
pub struct NewVenueRoom {
    pub fields: VenueRoomFields,
    /// Made with the form: a second submit answers with the first room.
    pub form_key: String,
}

impl VenueRoomFields {
    fn parse(&self) -> Result<VenueRoomValues, FieldErrors> {
        let typed = |field: &Option<String>| field.clone().unwrap_or_default();
        let mut errors = FieldErrors::default();
        let name = errors.take("name", VenueRoomName::parse(&typed(&self.name)));
        let description = errors.take("description", PlaceDescription::parse(&typed(&self.description)));
        let capacity = errors.take("capacity", RoomCapacity::parse(&typed(&self.capacity)));
        match (name, description, capacity) {
            (Some(name), Some(description), Some(capacity)) => {
                Ok(VenueRoomValues { name, description, capacity })
            }
            _ => Err(errors),
        }
    }
}

/// Adds a venue room behind the others.
///
/// # Errors
/// As the policy; [`FieldErrors`] per field, under `name` also for one that is taken; [`Conflict::AgendaFull`].
pub async fn create_venue_room(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    new: &NewVenueRoom,
) -> Outcome<VenueRoomId> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let rooms = rooms(&mut tx, &held).await?;
    let form_key = read_form_key(&new.form_key)?;
    if let Some(first) = rooms.iter().find(|room| room.form_key == form_key) {
        return Ok(VenueRoomId::new(first.id));
    }
    let values = new.fields.parse()?;
    if rooms.len() >= MAX_VENUE_ROOMS {
        let max = u32::try_from(MAX_VENUE_ROOMS).unwrap_or(u32::MAX);
        return Err(Conflict::AgendaFull { of: "rooms".to_owned(), max }.into());
    }
    let place = make_place(&placed(&rooms), At::Last, None)?;
    queries::set_venue_room_keys(&mut tx, held.event, &place.others).await?;
    let id = services.rng.id(now);
    let row = queries::NewPlaceRow {
        id,
        event: held.event,
        order_key: place.order_key.as_str(),
        form_key,
        by: person.user.get(),
        now,
    };
    queries::insert_venue_room(&mut tx, &row, &values).await.map_err(taken)?;
    tx.commit().await?;
    Ok(VenueRoomId::new(id))
}

/// Saves the fields that were sent, if nobody saved a newer version meanwhile. A new name is a change of every session
/// there.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`FieldErrors`] per field; [`Conflict::StaleEdit`].
pub async fn save_venue_room(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: VenueRoomId,
    fields: VenueRoomFields,
    version: i32,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let rooms = rooms(&mut tx, &held).await?;
    let stored = rooms.iter().find(|row| row.id == room.get()).ok_or(ServiceError::NOT_FOUND)?;
    let fields = VenueRoomFields {
        name: fields.name.or(Some(stored.name.clone())),
        description: fields.description.or(stored.description.clone()),
        capacity: fields.capacity.or(stored.capacity.map(|people| people.to_string())),
    };
    let values = fields.parse()?;
    if stored.version != version {
        let by = stored.editor.clone().unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    let key = (held.event, room.get());
    queries::update_venue_room(&mut tx, key, person.user.get(), &values, services.clock.now())
        .await
        .map_err(taken)?;
    if stored.name != values.name.as_str() {
        let name = values.name.as_str().to_owned();
        note_all(services, &mut tx, &held, room, &stored.name, Some(&name)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Moves a venue room behind another one, or to the front.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`Conflict::OrderChanged`] when that one is not there any more.
pub async fn move_venue_room(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: VenueRoomId,
    after: Option<VenueRoomId>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let rooms = rooms(&mut tx, &held).await?;
    rooms.iter().find(|row| row.id == room.get()).ok_or(ServiceError::NOT_FOUND)?;
    let at = after.map_or(At::First, |after| At::After(after.get()));
    let Place { order_key, mut others } = make_place(&placed(&rooms), at, Some(room.get()))?;
    others.push((room.get(), order_key.as_str().to_owned()));
    queries::set_venue_room_keys(&mut tx, held.event, &others).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes a venue room; its sessions stay, without a room.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`].
pub async fn delete_venue_room(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: VenueRoomId,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let rooms = rooms(&mut tx, &held).await?;
    let stored = rooms.iter().find(|row| row.id == room.get()).ok_or(ServiceError::NOT_FOUND)?;
    note_all(services, &mut tx, &held, room, &stored.name, None).await?;
    queries::delete_venue_room(&mut tx, held.event, room.get()).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes for every session there that its room is called otherwise, or gone, which everybody sees at once; what is held
/// and leads there says so from here on.
async fn note_all(
    services: &Services,
    tx: &mut PgConnection,
    held: &Held,
    room: VenueRoomId,
    was: &str,
    is: Option<&str>,
) -> Outcome<()> {
    let sessions = whole::sessions(tx, EventId::new(held.event), Reach::Scheduled).await?;
    let there =
        sessions.into_iter().filter(|session| session.room.as_ref().is_some_and(|found| found.id == room));
    let turns: Vec<Turn> = there
        .map(|session| {
            let (title, times, status) = (session.title, session.times, session.status);
            let before = Told { title, times, room: Some(was.to_owned()), status };
            let after = Told { room: is.map(ToOwned::to_owned), ..before.clone() };
            (session.id.get(), before, after)
        })
        .collect();
    note(services, tx, held, Goes::Out, &turns).await?;
    Ok(queries::rename_room_in_held(tx, held.event, was, is).await?)
}

async fn rooms(tx: &mut PgConnection, held: &Held) -> Outcome<Vec<PlaceRow>> {
    let places = queries::places(tx, held.event).await?;
    Ok(places.into_iter().filter(|place| place.is_room).collect())
}

pub(super) fn placed(rows: &[PlaceRow]) -> Vec<Placed> {
    rows.iter().map(|row| Placed { id: row.id, order_key: row.order_key.clone() }).collect()
}

/// A name that another room of the event has.
fn taken(error: sqlx::Error) -> ServiceError {
    match violated(&error) {
        Some("venue_rooms_name_unique") => {
            FieldErrors::one("name", "Another room of this event has this name.").into()
        }
        _ => error.into(),
    }
}
