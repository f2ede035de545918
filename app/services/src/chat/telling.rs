//! Who is named in a message or answered by it is told.

use domain::SignedIn;
use domain::chat::{MessageView, may_read};
use domain::ids::{ChatRoomId, UserId};
use domain::notifications::News;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::listeners;
use super::queries::{self, RoomStandingRow};
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, Services};

/// What COMMIT makes public of both.
pub(super) struct NamedAndAnswered(Told, Told);

impl NamedAndAnswered {
    pub(super) fn announce(self, services: &Services) {
        self.0.announce(services);
        self.1.announce(services);
    }
}

/// Tells those who are named, and the author of what is answered unless they are named too.
pub(super) async fn tell(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    room: &RoomStandingRow,
    message: &MessageView,
    now: OffsetDateTime,
) -> Outcome<NamedAndAnswered> {
    let mut named: Vec<UserId> = message.mentions.iter().map(|person| person.id).collect();
    let answered: Vec<UserId> = match &message.reply_to {
        Some(quote) => answered(tx, room, quote.id.get(), now).await?,
        None => Vec::new(),
    };
    let mut answered: Vec<UserId> = answered.into_iter().filter(|user| !named.contains(user)).collect();
    let concerned: Vec<_> = named.iter().chain(&answered).map(|user| user.get()).collect();
    if !concerned.is_empty() {
        let silent = queries::not_following(tx, room.room_id, &concerned).await?;
        named.retain(|user| !silent.contains(&user.get()));
        answered.retain(|user| !silent.contains(&user.get()));
    }
    let link = format!(
        "/events/{}/rooms/{}?message={}#message-{}",
        room.event_slug, room.room_id, message.id, message.seq
    );
    let room_id = room.room_id.to_string();
    let mentioned = Telling {
        news: News::Mentioned,
        by: Some(person),
        names_actor: true,
        subject: Some(room.event_title.as_str()),
        // Not the words, nor the room: both can be gone, or hidden from its reader, when the line is read.
        detail: None,
        link: &link,
        thing: &room_id,
    };
    let replied = Telling { news: News::Replied, ..mentioned };
    Ok(NamedAndAnswered(
        notifications::tell(services, tx, &named, &mentioned).await?,
        notifications::tell(services, tx, &answered, &replied).await?,
    ))
}

/// The author of a message, while they read its room.
async fn answered(
    tx: &mut PgConnection,
    room: &RoomStandingRow,
    message: uuid::Uuid,
    now: OffsetDateTime,
) -> Outcome<Vec<UserId>> {
    let Some(author) = queries::author(tx, room.room_id, message).await? else { return Ok(Vec::new()) };
    let standings = listeners::standings_in(&mut *tx, &[author.id], &[room.room_id], now).await?;
    let key = (UserId::new(author.id), ChatRoomId::new(room.room_id));
    let reads =
        standings.get(&key).is_some_and(|post| may_read(post.kind, post.speaks_here, &post.standing).is_ok());
    Ok(if reads { vec![key.0] } else { Vec::new() })
}
