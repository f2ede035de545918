//! What happens to a text on its way into a room: the event's filter, and the people it names.

use std::collections::HashSet;

use domain::SignedIn;
use domain::accounts::{PersonCard, full_name};
use domain::chat::{MAX_MENTIONS, Mention, Named, PostStanding, is_of_moderators, mask, may_read, mentions};
use domain::ids::{ChatRoomId, UserId};
use domain::text::{self, Lines, TextError};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{listeners, queries, rates, read_standing};
use crate::{Outcome, ServiceError, Services};

/// People of fitting names that are looked at, before those who may not read the room are left out.
const CANDIDATES: i64 = 100;

/// The text as the event's filter lets it through.
pub(super) async fn as_the_event_shows(
    tx: &mut PgConnection,
    row: &queries::RoomStandingRow,
    body: &str,
) -> Outcome<String> {
    if row.profanity_mode == "OFF" {
        return Ok(body.to_owned());
    }
    masked(tx, row.event_id, body).await
}

/// As [`as_the_event_shows`], for a room by its id.
pub(super) async fn shown_in(tx: &mut PgConnection, room: Uuid, body: &str) -> Outcome<String> {
    match queries::event_of_room(tx, room).await? {
        Some(event) => masked(tx, event, body).await,
        None => Ok(body.to_owned()),
    }
}

async fn masked(tx: &mut PgConnection, event: Uuid, body: &str) -> Outcome<String> {
    let words = queries::unwanted_words(tx, event).await?;
    Ok(mask(body, &words).unwrap_or_else(|| body.to_owned()))
}

/// Who is named in a text: members who may read the room and whom no block separates from its author. Asked before the
/// message takes its number, because from then on the room waits.
pub(super) async fn named_in(
    tx: &mut PgConnection,
    row: &queries::RoomStandingRow,
    author: &SignedIn,
    body: &str,
    now: OffsetDateTime,
) -> Outcome<Vec<Mention<Uuid>>> {
    if !body.contains('@') {
        return Ok(Vec::new());
    }
    let people = queries::mentionable(tx, row.event_id, author.user.get(), body, CANDIDATES).await?;
    let readers = readers_among(tx, row, &people, now).await?;
    let people: Vec<Named<Uuid>> = people
        .into_iter()
        .filter(|person| readers.contains(&person.id))
        .map(|person| Named { who: person.id, full_name: full_name(&person.first_name, &person.last_name) })
        .collect();
    Ok(mentions(body, &people, MAX_MENTIONS))
}

/// Those of these people who may read the room.
async fn readers_among(
    tx: &mut PgConnection,
    row: &queries::RoomStandingRow,
    people: &[queries::MentionableRow],
    now: OffsetDateTime,
) -> Outcome<HashSet<Uuid>> {
    let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let rooms = vec![row.room_id; ids.len()];
    let standings = listeners::standings_in(&mut *tx, &ids, &rooms, now).await?;
    let reads = |post: &PostStanding| may_read(post.kind, post.speaks_here, &post.standing).is_ok();
    Ok(standings.into_iter().filter(|(_, post)| reads(post)).map(|((user, _), _)| user.get()).collect())
}

/// What somebody typed behind an `@`, to find people by: the beginning of a name or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedName(String);

impl TypedName {
    pub const MAX_CHARS: usize = 80;

    /// # Errors
    /// As [`text::clean_optional`]. Nothing typed is everybody.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        let typed = text::clean_optional(input, Lines::One, Self::MAX_CHARS)?;
        Ok(Self(typed.unwrap_or_default()))
    }
}

/// How many people are offered.
const OFFERED: usize = 8;

/// The people a text in this room may name whose name begins like this, by name: members who may read the room and whom
/// no block separates from the person. Three statements; what they look at is bounded by an index of the event's people.
///
/// # Errors
/// As [`may_read`]; [`domain::AppError::NotFound`] when the room is of another event; [`domain::AppError::TooMany`].
pub async fn people_to_name(
    services: &Services,
    person: &SignedIn,
    event_slug: &str,
    room: ChatRoomId,
    typed: &TypedName,
) -> Outcome<Vec<PersonCard>> {
    let mut connection = services.db.acquire().await?;
    let row = queries::room_standing(&mut connection, person.user.get(), room.get()).await?;
    let row = row.filter(|row| row.event_slug == event_slug).ok_or(ServiceError::NOT_FOUND)?;
    let now = services.clock.now();
    let post = read_standing(&row, now)?;
    may_read(post.kind, post.speaks_here, &post.standing)?;
    rates::take_look_up(services, person.user)?;
    let wanted = queries::Nameable {
        event: row.event_id,
        viewer: person.user.get(),
        typed: &typed.0,
        // Of the other rooms few people are readers: they must not drown in those who are not.
        is_open: is_of_moderators(post.kind),
        limit: CANDIDATES,
    };
    let people = queries::nameable(&mut connection, &wanted).await?;
    let readers = readers_among(&mut connection, &row, &people, now).await?;
    Ok(people
        .into_iter()
        .filter(|found| readers.contains(&found.id))
        .take(OFFERED)
        .map(|found| PersonCard {
            id: UserId::new(found.id),
            full_name: full_name(&found.first_name, &found.last_name),
        })
        .collect())
}

/// Keeps who a stored message names.
pub(super) async fn note_mentions(
    tx: &mut PgConnection,
    row: &queries::RoomStandingRow,
    message: Uuid,
    named: Vec<Mention<Uuid>>,
) -> Outcome<()> {
    if named.is_empty() {
        return Ok(());
    }
    let (users, written): (Vec<Uuid>, Vec<String>) =
        named.into_iter().map(|mention| (mention.who, mention.written)).unzip();
    Ok(queries::insert_mentions(tx, (row.event_id, row.room_id, message), &users, &written).await?)
}

/// Keeps who a message names after its words were changed; answers those whom none of its earlier words named, so that
/// a name that goes and comes back is told once.
pub(super) async fn renew_mentions(
    tx: &mut PgConnection,
    row: &queries::RoomStandingRow,
    message: Uuid,
    named: Vec<Mention<Uuid>>,
) -> Outcome<HashSet<Uuid>> {
    let before = queries::forget_mentions(tx, message).await?;
    let new = named.iter().filter(|mention| !before.contains(&mention.who));
    let new: Vec<Named<Uuid>> =
        new.map(|mention| Named { who: mention.who, full_name: mention.written.clone() }).collect();
    note_mentions(tx, row, message, named).await?;
    let mut first: HashSet<Uuid> = new.iter().map(|person| person.who).collect();
    if !first.is_empty() {
        for earlier in queries::edits(&mut *tx, message).await? {
            for known in mentions(&earlier.previous_body, &new, MAX_MENTIONS) {
                first.remove(&known.who);
            }
        }
    }
    Ok(first)
}
