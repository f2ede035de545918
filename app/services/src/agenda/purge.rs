use super::{UNDO_TIME, queries};
use crate::{Outcome, Services, db};

/// Rows one transaction changes, so that none of them holds its locks for long.
const BATCH: i64 = 100;

/// Removes for good what can't be brought back any more: rooms, messages, speakers, sign-ups, stars and texts. The row
/// stays, for calendars that hold the session.
///
/// # Errors
/// Database errors only; what was purged until then stays purged.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let now = services.clock.now();
    loop {
        let mut tx = db::begin(&services.db).await?;
        let sessions = queries::lock_to_purge(&mut tx, now - UNDO_TIME, BATCH).await?;
        if sessions.is_empty() {
            return Ok(());
        }
        queries::purge_rooms(&mut tx, &sessions).await?;
        queries::purge_speakers(&mut tx, &sessions).await?;
        queries::purge_sign_ups(&mut tx, &sessions).await?;
        queries::purge_stars(&mut tx, &sessions).await?;
        queries::purge_changes(&mut tx, &sessions).await?;
        queries::purge_texts(&mut tx, &sessions, now).await?;
        tx.commit().await?;
    }
}
