use domain::accounts::full_name;
use domain::chat::{RoomKind, visible_kinds};
use domain::events::{EventAction, may};
use domain::ids::{ChatMessageId, ChatRoomId};
use domain::paging::{Keyset, PageSize};
use domain::search::SearchText;
use domain::text::{self, Lines};
use domain::time::Timestamp;
use domain::{FieldErrors, SignedIn};
use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

use super::queries;
use crate::cursor::IdCursor;
use crate::events;
use crate::{Outcome, Services};

/// What somebody looks for, as it stands in an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchFields {
    pub search: String,
    /// One room, or empty for all.
    pub room: String,
    /// A part of an author's name, or empty.
    pub author: String,
    /// First and last day in UTC, or empty.
    pub from: String,
    pub until: String,
    pub cursor: Option<String>,
}

/// A message that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub id: ChatMessageId,
    pub room: ChatRoomId,
    pub room_name: String,
    pub seq: i64,
    pub author: String,
    pub body: String,
    pub sent_at: Timestamp,
}

struct Filter {
    search: SearchText,
    room: Option<Uuid>,
    author: Option<String>,
    from: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
}

const LIST: &str = "found messages";

/// The messages of an event's rooms with words that begin like all of these, newest first, in the rooms this person may read: two
/// statements. Deleted texts are never found.
///
/// # Errors
/// As the policy for [`EventAction::SeeMemberPages`]; [`FieldErrors`] under `search` for fewer than two characters, and
/// per filter.
pub async fn search(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    fields: &SearchFields,
) -> Outcome<Keyset<Hit>> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeeMemberPages, head.visibility, &standing)?;
    let filter = fields.parse()?;
    let open = |sealed: &str| IdCursor::open(services, LIST, person.user, sealed);
    let cursor = fields.cursor.as_deref().map(open).transpose()?;
    let kinds: Vec<String> =
        visible_kinds(&standing).into_iter().map(RoomKind::as_str).map(ToOwned::to_owned).collect();
    let (before, after) = match cursor {
        None => (None, None),
        Some(IdCursor::Before(id)) => (Some(id), None),
        Some(IdCursor::After(id)) => (None, Some(id)),
    };
    let size = PageSize::ENTRIES.get();
    let wanted = queries::SearchIn {
        event: head.id.get(),
        viewer: person.user.get(),
        text: &beginnings(&filter.search),
        kinds: &kinds,
        room: filter.room,
        author: filter.author.as_deref(),
        from: filter.from,
        until: filter.until,
        before,
        after,
        limit: size + 1,
    };
    let mut rows = queries::search(&services.db, &wanted).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > size;
    rows.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    if after.is_some() {
        rows.reverse();
    }
    let seal = |cursor: IdCursor| cursor.seal(services, LIST, person.user);
    let (has_newer, has_older) = if after.is_some() { (more, true) } else { (before.is_some(), more) };
    let newer = rows.first().filter(|_| has_newer).map(|row| seal(IdCursor::After(row.id)));
    let older = rows.last().filter(|_| has_older).map(|row| seal(IdCursor::Before(row.id)));
    Ok(Keyset { items: rows.into_iter().map(hit).collect(), newer, older })
}

/// All of the words, each as the beginning of one.
fn beginnings(search: &SearchText) -> String {
    let words = search.as_str().split_whitespace();
    let quoted = words.map(|word| format!("'{}':*", word.replace('\\', "\\\\").replace('\'', "''")));
    quoted.collect::<Vec<_>>().join(" & ")
}

fn hit(row: queries::Found) -> Hit {
    Hit {
        id: ChatMessageId::new(row.id),
        room: ChatRoomId::new(row.room_id),
        room_name: row.room,
        seq: row.seq,
        author: full_name(&row.first_name, &row.last_name),
        body: row.body,
        sent_at: row.created_at.into(),
    }
}

impl SearchFields {
    fn parse(&self) -> Result<Filter, FieldErrors> {
        let mut errors = FieldErrors::default();
        let search = match SearchText::parse(Some(&self.search)) {
            Ok(search) if search.as_str().is_empty() => {
                errors.add("search", "Search for at least 2 characters.");
                None
            }
            Ok(search) => Some(search),
            Err(found) => {
                errors.add("search", found.get("search").unwrap_or("Search for something else."));
                None
            }
        };
        let room = match self.room.trim() {
            "" => Some(None),
            id => errors.take("room", Uuid::parse_str(id).map(Some).map_err(|_| "Choose a room.")),
        };
        let author =
            errors.take("author", text::clean_optional(&self.author, Lines::One, SearchText::MAX_CHARS));
        let from = day(&mut errors, "from", &self.from);
        let until = day(&mut errors, "until", &self.until).map(|day| day.and_then(Date::next_day));
        match (search, room, author, from, until) {
            (Some(search), Some(room), Some(author), Some(from), Some(until)) => {
                let starts = |day: Date| day.with_time(Time::MIDNIGHT).assume_utc();
                Ok(Filter { search, room, author, from: from.map(starts), until: until.map(starts) })
            }
            _ => Err(errors),
        }
    }
}

/// A day as date fields post it; `None` for a wrong one, which is noted.
fn day(errors: &mut FieldErrors, field: &str, typed: &str) -> Option<Option<Date>> {
    if typed.trim().is_empty() {
        return Some(None);
    }
    let format = time::macros::format_description!("[year]-[month]-[day]");
    errors.take(field, Date::parse(typed.trim(), format).map(Some).map_err(|_| "Enter a day."))
}
