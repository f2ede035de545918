use super::{UNDO_TIME, queries};
use crate::{Outcome, Services, agenda, events};

/// Messages one statement removes.
const BATCH: i64 = 1000;

/// Empties rooms that nobody can bring back any more, be they deleted by themselves, with their session or with their
/// event: some messages at a time, so that no statement holds what others wait for as long as a big room takes. What
/// removes the rows of rooms comes afterwards and finds little to do.
///
/// # Errors
/// Database errors only; what was removed until then stays removed.
pub async fn empty_rooms(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    let over = queries::OverSince {
        rooms: now - UNDO_TIME,
        sessions: now - agenda::UNDO_TIME,
        events: now - events::UNDO_TIME,
    };
    while let Some(room) = queries::room_to_empty(&services.db, over).await? {
        while queries::delete_newest(&services.db, room, BATCH).await? == BATCH.unsigned_abs() {}
    }
    Ok(())
}
