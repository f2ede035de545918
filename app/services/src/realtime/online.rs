//! Tells connections and conversation partners who are online themselves who came online or left, on every node: once for
//! all tabs of a person.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use domain::ids::UserId;
use domain::realtime::{ServerFrame, Topic};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{Outcome, Services, conversations};

/// People asked about at once: after a node comes back, all of them come at once.
const AT_ONCE: usize = 100;

/// Who came or left since the last look, with where they stand now.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    changed: Mutex<HashMap<UserId, bool>>,
    came: Notify,
}

impl Arrivals {
    pub(super) fn add(&self, user: UserId, is_online: bool) {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).insert(user, is_online);
        self.came.notify_one();
    }

    fn take(&self) -> HashMap<UserId, bool> {
        std::mem::take(&mut *self.changed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Tells until `stop`. What can't be told is logged: a page that is loaded anew asks again.
pub async fn run(services: Services, stop: CancellationToken) {
    let arrivals = services.bus.arrivals();
    while stop.run_until_cancelled(arrivals.came.notified()).await.is_some() {
        let changed = arrivals.take();
        let told = tell(&services, &changed);
        if let Some(Err(error)) = stop.run_until_cancelled(told).await {
            tracing::warn!(%error, "nobody was told who came online: {error}");
        }
    }
}

async fn tell(services: &Services, changed: &HashMap<UserId, bool>) -> Outcome<()> {
    let people: Vec<UserId> = changed.keys().copied().collect();
    for people in people.chunks(AT_ONCE) {
        let acquainted = conversations::acquainted(services, people).await?;
        let partners: HashSet<UserId> = acquainted.iter().map(|pair| pair.partner).collect();
        let listening = services.bus.online(&partners.into_iter().collect::<Vec<_>>()).await;
        for pair in acquainted.into_iter().filter(|pair| listening.contains(&pair.partner)) {
            let topic = Topic::User(pair.partner);
            let is_online = changed.get(&pair.person).copied().unwrap_or_default();
            services
                .bus
                .publish(topic, &ServerFrame::OnlineChanged { topic, person: pair.person, is_online });
        }
    }
    Ok(())
}
