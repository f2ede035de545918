use domain::SignedIn;
use domain::conversations::may_read;
use domain::ids::ConversationId;
use domain::notifications::News;
use domain::realtime::{ServerFrame, Topic};

use super::{hold, load, queries, tell};
use crate::{Outcome, Services, db, notifications};

/// Takes everything up to now away from this side, for good; the other side keeps it. The conversation leaves the list
/// until somebody writes again.
///
/// # Errors
/// As [`may_read`].
pub async fn clear(services: &Services, person: &SignedIn, conversation: ConversationId) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let row = hold(&mut tx, person.user, conversation).await?;
    may_read(&row.pair()?)?;
    queries::clear(&mut tx, row.conversation_id, person.user.get()).await?;
    let thing = row.conversation_id.to_string();
    notifications::caught_up(services, &mut tx, person.user, News::DirectMessage, &thing).await?;
    tx.commit().await?;
    // Their other windows still show it.
    let topic = Topic::Conversation(conversation);
    services.bus.publish(Topic::User(person.user), &ServerFrame::Resync { topic });
    tell::unread(services, person.user, conversation, 0);
    Ok(())
}

/// Silences a conversation for this side, or lets it be heard again.
///
/// # Errors
/// As [`may_read`].
pub async fn set_muted(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    muted: bool,
) -> Outcome<()> {
    let mut connection = services.db.acquire().await?;
    let row = load(&mut *connection, person.user, conversation).await?;
    may_read(&row.pair()?)?;
    Ok(queries::set_muted(&mut connection, row.conversation_id, person.user.get(), muted).await?)
}
