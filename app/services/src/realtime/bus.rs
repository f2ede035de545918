use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::ids::{LoginSessionId, UserId};
use domain::realtime::{RefusalCode, ServerFrame, Topic};
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::activity::Activity;
use super::announcement::{Announcement, Delivery};
use super::caps::{SocketCaps, TooManySockets};
use super::direct::Flusher;
use super::lineup::Lineup;
use super::online;
use super::presence;
use super::recheck;
use super::redis_link::{RedisError, RedisLink};
use super::registry::Registry;
use super::socket::{SocketHandle, SocketOwner};
use crate::{Clock, Rng};

/// A subscriber does not wait longer for a number.
const PRESENCE_WITHIN: Duration = Duration::from_secs(1);

/// The way from a use case to the sockets of this node and, with Redis, of all nodes.
///
/// Publishing never waits and never fails its caller: a lost frame is made good by the readers' cursors.
#[derive(Debug, Clone)]
pub struct Bus {
    pub(super) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) registry: Registry,
    flusher: Flusher,
    pub(super) link: Option<RedisLink>,
    pub(super) lineup: Lineup,
    pub(super) activity: Activity,
    pub(super) restricted_activity: Activity,
    rechecks: Arc<recheck::Requests>,
    pub(super) arrivals: Arc<online::Arrivals>,
    clock: Clock,
    caps: SocketCaps,
    /// Ends the background tasks with the last handle of the bus.
    stop: DropGuard,
}

impl Bus {
    /// A bus for one node. Starts a background task, so it needs a Tokio runtime.
    #[must_use]
    pub fn in_process(clock: Clock, caps: SocketCaps) -> Self {
        let bus = Self::assemble(clock, caps, None, CancellationToken::new());
        bus.announce_presence();
        bus
    }

    /// A bus that shares frames and presence with every other node on the same Redis (or Valkey).
    ///
    /// # Errors
    /// The URL can't be read, or the first connection fails; later losses are bridged.
    pub async fn connect_redis(url: &str, clock: Clock, caps: SocketCaps) -> Result<Self, RedisError> {
        let stop = CancellationToken::new();
        let (link, incoming) = RedisLink::connect(url, Rng.id(clock.now()), stop.clone()).await?;
        let bus = Self::assemble(clock, caps, Some(link), stop);
        incoming.deliver_to(Arc::downgrade(&bus.shared));
        bus.announce_presence();
        Ok(bus)
    }

    /// A bus without background tasks: nothing is announced by itself.
    pub(super) fn assemble(
        clock: Clock,
        caps: SocketCaps,
        link: Option<RedisLink>,
        stop: CancellationToken,
    ) -> Self {
        let (registry, lineup) = (Registry::default(), Lineup::default());
        let (activity, restricted_activity) = (Activity::default(), Activity::default());
        let (rechecks, arrivals) = (Arc::default(), Arc::default());
        let stop = stop.drop_guard();
        Self {
            shared: Arc::new(Shared {
                registry,
                flusher: Flusher::default(),
                link,
                lineup,
                activity,
                restricted_activity,
                rechecks,
                arrivals,
                clock,
                caps,
                stop,
            }),
        }
    }

    fn announce_presence(&self) {
        let stop = self.shared.stop.token().clone();
        tokio::spawn(presence::announce_every_second(Arc::downgrade(&self.shared), stop));
    }

    /// Takes a place for a socket, before the upgrade is answered.
    ///
    /// # Errors
    /// [`TooManySockets`].
    pub fn open_socket(&self, owner: SocketOwner) -> Result<SocketHandle, TooManySockets> {
        let (id, queue) = self.shared.registry.open(&owner, self.shared.caps)?;
        Ok(SocketHandle { id, owner, queue, bus: self.clone() })
    }

    /// Sends a frame to everybody who listens to the topic. Call it after COMMIT.
    pub fn publish(&self, topic: Topic, frame: &ServerFrame) {
        self.shared.publish(Delivery::of(topic, frame, None), frame);
    }

    /// As [`Self::publish`], but not to the sockets of one person.
    pub fn publish_except(&self, topic: Topic, frame: &ServerFrame, except: UserId) {
        self.shared.publish(Delivery::of(topic, frame, Some(except)), frame);
    }

    /// Closes the sockets of one login session with 4401.
    pub fn end_login_session(&self, login_session: LoginSessionId) {
        self.shared.announce(Announcement::EndLoginSession(login_session), Bytes::new());
    }

    /// Closes every socket of a person with 4401: password change, deactivation.
    pub fn end_login_sessions_of(&self, user: UserId) {
        self.shared.announce(Announcement::EndLoginSessionsOf(user), Bytes::new());
    }

    /// Ends a person's subscription to a topic; their sockets get `kicked` and stay open.
    pub fn revoke(&self, topic: Topic, user: UserId) {
        self.shared.announce(Announcement::Revoke { topic, user }, Bytes::new());
    }

    /// Asks the policy again about a person's open subscriptions, within a second: a role that changed, an
    /// ownership that ended. Call it after COMMIT.
    pub fn recheck(&self, user: UserId) {
        self.shared.announce(Announcement::Recheck { user: Some(user) }, Bytes::new());
    }

    /// As [`Self::recheck`] for the sockets of this node.
    pub(super) fn recheck_here(&self, user: UserId) {
        self.shared.rechecks.add(Some(user));
    }

