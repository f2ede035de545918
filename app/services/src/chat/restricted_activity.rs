//! Rooms that not every member reads: that somebody wrote there is told to each who does, in rounds. The event's own topic
//! is heard by everybody, so it isn't told there.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::chat::may_read;
use domain::ids::{ChatRoomId, EventId, UserId};
use domain::realtime::{ServerFrame, Topic};
use tokio_util::sync::CancellationToken;

use super::{listeners, queries};
use crate::{Outcome, Services, periodic};

/// As often as the event hears of the rooms of everybody.
const EVERY: Duration = Duration::from_secs(5);

/// Tells it until everything stops.
pub async fn run_restricted_activity(services: Services, stop: CancellationToken) {
    while periodic::again(EVERY, &stop).await {
        tell_restricted_activity(&services).await;
    }
}

/// One round: two statements for each event in whose restricted rooms somebody wrote, none where nobody did, and a frame
/// to each reader, however much was written. What a database error keeps from being told comes with the next page.
pub async fn tell_restricted_activity(services: &Services) {
    for (event, rooms) in services.bus.take_restricted_activity() {
        match readers(services, event, &rooms).await {
            Ok(readers) => {
                for (reader, rooms) in readers {
                    let frame = ServerFrame::RoomsActive { topic: Topic::Event(event), rooms };
                    services.bus.publish(Topic::User(reader), &frame);
                }
            }
            Err(error) => {
                tracing::warn!(error = %error, "it could not be told in which rooms somebody wrote: {error}");
            }
        }
    }
}

async fn readers(
    services: &Services,
    event: EventId,
    rooms: &[ChatRoomId],
) -> Outcome<BTreeMap<UserId, Vec<ChatRoomId>>> {
    let people = queries::with_a_part(&services.db, event.get()).await?;
    let pairs: Vec<_> = people
        .into_iter()
        .flat_map(|person| rooms.iter().map(move |room| (UserId::new(person), *room)))
        .collect();
    let mut readers: BTreeMap<UserId, Vec<ChatRoomId>> = BTreeMap::new();
    for ((person, room), of) in listeners::standings(services, &pairs).await? {
        if may_read(of.kind, of.speaks_here, &of.standing).is_ok() {
            readers.entry(person).or_default().push(room);
        }
    }
    Ok(readers)
}
