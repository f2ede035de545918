//! What happens to a text on its way into a room: the event's filter, and the people it names.

use std::collections::HashSet;

use domain::SignedIn;
use domain::accounts::full_name;
use domain::chat::{MAX_MENTIONS, Mention, Named, mask, may_read, mentions};
use domain::ids::ChatRoomId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{listeners, queries};
use crate::Outcome;

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
    let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let rooms = vec![row.room_id; ids.len()];
    let standings = listeners::standings_in(&mut *tx, &ids, &rooms, now).await?;
    let room = ChatRoomId::new(row.room_id);
    let readers: HashSet<Uuid> = standings
        .into_iter()
        .filter(|((_, of), post)| {
            *of == room && may_read(post.kind, post.speaks_here, &post.standing).is_ok()
        })
        .map(|((user, _), _)| user.get())
        .collect();
    let people: Vec<Named<Uuid>> = people
        .into_iter()
        .filter(|person| readers.contains(&person.id))
        .map(|person| Named { who: person.id, full_name: full_name(&person.first_name, &person.last_name) })
        .collect();
    Ok(mentions(body, &people, MAX_MENTIONS))
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
