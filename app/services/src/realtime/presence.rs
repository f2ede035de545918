use std::collections::{HashMap, HashSet};
use std::sync::Weak;
use std::time::Duration;

use domain::ids::UserId;
use domain::realtime::{ServerFrame, Topic};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::activity;
use super::announcement::Delivery;
use super::bus::Shared;
use super::redis_link::RedisError;

/// At most one count per topic in this time.
const ANNOUNCEMENT_EVERY: Duration = Duration::from_secs(1);

/// Lists of rooms learn this often what is new.
const TICKS_PER_ACTIVITY: u32 = 5;

/// Marks of this node in Redis are renewed every so many announcements (20 s; they last 60 s).
const TICKS_PER_RENEWAL: u32 = 20;

/// Tells listeners how many people are here, partners who is online, and lists in which rooms there is something new, when
/// that changed. Ends with the bus.
pub(super) async fn announce_every_second(bus: Weak<Shared>, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(ANNOUNCEMENT_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut until_renewal, mut until_activity) = (TICKS_PER_RENEWAL, TICKS_PER_ACTIVITY);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let Some(bus) = bus.upgrade() else { return };
        until_renewal -= 1;
        if until_renewal == 0 && bus.link.is_some() {
            bus.registry.renew_turnover();
        }
        if until_renewal == 0 {
            until_renewal = TICKS_PER_RENEWAL;
        }
        announce_turnover(&bus).await;
        until_activity -= 1;
        if until_activity == 0 {
            until_activity = TICKS_PER_ACTIVITY;
            activity::announce(&bus);
        }
    }
}

/// One round: writes this node's marks, then counts and tells what changed.
pub(super) async fn announce_turnover(bus: &Shared) {
    let turnover = bus.registry.take_turnover();
    if turnover.is_empty() {
        return;
    }
    let Ok(mut elsewhere) = exchange_marks(bus, &turnover).await else {
        bus.registry.keep_turnover(turnover);
        return;
    };
    for topic in turnover.into_keys() {
        let elsewhere = elsewhere.remove(&topic).unwrap_or_default();
        match topic {
            // A person's own topic: who else is there doesn't matter, but whether they are.
            Topic::User(user) => {
                if let Some(is_online) = bus.registry.note_online(user, elsewhere.contains(&user)) {
                    bus.arrivals.add(user, is_online);
                }
            }
            Topic::Room(_) => tell_count(bus, topic, &elsewhere),
            // Organizers ask when they look; the marks are for them.
            Topic::Event(_) | Topic::Conversation(_) => {}
        }
    }
}

fn tell_count(bus: &Shared, topic: Topic, elsewhere: &HashSet<UserId>) {
    let count = bus.registry.count(topic, elsewhere);
    if bus.registry.is_news(topic, count) {
        let frame = ServerFrame::PresenceCount { topic, count };
        bus.publish(Delivery::of(topic, &frame, None), &frame);
    }
}

async fn exchange_marks(
    bus: &Shared,
    turnover: &HashMap<Topic, HashSet<UserId>>,
) -> Result<HashMap<Topic, HashSet<UserId>>, RedisError> {
    let Some(link) = &bus.link else { return Ok(HashMap::new()) };
    let (here, gone): (Vec<_>, Vec<_>) = turnover
        .iter()
        .flat_map(|(topic, people)| people.iter().map(|user| (*topic, *user)))
        .partition(|(topic, user)| bus.registry.is_here(*topic, *user));
    // Of an event nobody is told: its people are counted when an organizer asks.
    let is_told = |topic: &&Topic| matches!(topic, Topic::Room(_) | Topic::User(_));
    let topics: Vec<Topic> = turnover.keys().filter(is_told).copied().collect();
    link.marks().write(&here, &gone, bus.now()).await?;
    link.marks().people_elsewhere(&topics, bus.now()).await
}
