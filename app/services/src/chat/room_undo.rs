use domain::chat::MAX_ROOMS;
use domain::events::EventAction;
use domain::ids::{ChatRoomId, EventId};
use domain::{AppError, Gone, SignedIn};
use time::Duration;

use super::announce::{self, News};
use super::manage::{hold, live, name_taken, too_many, view};
use super::queries;
use crate::db::OnConstraint as _;
use crate::{Outcome, ServiceError, Services, db};

/// How long deleting a room can be taken back (specification 1.6).
pub const UNDO_TIME: Duration = Duration::minutes(10);

/// Hides a room of the event itself at once, with all that was said there; for ten minutes it can be brought back.
///
/// # Errors
/// As the policy for [`EventAction::DeleteRoom`]; [`AppError::NotFound`].
pub async fn delete_room(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: ChatRoomId,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person, slug, EventAction::DeleteRoom).await?;
    let rooms = queries::stored_rooms(&mut *tx, event).await?;
    let gone = view(live(&rooms, room)?)?;
    queries::set_room_deleted(&mut tx, event, room.get(), Some(services.clock.now())).await?;
    tx.commit().await?;
    announce::tell(services, EventId::new(event), &gone, News::Deleted);
    services.bus.recheck_everybody();
    Ok(())
}

/// Brings a room back. One that is there already stays.
///
/// # Errors
/// As the policy for [`EventAction::DeleteRoom`]; [`AppError::NotFound`]; [`Gone::UndoOver`];
/// [`Conflict::TooManyRooms`]; [`FieldErrors`] under `name` when another room took its name.
pub async fn restore_room(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: ChatRoomId,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person, slug, EventAction::DeleteRoom).await?;
    let rooms = queries::stored_rooms(&mut *tx, event).await?;
    let stored = rooms.iter().find(|stored| stored.id == room.get()).ok_or(ServiceError::NOT_FOUND)?;
    let Some(deleted_at) = stored.deleted_at else { return Ok(()) };
    if deleted_at + UNDO_TIME <= services.clock.now() {
        return Err(AppError::Gone(Gone::UndoOver).into());
    }
    if rooms.iter().filter(|room| room.deleted_at.is_none()).count() >= MAX_ROOMS {
        return Err(too_many());
    }
    queries::set_room_deleted(&mut tx, event, room.get(), None)
        .await
        .on_constraint("chat_rooms_name_unique", name_taken)?;
    tx.commit().await?;
    announce::tell(services, EventId::new(event), &view(stored)?, News::Created);
    Ok(())
}

/// Removes for good what can't be brought back any more.
///
/// # Errors
/// Database errors only.
pub async fn sweep(services: &Services) -> Outcome<()> {
    Ok(queries::delete_old_rooms(&services.db, services.clock.now() - UNDO_TIME).await?)
}
