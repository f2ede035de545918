//! Open or closed, quick or slow: what moderators do to one room they may read, and organizers to all public ones.

use domain::chat::{RoomKind, RoomView, SlowMode, may_moderate};
use domain::events::EventAction;
use domain::ids::{ChatRoomId, EventId};
use domain::moderation::ModerationAction;
use domain::{FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::announce::{self, News};
use super::manage::{hold, kind_of};
use super::{moderated, queries, read_standing};
use crate::{Outcome, ServiceError, Services, db};

/// Whether "all" means every room that is open, or those that were closed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllPublic {
    Close,
    Open,
}

/// Opens a room (`yes`) or closes it to all but organizers (`no`), as a moderator of it. What is so already stays.
///
/// # Errors
/// As [`may_moderate`]; [`domain::AppError::NotFound`] for a room of another event; [`FieldErrors`] under `open`.
pub async fn set_open(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: ChatRoomId,
    open: &str,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let (event, before) = locked(services, &mut tx, person, slug, room).await?;
    let open = match open {
        "yes" => true,
        "no" => false,
        _ => return Err(FieldErrors::one("open", "Choose yes or no.").into()),
    };
    if before.is_enabled == open {
        return Ok(());
    }
    queries::set_enabled(&mut tx, event, room.get(), open).await?;
    let action = if open { ModerationAction::OpenRoom } else { ModerationAction::CloseRoom };
    moderated::switched(services, &mut tx, person, event, (action, &before.name, before.kind)).await?;
    tx.commit().await?;
    // Who may not post there any more is not shown typing.
    services.bus.recheck_everybody();
    let news = if open { News::Changed } else { News::Closed };
    announce::tell(services, EventId::new(event), &RoomView { is_enabled: open, ..before }, news);
    Ok(())
}

/// Sets how long members wait between two messages in a room, as a moderator of it.
///
/// # Errors
/// As [`may_moderate`]; [`domain::AppError::NotFound`] for a room of another event; [`FieldErrors`] under `seconds`.
pub async fn set_slow_mode(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    room: ChatRoomId,
    seconds: &str,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let (event, before) = locked(services, &mut tx, person, slug, room).await?;
    let slow = SlowMode::parse(seconds).map_err(|error| FieldErrors::one("seconds", error))?;
    let slow_mode_seconds = slow.seconds();
    if before.slow_mode_seconds == slow_mode_seconds {
        return Ok(());
    }
    queries::set_slow_mode(&mut tx, event, room.get(), slow_mode_seconds).await?;
    tx.commit().await?;
    announce::tell(services, EventId::new(event), &RoomView { slow_mode_seconds, ..before }, News::Changed);
    Ok(())
}

/// Closes every open GLOBAL and PUBLIC room, or opens those that were closed so. Answers how many.
///
/// # Errors
/// As the policy for [`EventAction::ManageRooms`].
pub async fn set_all_public(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    what: AllPublic,
) -> Outcome<usize> {
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person, slug, EventAction::ManageRooms).await?;
    let (rows, news) = match what {
        AllPublic::Close => (queries::close_all_public(&mut tx, event).await?, News::Closed),
        AllPublic::Open => (queries::open_those_closed_with_all(&mut tx, event).await?, News::Changed),
    };
    match what {
        AllPublic::Close => {
            let rooms = format!("{} rooms", rows.len());
            let what = (ModerationAction::CloseAllPublic, rooms.as_str(), RoomKind::Public);
            moderated::switched(services, &mut tx, person, event, what).await?;
        }
        AllPublic::Open => {
            for row in &rows {
                let what = (ModerationAction::OpenRoom, row.name.as_str(), RoomKind::Public);
                moderated::switched(services, &mut tx, person, event, what).await?;
            }
        }
    }
    tx.commit().await?;
    services.bus.recheck_everybody();
    for row in &rows {
        let room = RoomView {
            id: ChatRoomId::new(row.id),
            kind: kind_of(&row.kind)?,
            name: row.name.clone(),
            description: row.description.clone(),
            is_enabled: what == AllPublic::Open,
            slow_mode_seconds: row.slow_mode_seconds,
        };
        announce::tell(services, EventId::new(event), &room, news);
    }
    Ok(rows.len())
}

/// Locks a room for one of its moderators.
async fn locked(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
    room: ChatRoomId,
) -> Outcome<(Uuid, RoomView)> {
    queries::lock_room(tx, room.get()).await?;
    let row = queries::room_standing(tx, person.user.get(), room.get()).await?;
    let row = row.filter(|row| row.event_slug == slug).ok_or(ServiceError::NOT_FOUND)?;
    let post = read_standing(&row, services.clock.now())?;
    may_moderate(&post)?;
    let room = RoomView {
        id: room,
        kind: post.kind,
        name: row.name,
        description: row.description,
        is_enabled: row.is_enabled,
        slow_mode_seconds: row.slow_mode_seconds,
    };
    Ok((row.event_id, room))
}
