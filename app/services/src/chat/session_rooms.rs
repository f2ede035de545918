use domain::chat::RoomKind;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

/// Both rooms of a session with the names they get from its title (specification 10.2).
fn names(title: &str) -> [(RoomKind, String); 2] {
    [(RoomKind::Public, title.to_owned()), (RoomKind::Backstage, format!("{title} · backstage"))]
}

/// Gives a new session its two rooms, enabled whatever its chat mode, in the caller's transaction.
///
/// # Errors
/// Database errors only.
pub(crate) async fn create_session_rooms(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
    title: &str,
) -> Outcome<()> {
    let now = services.clock.now();
    for (kind, name) in names(title) {
        let id = services.rng.id(now);
        queries::insert_session_room(tx, id, (event, session), kind.as_str(), &name, now).await?;
    }
    Ok(())
}

/// Lets the names follow the title, in the caller's transaction.
///
/// # Errors
/// Database errors only.
pub(crate) async fn rename_session_rooms(
    tx: &mut PgConnection,
    event: Uuid,
    session: Uuid,
    title: &str,
) -> Outcome<()> {
    for (kind, name) in names(title) {
        queries::rename_session_room(tx, event, session, kind.as_str(), &name).await?;
    }
    Ok(())
}
