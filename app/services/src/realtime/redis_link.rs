use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use redis::aio::{ConnectionManager, ConnectionManagerConfig, PubSub};
use redis::{Client, RedisResult};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::announcement::{Announcement, Envelope};
use super::bus::Shared;
use super::presence_marks::PresenceMarks;
use crate::Rng;

/// All nodes talk on one channel; a node ignores topics nobody listens to.
const CHANNEL: &str = "atria:bus";

/// Envelopes that wait while Redis is slow; beyond it they are dropped, and cursors make it good.
const OUTBOX: usize = 4096;
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// An idle subscription is asked for a sign of life this often: a dead peer sends no goodbye.
const PROBE_EVERY: Duration = Duration::from_secs(10);
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Redis did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[error("redis: {0}")]
pub struct RedisError(#[from] pub(super) redis::RedisError);

/// One node's connection to the others.
#[derive(Debug)]
pub(super) struct RedisLink {
    node: Uuid,
    outbox: mpsc::Sender<Vec<u8>>,
    marks: PresenceMarks,
    reach: Arc<Reach>,
}

/// The subscription, before it knows where to deliver.
pub(super) struct Incoming {
    node: Uuid,
    client: Client,
    subscription: PubSub,
    reach: Arc<Reach>,
    stop: CancellationToken,
}

/// Whether Redis answers, logged when it changes.
#[derive(Debug, Default)]
struct Reach {
    is_lost: AtomicBool,
}

impl RedisLink {
    /// Connects both ways and starts the sender, which ends with `stop`.
    pub(super) async fn connect(
        url: &str,
        node: Uuid,
        stop: CancellationToken,
    ) -> Result<(Self, Incoming), RedisError> {
        let client = Client::open(url)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(ANSWER_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN))
            .set_max_delay(LONGEST_PAUSE)
            .set_number_of_retries(1);
        let connection = ConnectionManager::new_with_config(client.clone(), config).await?;
        let subscription = subscribe(&client).await?;
        let reach = Arc::new(Reach::default());
        let (outbox, waiting) = mpsc::channel(OUTBOX);
        tokio::spawn(send_waiting(connection.clone(), waiting, Arc::clone(&reach), stop.clone()));
        let link =
            Self { node, outbox, marks: PresenceMarks::new(connection, node), reach: Arc::clone(&reach) };
        Ok((link, Incoming { node, client, subscription, reach, stop }))
    }

    /// Hands an envelope to the sender without waiting.
    pub(super) fn send(&self, announcement: Announcement, frame: Bytes) {
        let envelope = Envelope { node: self.node, announcement, frame };
        match self.outbox.try_send(envelope.to_bytes()) {
            Ok(()) | Err(TrySendError::Closed(_)) => {}
            Err(TrySendError::Full(_)) => self.reach.lost("the outbox is full"),
        }
    }

    pub(super) fn marks(&self) -> &PresenceMarks {
        &self.marks
    }
}

impl Incoming {
    /// Starts to deliver what other nodes say; subscribes anew whenever the connection is lost.
    pub(super) fn deliver_to(self, bus: Weak<Shared>) {
        tokio::spawn(async move {
            let stop = self.stop.clone();
            stop.run_until_cancelled(self.listen_forever(bus)).await;
        });
    }

    async fn listen_forever(mut self, bus: Weak<Shared>) {
        loop {
            deliver_until_lost(self.subscription, self.node, &bus).await;
            self.reach.lost("the subscription ended");
            self.subscription = resubscribe(&self.client).await;
            self.reach.regained();
            let Some(bus) = bus.upgrade() else { return };
            // Redis may have come back empty, and others were not told who came and went.
            bus.registry.renew_turnover();
        }
    }
}

async fn send_waiting(
    mut connection: ConnectionManager,
    mut waiting: mpsc::Receiver<Vec<u8>>,
    reach: Arc<Reach>,
    stop: CancellationToken,
) {
    let mut batch = Vec::new();
    loop {
        let received = stop.run_until_cancelled(waiting.recv_many(&mut batch, 64)).await;
        if received.is_none_or(|count| count == 0) {
            return;
        }
        let mut pipeline = redis::pipe();
        for envelope in batch.drain(..) {
            pipeline.publish(CHANNEL, envelope).ignore();
        }
        match pipeline.query_async::<()>(&mut connection).await {
            Ok(()) => reach.regained(),
            Err(error) => reach.lost(error),
        }
    }
}

async fn subscribe(client: &Client) -> RedisResult<PubSub> {
    let connecting = async {
        let mut subscription = client.get_async_pubsub().await?;
        subscription.subscribe(CHANNEL).await?;
        Ok(subscription)
    };
    timeout(ANSWER_WITHIN, connecting).await.unwrap_or_else(|_| Err(timed_out()))
}

async fn resubscribe(client: &Client) -> PubSub {
    let mut pause = SHORTEST_PAUSE;
    loop {
        if let Ok(subscription) = subscribe(client).await {
            return subscription;
        }
        // Jitter, so that the nodes don't come back in step.
        tokio::time::sleep(pause.mul_f64(0.5 + Rng.fraction())).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn deliver_until_lost(subscription: PubSub, own_node: Uuid, bus: &Weak<Shared>) {
    let (mut control, mut messages) = subscription.split();
    loop {
        match timeout(PROBE_EVERY, messages.next()).await {
            Ok(Some(message)) => {
                let envelope = Envelope::from_bytes(&Bytes::copy_from_slice(message.get_payload_bytes()));
                let Some(bus) = bus.upgrade() else { return };
                // Own announcements come back too; they were acted on when they were made.
                if let Some(envelope) = envelope.filter(|envelope| envelope.node != own_node) {
                    bus.act(&envelope.announcement, &envelope.frame);
                }
            }
            Ok(None) => return,
            Err(_idle) => {
                if !matches!(timeout(ANSWER_WITHIN, control.ping::<()>()).await, Ok(Ok(()))) {
                    return;
                }
            }
        }
    }
}

fn timed_out() -> redis::RedisError {
    std::io::Error::from(std::io::ErrorKind::TimedOut).into()
}

impl Reach {
    fn lost(&self, why: impl fmt::Display) {
        if !self.is_lost.swap(true, Ordering::Relaxed) {
            tracing::warn!(%why, "Redis is lost ({why}): frames reach this node's sockets only, others catch up every 5 s");
        }
    }

    fn regained(&self) {
        if self.is_lost.swap(false, Ordering::Relaxed) {
            tracing::info!("Redis is back");
        }
    }
}
