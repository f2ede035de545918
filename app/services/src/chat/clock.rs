//! Rooms of sessions that open and close by the clock (specification 3.3).

use domain::chat::RoomView;
use domain::ids::{ChatRoomId, EventId};

use super::announce::{self, News};
use super::manage::kind_of;
use super::queries;
use crate::{Outcome, Services};

/// One look, in two statements: of published events whose organizers want it, rooms open so many minutes before their
/// session and close so many after it; while a session is live they are open. A room that somebody opened or closed by
/// hand stays so until the clock comes to say something else.
///
/// # Errors
/// Database errors only.
pub(crate) async fn follow_clock(services: &Services) -> Outcome<()> {
    let mut rows = queries::follow_clock(&services.db, services.clock.now()).await?;
    rows.extend(queries::leave_clock(&services.db).await?);
    rows.retain(|row| row.is_enabled != row.was_enabled);
    if rows.is_empty() {
        return Ok(());
    }
    // Who may not post there any more is not shown typing.
    services.bus.recheck_everybody();
    for row in rows {
        let room = RoomView {
            id: ChatRoomId::new(row.id),
            kind: kind_of(&row.kind)?,
            name: row.name,
            description: row.description,
            is_enabled: row.is_enabled,
            slow_mode_seconds: row.slow_mode_seconds,
        };
        let news = if room.is_enabled { News::Changed } else { News::Closed };
        announce::tell(services, EventId::new(row.event_id), &room, news);
    }
    Ok(())
}
