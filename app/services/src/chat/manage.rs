//! What organizers do to the list of rooms of their event (specification 14.10). Whoever changes it holds the event's row.

use domain::chat::{MAX_ROOMS, RoomDescription, RoomKind, RoomName, RoomView};
use domain::events::EventAction;
use domain::ids::{ChatRoomId, EventId};
use domain::{AppError, Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::announce::{self, News};
use super::queries;
use crate::db::OnConstraint as _;
use crate::{Outcome, ServiceError, Services, db, events};

/// What the forms of a room post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoomFields {
    pub name: String,
    pub description: String,
}

struct RoomValues {
    name: RoomName,
    description: RoomDescription,
}

impl RoomFields {
    fn parse(&self) -> Result<RoomValues, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", RoomName::parse(&self.name));
        let description = errors.take("description", RoomDescription::parse(&self.description));
        match (name, description) {
            (Some(name), Some(description)) => Ok(RoomValues { name, description }),
            _ => Err(errors),
        }
    }
}

/// Adds an open room behind the others of its kind. A second submit of the form answers with the first room.
///
/// # Errors
/// As the policy for [`EventAction::ManageRooms`]; [`FieldErrors`] per field, under `name` when it is taken;
/// [`Conflict::TooManyRooms`].
pub async fn create(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    kind: &str,
    fields: &RoomFields,
    form_key: &str,
) -> Outcome<ChatRoomId> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person, slug, EventAction::ManageRooms).await?;
    let form_key =
        Uuid::parse_str(form_key).map_err(|_| FieldErrors::one("form", "Load this page again and retry."))?;
    if let Some(first) = queries::room_of_form(&mut tx, event, form_key).await? {
        return Ok(ChatRoomId::new(first));
    }
    let (kind, values) = read_new(kind, fields)?;
    let live = queries::stored_rooms(&mut *tx, event).await?;
    if live.iter().filter(|room| room.deleted_at.is_none()).count() >= MAX_ROOMS {
        return Err(too_many());
    }
    let row = queries::NewRoomRow {
        id: services.rng.id(now),
        event,
        kind: kind.as_str(),
        name: values.name.as_str(),
        description: values.description.get(),
        form_key,
        by: person.user.get(),
        now,
    };
    queries::insert_event_room(&mut tx, &row).await.on_constraint("chat_rooms_name_unique", name_taken)?;
    tx.commit().await?;
    let room = RoomView {
        id: ChatRoomId::new(row.id),
        kind,
        name: values.name.as_str().to_owned(),
        description: values.description.get().map(ToOwned::to_owned),
        is_enabled: true,
        slow_mode_seconds: 0,
    };
    announce::tell(services, EventId::new(event), &room, News::Created);
    Ok(room.id)
}

fn read_new(kind: &str, fields: &RoomFields) -> Result<(RoomKind, RoomValues), FieldErrors> {
    let kind = RoomKind::from_stored(kind).filter(|kind| RoomKind::OF_EVENT.contains(kind));
    match (kind, fields.parse()) {
        (Some(kind), Ok(values)) => Ok((kind, values)),
        (kind, values) => {
            let mut errors = values.err().unwrap_or_default();
            errors.take("kind", kind.ok_or("Choose who is in it."));
            Err(errors)
        }
    }
}

/// Saves name and description of a room of the event itself.
///
/// # Errors
/// As the policy for [`EventAction::ManageRooms`]; [`AppError::NotFound`]; [`FieldErrors`] per field, under `name` when
/// it is taken; [`Conflict::StaleEdit`].
pub async fn save(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: ChatRoomId,
    fields: &RoomFields,
    version: i32,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person, slug, EventAction::ManageRooms).await?;
    let rooms = queries::stored_rooms(&mut *tx, event).await?;
    let stored = live(&rooms, room)?;
    let values = fields.parse()?;
    if stored.version != version {
        let by = stored.editor.clone().unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    let (name, description) = (values.name.as_str(), values.description.get());
    queries::update_room(&mut tx, (event, room.get()), person.user.get(), name, description)
        .await
        .on_constraint("chat_rooms_name_unique", name_taken)?;
    tx.commit().await?;
    let changed =
        RoomView { name: name.to_owned(), description: description.map(ToOwned::to_owned), ..view(stored)? };
    announce::tell(services, EventId::new(event), &changed, News::Changed);
    Ok(())
}

/// Moves a room after another one of its kind, or to their top.
///
/// # Errors
/// As the policy for [`EventAction::ManageRooms`]; [`AppError::NotFound`]; [`Conflict::OrderChanged`] when the other one
/// is gone or of another kind.
pub async fn move_room(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: ChatRoomId,
    after: Option<ChatRoomId>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person, slug, EventAction::ManageRooms).await?;
    let rooms = queries::stored_rooms(&mut *tx, event).await?;
    let moving = live(&rooms, room)?;
    let of_kind = rooms.iter().filter(|other| other.kind == moving.kind && other.id != moving.id);
    let mut order: Vec<Uuid> = of_kind.map(|other| other.id).collect();
    let index = match after {
        None => 0,
        Some(after) => order.iter().position(|id| *id == after.get()).ok_or(Conflict::OrderChanged)? + 1,
    };
    order.insert(index, moving.id);
    queries::reorder(&mut tx, event, &order).await?;
    tx.commit().await?;
    announce::tell(services, EventId::new(event), &view(moving)?, News::Changed);
    Ok(())
}

/// Locks the event for somebody who may do this to its rooms.
pub(super) async fn hold(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
    action: EventAction,
) -> Outcome<Uuid> {
    let event = events::hold(services, tx, person.user, slug).await?;
    event.may(action)?;
    Ok(event.id)
}

pub(super) fn live(rooms: &[queries::RoomValuesRow], room: ChatRoomId) -> Outcome<&queries::RoomValuesRow> {
    let is_it = |stored: &&queries::RoomValuesRow| stored.id == room.get() && stored.deleted_at.is_none();
    rooms.iter().find(is_it).ok_or(ServiceError::NOT_FOUND)
}

pub(super) fn view(row: &queries::RoomValuesRow) -> Outcome<RoomView> {
    Ok(RoomView {
        id: ChatRoomId::new(row.id),
        kind: kind_of(&row.kind)?,
        name: row.name.clone(),
        description: row.description.clone(),
        is_enabled: row.is_enabled,
        slow_mode_seconds: row.slow_mode_seconds,
    })
}

pub(super) fn kind_of(stored: &str) -> Outcome<RoomKind> {
    RoomKind::from_stored(stored).ok_or_else(|| ServiceError::unknown_value("chat_rooms.kind", stored))
}

pub(super) fn name_taken() -> AppError {
    FieldErrors::one("name", "There is a room of this name already.").into()
}

pub(super) fn too_many() -> ServiceError {
    Conflict::TooManyRooms { max: u32::try_from(MAX_ROOMS).unwrap_or(u32::MAX) }.into()
}
