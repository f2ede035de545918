use domain::SignedIn;
use domain::accounts::{PersonCard, full_name};
use domain::ids::{ConversationId, FileId, UserId};
use domain::paging::{Keyset, PageSize};
use domain::time::Timestamp;

use super::place::Side;
use super::queries::{self, ListedRow, Lister, Place};
use super::tell;
use crate::{Outcome, Services};

/// What of somebody's conversations is wanted.
#[derive(Debug, Clone, Default)]
pub struct ListRequest {
    /// Only those that belong to an event, by its address.
    pub event: Option<String>,
    /// Those with something unread come first.
    pub unread_first: bool,
    pub cursor: Option<String>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedConversation {
    pub id: ConversationId,
    pub other: PersonCard,
    pub avatar: Option<FileId>,
    /// They are seen online when they are.
    pub shows_presence: bool,
    /// The title of the event it belongs to.
    pub event: Option<String>,
    pub is_muted: bool,
    pub last_message_at: Timestamp,
    /// The last message is the reader's own.
    pub is_own: bool,
    /// The beginning of the last message; `None` when it was deleted.
    pub snippet: Option<String>,
    /// Capped at 100 and shown as "99+".
    pub unread: i64,
}

/// A part of the list with the cursors that lead on.
pub type ConversationList = Keyset<ListedConversation>;

/// The conversations of a person by their last message: one statement. Left out are those that were cleared and where
/// nobody has written since, those of people who are not connected any more, and those of events that banned the person.
///
/// # Errors
/// [`domain::FieldErrors`] on `cursor`.
pub async fn conversations_of(
    services: &Services,
    person: &SignedIn,
    request: &ListRequest,
    size: PageSize,
) -> Outcome<ConversationList> {
    let event = request.event.as_deref();
    let list = format!("{} {}", event.unwrap_or_default(), request.unread_first);
    let side = request.cursor.as_deref();
    let side = side.map(|sealed| Side::open(services, &list, person.user, sealed)).transpose()?;
    let limit = size.get() + 1;
    let lister = Lister { user: person.user.get(), event, unread_first: request.unread_first, limit };
    let (mut rows, comes_from_after) = match side {
        None => (queries::listed_after(&services.db, lister, None).await?, false),
        Some(Side::After(place)) => (queries::listed_after(&services.db, lister, Some(place)).await?, false),
        Some(Side::Before(place)) => (queries::listed_before(&services.db, lister, place).await?, true),
    };
    let has_more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > size.get();
    if has_more {
        rows.pop();
    }
    if comes_from_after {
        rows.reverse();
    }
    let (has_newer, has_older) = if comes_from_after { (has_more, true) } else { (side.is_some(), has_more) };
    let seal = |side: Side| side.seal(services, &list, person.user);
    let newer = rows.first().filter(|_| has_newer).map(|row| seal(Side::Before(place_of(row))));
    let older = rows.last().filter(|_| has_older).map(|row| seal(Side::After(place_of(row))));
    Ok(Keyset { items: rows.into_iter().map(into_line).collect(), newer, older })
}

fn place_of(row: &ListedRow) -> Place {
    Place { rank: row.rank, at: row.last_message_at, id: row.id }
}

fn into_line(row: ListedRow) -> ListedConversation {
    ListedConversation {
        id: ConversationId::new(row.id),
        other: PersonCard {
            id: UserId::new(row.other_id),
            full_name: full_name(&row.first_name, &row.last_name),
        },
        avatar: row.avatar_file_id.map(FileId::new),
        shows_presence: row.shows_presence,
        event: row.event_title,
        is_muted: row.is_muted,
        last_message_at: row.last_message_at.into(),
        is_own: row.is_own,
        snippet: row.snippet.as_deref().map(tell::snippet),
        unread: row.unread,
    }
}
