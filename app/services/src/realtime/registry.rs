mod census;

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use domain::ids::{LoginSessionId, UserId};
use domain::realtime::{CloseReason, Topic};
use time::OffsetDateTime;

use super::announcement::Delivery;
use super::audience::{Admittance, Audience, Turnout};
use super::caps::{SocketCaps, TooManySockets, party};
use super::queue::{Added, Overflow, Queue};
use super::socket::SocketOwner;

/// A page shows one room; a busy tab has a handful.
pub const MAX_TOPICS_PER_SOCKET: usize = 100;

/// One more topic than [`MAX_TOPICS_PER_SOCKET`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many topics on one socket")]
pub struct TooManyTopics;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SocketId(u64);

/// The sockets of this node and what they listen to. Its lock is never held over an await.
#[derive(Debug, Default)]
pub(super) struct Registry {
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    sockets: HashMap<SocketId, Socket>,
    audiences: HashMap<Topic, Audience>,
    by_user: HashMap<UserId, HashSet<SocketId>>,
    by_party: HashMap<IpAddr, usize>,
    /// People who came or went since the last look, per topic.
    turnover: HashMap<Topic, HashSet<UserId>>,
    /// People whose partners were told that they are online, as far as this node knows them.
    online: HashSet<UserId>,
    opened: u64,
}

#[derive(Debug)]
struct Socket {
    user: UserId,
    login_session: LoginSessionId,
    party: Option<IpAddr>,
    queue: Arc<Queue>,
    topics: HashSet<Topic>,
}

impl Registry {
    pub(super) fn open(
        &self,
        owner: &SocketOwner,
        caps: SocketCaps,
    ) -> Result<(SocketId, Arc<Queue>), TooManySockets> {
        let mut open = self.lock();
        let party = owner.address.map(party);
        let of_user = open.by_user.get(&owner.person.id).map_or(0, HashSet::len);
        let from_party = party.and_then(|party| open.by_party.get(&party)).copied().unwrap_or(0);
        if of_user >= caps.per_user {
            return Err(TooManySockets::OfUser);
        }
        if from_party >= caps.per_address {
            return Err(TooManySockets::FromAddress);
        }
        open.opened += 1;
        let id = SocketId(open.opened);
        open.by_user.entry(owner.person.id).or_default().insert(id);
        if let Some(party) = party {
            *open.by_party.entry(party).or_insert(0) += 1;
        }
        let queue = Arc::new(Queue::default());
        let socket = Socket {
            user: owner.person.id,
            login_session: owner.login_session,
            party,
            queue: Arc::clone(&queue),
            topics: HashSet::new(),
        };
        open.sockets.insert(id, socket);
        Ok((id, queue))
    }

    pub(super) fn close(&self, id: SocketId) {
        let mut open = self.lock();
        open.leave_all(id);
        let Some(socket) = open.sockets.remove(&id) else { return };
        if let Some(siblings) = open.by_user.get_mut(&socket.user) {
            siblings.remove(&id);
            if siblings.is_empty() {
                open.by_user.remove(&socket.user);
            }
        }
        if let Some(party) = socket.party
            && let Some(count) = open.by_party.get_mut(&party)
        {
            *count -= 1;
            if *count == 0 {
                open.by_party.remove(&party);
            }
        }
    }

    pub(super) fn listen(&self, id: SocketId, topic: Topic) -> Result<(), TooManyTopics> {
        let mut open = self.lock();
        let Some(socket) = open.sockets.get_mut(&id) else { return Ok(()) };
        if !socket.topics.contains(&topic) && socket.topics.len() >= MAX_TOPICS_PER_SOCKET {
            return Err(TooManyTopics);
        }
        socket.topics.insert(topic);
        let (user, queue) = (socket.user, Arc::clone(&socket.queue));
        open.audiences.entry(topic).or_default().listen(id, user, queue);
        Ok(())
    }

    pub(super) fn admit(&self, id: SocketId, topic: Topic, may_post: bool) -> bool {
        let mut open = self.lock();
        let Some(user) = open.sockets.get(&id).map(|socket| socket.user) else { return false };
        let turnout = open.audiences.get_mut(&topic).and_then(|audience| audience.admit(id, may_post));
        if turnout == Some(Turnout::Changed) {
            open.note_turnover(topic, user);
        }
        turnout.is_some()
    }

    pub(super) fn unsubscribe(&self, id: SocketId, topic: Topic) {
        self.lock().leave(id, topic);
    }

