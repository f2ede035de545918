use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use domain::realtime::{ServerFrame, Topic};

use super::announcement::{Announcement, Delivery};
use super::bus::{Bus, Shared, serialised};

/// The frames of this node that are about to be published, by topic and position.
///
/// Transactions that change a room follow each other, because each holds its row; the tasks behind them are woken in any
/// order, and on a busy machine seldom in the right one.
#[derive(Debug, Default)]
pub(super) struct Lineup {
    topics: Mutex<HashMap<Topic, Waiting>>,
}

#[derive(Debug, Default)]
struct Waiting {
    /// Positions whose transaction is under way.
    expected: BTreeSet<i64>,
    /// Frames behind one of those.
    ready: BTreeMap<i64, (Delivery, Bytes)>,
}

/// A position in a topic that is about to be committed. Later frames of the topic wait until it is published, or dropped
/// because nothing was committed.
#[derive(Debug)]
#[must_use = "take it before COMMIT and publish after it"]
pub struct Place {
    shared: Arc<Shared>,
    topic: Topic,
    rev: i64,
}

impl Bus {
    /// Takes the place of a position before its COMMIT, while the topic's row is still held.
    pub fn line_up(&self, topic: Topic, rev: i64) -> Place {
        self.shared.lineup.lock().entry(topic).or_default().expected.insert(rev);
        Place { shared: Arc::clone(&self.shared), topic, rev }
    }
}

impl Place {
    /// As [`Bus::publish`], behind everything that has an earlier place. Call it after COMMIT.
    pub fn publish(self, frame: &ServerFrame) {
        let ready = (Delivery::of(self.topic, frame, None), serialised(frame));
        let mut topics = self.shared.lineup.lock();
        topics.entry(self.topic).or_default().ready.insert(self.rev, ready);
        // Dropping it sends what is next; the lock is not reentrant.
        drop(topics);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Held while sending: two who send at once would mix the order up again.
        let mut topics = self.shared.lineup.lock();
        let Some(waiting) = topics.get_mut(&self.topic) else { return };
        waiting.expected.remove(&self.rev);
        while let Some(first) = waiting.ready.first_entry() {
            if waiting.expected.first().is_some_and(|expected| expected < first.key()) {
                break;
            }
            let (delivery, frame) = first.remove();
            self.shared.announce(Announcement::Frame(delivery), frame);
        }
        if waiting.expected.is_empty() && waiting.ready.is_empty() {
            topics.remove(&self.topic);
        }
    }
}

impl Lineup {
    fn lock(&self) -> MutexGuard<'_, HashMap<Topic, Waiting>> {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