    /// As [`Self::recheck`] for everybody who listens: an event, or an organization with all of its events, is gone.
    pub fn recheck_everybody(&self) {
        self.shared.announce(Announcement::Recheck { user: None }, Bytes::new());
    }

    pub(super) fn recheck_requests(&self) -> Arc<recheck::Requests> {
        Arc::clone(&self.shared.rechecks)
    }

    /// People in a topic now, each counted once, to tell one listener; `None` when the other nodes can't be asked
    /// within a second. When the others know another number, the next round tells all.
    pub async fn presence(&self, topic: Topic) -> Option<u32> {
        let elsewhere = match &self.shared.link {
            Some(link) => {
                let asked =
                    timeout(PRESENCE_WITHIN, link.marks().people_elsewhere(&[topic], self.now())).await;
                asked.ok()?.ok()?.remove(&topic)
            }
            None => None,
        };
        let count = self.shared.registry.count(topic, &elsewhere.unwrap_or_default());
        self.shared.registry.told_one(topic, count);
        Some(count)
    }

    /// People in each of these topics now, to show somebody who listens to none of them; `None` when the other nodes
    /// can't be asked within a second.
    pub async fn presences(&self, topics: &[Topic]) -> Option<HashMap<Topic, u32>> {
        let mut elsewhere = match &self.shared.link {
            Some(link) if !topics.is_empty() => {
                let asked = timeout(PRESENCE_WITHIN, link.marks().people_elsewhere(topics, self.now())).await;
                asked.ok()?.ok()?
            }
            Some(_) | None => HashMap::new(),
        };
        let count = |topic: &Topic| {
            let elsewhere = elsewhere.remove(topic).unwrap_or_default();
            (*topic, self.shared.registry.count(*topic, &elsewhere))
        };
        Some(topics.iter().map(count).collect())
    }

    /// Those of these people who have a page open now, here or on another node; nobody when the other nodes can't be
    /// asked within a second. Whether somebody lets it be seen is the caller's to ask.
    pub async fn online(&self, people: &[UserId]) -> HashSet<UserId> {
        let topics: Vec<Topic> = people.iter().map(|user| Topic::User(*user)).collect();
        let elsewhere = match &self.shared.link {
            Some(link) if !topics.is_empty() => {
                let asked =
                    timeout(PRESENCE_WITHIN, link.marks().people_elsewhere(&topics, self.now())).await;
                asked.ok().and_then(Result::ok).unwrap_or_default()
            }
            Some(_) | None => HashMap::new(),
        };
        let is_online = |user: &UserId| {
            let topic = Topic::User(*user);
            self.shared.registry.is_here(topic, *user)
                || elsewhere.get(&topic).is_some_and(|there| there.contains(user))
        };
        people.iter().copied().filter(is_online).collect()
    }

    pub(super) fn arrivals(&self) -> Arc<online::Arrivals> {
        Arc::clone(&self.shared.arrivals)
    }

    pub(super) fn typing(&self, socket: &SocketHandle, topic: Topic) {
        if self.shared.registry.may_type(socket.id, topic, self.now()) {
            let person = socket.owner.person.clone();
            let user = person.id;
            self.publish_except(topic, &ServerFrame::Typing { topic, person }, user);
        }
    }

    /// Sends a frame to this node's listeners only.
    pub(super) fn publish_here(&self, topic: Topic, frame: &ServerFrame) {
        self.shared.act(&Announcement::Frame(Delivery::of(topic, frame, None)), &serialised(frame));
    }

    /// Ends a subscription on this node only.
    pub(super) fn revoke_here(&self, topic: Topic, user: UserId) {
        self.shared.act(&Announcement::Revoke { topic, user }, &Bytes::new());
    }

    pub(super) fn registry(&self) -> &Registry {
        &self.shared.registry
    }

    fn now(&self) -> time::OffsetDateTime {
        self.shared.clock.now()
    }
}

impl Shared {
    pub(super) fn now(&self) -> time::OffsetDateTime {
        self.clock.now()
    }

    pub(super) fn publish(&self, delivery: Delivery, frame: &ServerFrame) {
        self.announce(Announcement::Frame(delivery), serialised(frame));
    }

    pub(super) fn announce(&self, announcement: Announcement, frame: Bytes) {
        self.act(&announcement, &frame);
        if let Some(link) = &self.link {
            link.send(announcement, frame);
        }
    }

    /// Does on this node what it, or another one, announced.
    pub(super) fn act(&self, announcement: &Announcement, frame: &Bytes) {
        match *announcement {
            Announcement::Frame(ref delivery) => self.flusher.flush(self.registry.deliver(delivery, frame)),
            Announcement::EndLoginSession(login_session) => self.registry.end_login_session(login_session),
            Announcement::EndLoginSessionsOf(user) => self.registry.end_login_sessions_of(user),
            Announcement::Revoke { topic, user } => {
                self.flusher.flush(self.registry.revoke(topic, user, &farewell(topic)));
            }
            Announcement::Recheck { user } => self.rechecks.add(user),
        }
    }
}

/// The one serialisation of a frame; every socket shares its bytes.
pub(super) fn serialised(frame: &ServerFrame) -> Bytes {
    Bytes::from(serde_json::to_vec(frame).expect("a frame of plain fields serialises"))
}

fn farewell(topic: Topic) -> Bytes {
    serialised(&ServerFrame::Kicked { topic, code: RefusalCode::NoAccess })
}