    /// Queues a frame for everybody who listens; a socket that can't take it is closed as too slow. The queues that come
    /// back are to be flushed.
    #[must_use]
    pub(super) fn deliver(&self, delivery: &Delivery, frame: &Bytes) -> Vec<Arc<Queue>> {
        let mut open = self.lock();
        let Some(audience) = open.audiences.get_mut(&delivery.topic) else { return Vec::new() };
        audience.fanned_out = audience.fanned_out.max(delivery.rev.unwrap_or(0));
        if delivery.presence.is_some() {
            audience.announced = delivery.presence;
        }
        let (mut to_flush, mut too_slow) = (Vec::new(), Vec::new());
        for (id, listener) in &audience.listeners {
            if Some(listener.user) == delivery.except {
                continue;
            }
            match listener.queue.push(delivery.topic, frame.clone()) {
                Ok(Added::NeedsFlush) => to_flush.push(Arc::clone(&listener.queue)),
                Ok(Added::Waits) => {}
                Err(Overflow) => too_slow.push(*id),
            }
        }
        for id in too_slow {
            open.end(id, CloseReason::TooSlow);
        }
        to_flush
    }

    pub(super) fn end_login_session(&self, login_session: LoginSessionId) {
        self.end_where(|socket| socket.login_session == login_session);
    }

    pub(super) fn end_login_sessions_of(&self, user: UserId) {
        self.end_where(|socket| socket.user == user);
    }

    pub(super) fn end_each(&self, login_sessions: &HashSet<LoginSessionId>) {
        self.end_where(|socket| login_sessions.contains(&socket.login_session));
    }

    fn end_where(&self, concerns: impl Fn(&Socket) -> bool) {
        let mut open = self.lock();
        let ids: Vec<SocketId> =
            open.sockets.iter().filter(|(_, socket)| concerns(socket)).map(|(id, _)| *id).collect();
        for id in ids {
            open.end(id, CloseReason::SignedOut);
        }
    }

    /// Ends a person's subscriptions to a topic, also those not admitted yet; `farewell` is their last frame. The queues
    /// that come back are to be flushed.
    #[must_use]
    pub(super) fn revoke(&self, topic: Topic, user: UserId, farewell: &Bytes) -> Vec<Arc<Queue>> {
        let mut open = self.lock();
        let mut to_flush = Vec::new();
        let ids: Vec<SocketId> = open.by_user.get(&user).into_iter().flatten().copied().collect();
        for id in ids {
            if open.leave(id, topic) {
                to_flush.extend(open.queue(id, topic, farewell));
            }
        }
        to_flush
    }

    /// Updates whether a person may post, for the sockets that are let in already.
    pub(super) fn set_may_post(&self, topic: Topic, user: UserId, may_post: bool) {
        let mut open = self.lock();
        let Open { audiences, by_user, .. } = &mut *open;
        let Some(audience) = audiences.get_mut(&topic) else { return };
        // By the person's sockets, not by the listeners: this is asked for everybody in a room, one by one.
        for id in by_user.get(&user).into_iter().flatten() {
            if let Some(listener) = audience.listeners.get_mut(id)
                && listener.admittance != Admittance::Pending
            {
                listener.admittance = Admittance::Admitted { may_post };
            }
        }
    }

    pub(super) fn may_type(&self, id: SocketId, topic: Topic, now: OffsetDateTime) -> bool {
        self.lock().audiences.get_mut(&topic).is_some_and(|audience| audience.may_type(id, now))
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn leave(&mut self, id: SocketId, topic: Topic) -> bool {
        let Some(socket) = self.sockets.get_mut(&id) else { return false };
        if !socket.topics.remove(&topic) {
            return false;
        }
        socket.queue.forget(topic);
        let user = socket.user;
        let Some(audience) = self.audiences.get_mut(&topic) else { return true };
        let turnout = audience.leave(id);
        if audience.listeners.is_empty() {
            self.audiences.remove(&topic);
        }
        if turnout == Turnout::Changed {
            self.note_turnover(topic, user);
        }
        true
    }

    fn leave_all(&mut self, id: SocketId) {
        let topics: Vec<Topic> =
            self.sockets.get(&id).map(|socket| socket.topics.iter().copied().collect()).unwrap_or_default();
        for topic in topics {
            self.leave(id, topic);
        }
    }

    /// Queues a frame for one socket; answers its queue when that is to be flushed.
    fn queue(&mut self, id: SocketId, topic: Topic, frame: &Bytes) -> Option<Arc<Queue>> {
        let queue = Arc::clone(&self.sockets.get(&id)?.queue);
        match queue.push(topic, frame.clone()) {
            Ok(Added::NeedsFlush) => return Some(queue),
            Ok(Added::Waits) => {}
            Err(Overflow) => self.end(id, CloseReason::TooSlow),
        }
        None
    }

    /// Ends a socket: it leaves its topics at once; its place is free when its task has closed it.
    fn end(&mut self, id: SocketId, reason: CloseReason) {
        self.leave_all(id);
        if let Some(socket) = self.sockets.get(&id) {
            socket.queue.end(reason);
        }
    }

    fn note_turnover(&mut self, topic: Topic, user: UserId) {
        match topic {
            Topic::Room(_) | Topic::User(_) | Topic::Event(_) => {
                self.turnover.entry(topic).or_default().insert(user);
            }
            // Nobody asks who listens there.
            Topic::Conversation(_) => {}
        }
    }
}
