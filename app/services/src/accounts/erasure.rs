use domain::ids::UserId;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{UNDO_DELETION_WITHIN, queries};
use crate::{
    Outcome, Services, attendees, chat, connections, conversations, db, invitations, mail, notifications,
    organizations, uploads,
};

/// Erases the accounts whose 30 days are over, each by itself: one that can't be erased now holds nobody else up.
///
/// # Errors
/// Database errors only: the last one.
pub(super) async fn erase_due(services: &Services) -> Outcome<()> {
    let before = services.clock.now() - UNDO_DELETION_WITHIN;
    let mut outcome = Ok(());
    for id in queries::due_for_erasure(&services.db, before).await? {
        outcome = erase(services, id, before).await.and(outcome);
    }
    outcome
}

/// What the person wrote stays, under "Deleted person", and their memberships of events as bare counts. One that another
/// worker has, or who came back, is left alone.
async fn erase(services: &Services, id: Uuid, before: OffsetDateTime) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let events = attendees::lock_events_of(&mut tx, UserId::new(id)).await?;
    invitations::lock_invited(&mut tx, &[id]).await?;
    let Some(due) = queries::claim_for_erasure(&mut tx, id, before).await? else { return Ok(()) };
    let user = UserId::new(due.id);
    // Nobody can guess it, so nobody can ask for a link to it.
    let address = format!("{}@erased.invalid", hex::encode(services.rng.bytes::<16>()));
    queries::erase_person(&mut tx, due.id, &address, now).await?;
    queries::delete_login_sessions(&mut tx, due.id).await?;
    queries::delete_tokens(&mut tx, due.id).await?;
    queries::delete_devices(&mut tx, due.id, None).await?;
    queries::delete_exports(&mut tx, due.id).await?;
    queries::delete_event_privacies(&mut tx, due.id).await?;
    attendees::forget_member(services, &mut tx, &events, user).await?;
    notifications::forget(&mut tx, user).await?;
    organizations::forget_member(&mut tx, user).await?;
    chat::forget_reader(&mut tx, user).await?;
    connections::forget(&mut tx, user).await?;
    conversations::forget_person(&mut tx, user).await?;
    invitations::forget_invited(&mut tx, user, &due.email).await?;
    mail::forget_recipient(&mut tx, &due.email).await?;
    let avatar = uploads::forget_person(&mut tx, user).await?;
    tx.commit().await?;
    services.outbox.wake();
    if let Some((file, sizes)) = avatar {
        uploads::discard(services, file, &sizes).await;
    }
    Ok(())
}
