use domain::SignedIn;
use domain::chat::MessageView;
use domain::conversations::may_read;
use domain::ids::{ConversationId, UserId};
use domain::paging::{PageSize, Slice, Window};
use domain::search::SearchText;

use super::{load, queries, rules};
use crate::{Outcome, Services};

/// Another window of a conversation, for the reader who scrolls: two statements.
///
/// # Errors
/// As [`may_read`].
pub async fn history(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    window: Window,
    size: PageSize,
) -> Outcome<Slice<MessageView>> {
    let mut connection = services.db.acquire().await?;
    let row = load(&mut *connection, person.user, conversation).await?;
    may_read(&row.pair()?)?;
    Ok(queries::window(&mut connection, row.view(), window, size).await?)
}

/// The messages of one conversation that hold a text, newest first, before a position; as far as this person has not
/// cleared them. Without a text nothing is found.
///
/// # Errors
/// As [`may_read`]; [`domain::AppError::TooMany`] after 30 a minute.
pub async fn find_in(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    text: &SearchText,
    before: Option<i64>,
) -> Outcome<Slice<MessageView>> {
    let mut connection = services.db.acquire().await?;
    let row = load(&mut *connection, person.user, conversation).await?;
    may_read(&row.pair()?)?;
    if text.as_str().is_empty() {
        return Ok(Slice { items: Vec::new(), has_older: false, has_newer: false });
    }
    services.comfort.take(services.clock.now(), &rules::searches(person.user))?;
    let (from, size) = (before.unwrap_or(i64::MAX), PageSize::MESSAGES.get());
    let mut rows = queries::search(&mut connection, row.view(), from, text.as_str(), size + 1).await?;
    let has_older = i64::try_from(rows.len()).unwrap_or(i64::MAX) > size;
    if has_older {
        rows.pop();
    }
    let items = rows.into_iter().map(queries::MessageRow::into_view).collect();
    Ok(Slice { items, has_older, has_newer: before.is_some() })
}

/// What changed in a conversation after a revision, in order, at most `limit` (1 to 200), as far as this person has not
/// cleared it.
///
/// # Errors
/// As [`may_read`].
pub async fn changes_after(
    services: &Services,
    user: UserId,
    conversation: ConversationId,
    after_rev: i64,
    limit: i64,
) -> Outcome<Vec<MessageView>> {
    let mut connection = services.db.acquire().await?;
    let row = load(&mut *connection, user, conversation).await?;
    may_read(&row.pair()?)?;
    let rows = queries::changes_after(&mut *connection, row.view(), after_rev, limit).await?;
    Ok(rows.into_iter().map(queries::MessageRow::into_view).collect())
}
