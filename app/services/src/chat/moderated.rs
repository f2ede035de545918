//! What moderators do in rooms is written down, and told to whom it concerns.

use domain::SignedIn;
use domain::chat::{RoomKind, is_of_moderators};
use domain::ids::UserId;
use domain::moderation::ModerationAction;
use domain::notifications::News;
use sqlx::PgConnection;
use uuid::Uuid;

use super::manage::kind_of;
use super::queries::{self, RoomStandingRow};
use crate::moderation::log::{self, Entry};
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, ServiceError, Services};

/// A moderator deleted somebody's message; its author learns of it, and can read who and why on the message's page.
pub(super) async fn deleted(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    room: &RoomStandingRow,
    message: Uuid,
    reason: Option<&str>,
) -> Outcome<Told> {
    let author = note(services, tx, person, room, (message, ModerationAction::DeleteMessage), reason).await?;
    let telling = Telling {
        news: News::MessageDeleted,
        by: Some(person),
        names_actor: false,
        subject: Some(&room.event_title),
        detail: reason,
        link: &format!("/events/{}/rooms/{}/messages/{message}", room.event_slug, room.room_id),
        thing: &message.to_string(),
    };
    notifications::tell(services, tx, &[author], &telling).await
}

/// A moderator took a deletion back.
pub(super) async fn restored(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    room: &RoomStandingRow,
    message: Uuid,
) -> Outcome<()> {
    note(services, tx, person, room, (message, ModerationAction::RestoreMessage), None).await.map(drop)
}

/// Answers whose message it is.
async fn note(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    room: &RoomStandingRow,
    (message, action): (Uuid, ModerationAction),
    reason: Option<&str>,
) -> Outcome<UserId> {
    let author = queries::author(tx, room.room_id, message).await?.ok_or(ServiceError::NOT_FOUND)?;
    let name = domain::accounts::full_name(&author.first_name, &author.last_name);
    let entry = Entry {
        subject_id: Some(author.id),
        message: Some(message),
        reason,
        organizers_only: !is_moderators(room)?,
        ..Entry::new(room.event_id, person, action, &name)
    };
    log::record(services, tx, &entry).await?;
    Ok(UserId::new(author.id))
}

/// A moderator opened or closed rooms.
pub(super) async fn switched(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    event: Uuid,
    (action, what, kind): (ModerationAction, &str, RoomKind),
) -> Outcome<()> {
    let organizers_only = !is_of_moderators(kind);
    log::record(services, tx, &Entry { organizers_only, ..Entry::new(event, person, action, what) }).await
}

/// Whether moderators read the room, and so what is done there.
pub(super) fn is_moderators(room: &RoomStandingRow) -> Outcome<bool> {
    Ok(is_of_moderators(kind_of(&room.kind)?))
}
