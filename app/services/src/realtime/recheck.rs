//! What a change of roles asks of open sockets: whoever it concerns is asked about again, at once, on every node.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use domain::ids::UserId;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::safety_net;
use crate::Services;

/// Whom to ask about again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    everybody: bool,
    people: HashSet<UserId>,
}

impl Wanted {
    pub(super) fn concerns(&self, user: UserId) -> bool {
        self.everybody || self.people.contains(&user)
    }
}

/// Requests that came since the last look; however many, one look answers them all.
#[derive(Debug, Default)]
pub(super) struct Requests {
    wanted: Mutex<Wanted>,
    came: Notify,
    /// Held by whoever looks: what an earlier look saw must not replace what a later one saw.
    pub(super) looking: tokio::sync::Mutex<()>,
}

impl Requests {
    /// `None` stands for everybody who listens.
    pub(super) fn add(&self, user: Option<UserId>) {
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        match user {
            Some(user) => {
                wanted.people.insert(user);
            }
            None => wanted.everybody = true,
        }
        drop(wanted);
        self.came.notify_one();
    }

    pub(super) fn take(&self) -> Wanted {
        std::mem::take(&mut *self.wanted.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Answers requests until `stop`. A failed look is logged; the safety net makes it good.
pub async fn run(services: Services, stop: CancellationToken) {
    let requests = services.bus.recheck_requests();
    while stop.run_until_cancelled(requests.came.notified()).await.is_some() {
        let wanted = requests.take();
        let looked = safety_net::recheck_standings(&services, |user| wanted.concerns(user));
        if let Some(Err(error)) = stop.run_until_cancelled(looked).await {
            tracing::warn!(%error, "rights of listeners could not be checked again: {error}");
        }
    }
}
