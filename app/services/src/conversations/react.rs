use domain::chat::{Emoji, MAX_REACTIONS, MessageView};
use domain::conversations::may_send;
use domain::ids::{ChatMessageId, ConversationId};
use domain::realtime::ServerFrame;
use domain::{Conflict, FieldErrors, SignedIn};

use super::{hold, queries, rules, tell};
use crate::{Outcome, ServiceError, Services, db};

/// Adds a reaction of this person to a message, or takes it back when it is there.
///
/// # Errors
/// As [`may_send`]; [`domain::AppError::NotFound`] for a message that is not in this conversation;
/// [`Conflict::MessageDeleted`]; [`FieldErrors`] under `emoji`; [`domain::AppError::TooMany`];
/// [`Conflict::TooManyReactions`].
pub async fn react(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    message: ChatMessageId,
    emoji: &str,
) -> Outcome<MessageView> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let row = hold(&mut tx, person.user, conversation).await?;
    may_send(&row.pair()?)?;
    let found = queries::message(&mut tx, row.view(), message.get()).await?.ok_or(ServiceError::NOT_FOUND)?;
    if found.body.is_none() {
        return Err(Conflict::MessageDeleted.into());
    }
    let emoji = Emoji::parse(emoji).map_err(|error| FieldErrors::one("emoji", error))?;
    services.comfort.take(now, &rules::reactions(person.user))?;
    let (user, max) = (person.user.get(), MAX_REACTIONS);
    let removed = queries::remove_reaction(&mut tx, found.id, user, emoji.as_str()).await?;
    let most = i64::try_from(max).unwrap_or(i64::MAX);
    if !removed && !queries::add_reaction(&mut tx, found.id, user, emoji.as_str(), most, now).await? {
        return Err(Conflict::TooManyReactions { max: u32::try_from(max).unwrap_or(u32::MAX) }.into());
    }
    let rev = queries::next_rev(&mut tx, row.conversation_id).await?;
    queries::set_rev(&mut tx, row.conversation_id, found.id, rev).await?;
    let changed = queries::message(&mut tx, row.view(), found.id).await?.ok_or(ServiceError::NOT_FOUND)?;
    tx.commit().await?;
    let message = changed.into_view();
    let (by, emoji) = (person.user, emoji.as_str().to_owned());
    tell::changed(services, &row, &message, |topic, rev, message| ServerFrame::ReactionsChanged {
        topic,
        rev,
        message,
        by,
        emoji,
        added: !removed,
    });
    Ok(message)
}
