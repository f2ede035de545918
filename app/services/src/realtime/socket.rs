use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use domain::accounts::PersonCard;
use domain::ids::LoginSessionId;
use domain::realtime::{CloseReason, Topic};

pub use super::queue::Outgoing;

use super::Bus;
use super::direct::DirectWriter;
use super::queue::Queue;
use super::registry::{SocketId, TooManyTopics};

/// Whose socket it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketOwner {
    pub person: PersonCard,
    pub login_session: LoginSessionId,
    /// As the trusted proxies name it; `None` is not capped by address.
    pub address: Option<IpAddr>,
}

/// One open socket's place on the bus. Dropping it leaves every topic.
#[derive(Debug)]
pub struct SocketHandle {
    pub(super) id: SocketId,
    pub(super) owner: SocketOwner,
    pub(super) queue: Arc<Queue>,
    pub(super) bus: Bus,
}

impl SocketHandle {
    #[must_use]
    pub fn owner(&self) -> &SocketOwner {
        &self.owner
    }

    /// Lets frames be written past the socket's task, once the connection is a WebSocket. Until the task asks for what is
    /// next, it holds the connection.
    pub fn attach(&self, writer: Arc<dyn DirectWriter>) {
        self.queue.attach(writer);
    }

    /// Keeps others from writing to the connection until the task asks [`Self::recv`] again. Answers with what waits to be
    /// written before anything else.
    #[must_use]
    pub fn hold(&self) -> Vec<Bytes> {
        self.queue.hold()
    }

    /// What to write next; an empty batch for a flush alone. Cancel-safe.
    pub async fn recv(&self) -> Outgoing {
        self.queue.next().await
    }

    /// Resolves when the socket has to close, also while a write hangs. Cancel-safe.
    pub async fn ended(&self) -> CloseReason {
        self.queue.ended().await
    }

    /// Starts to listen, not yet counted as present. Frames queue from here on, so what the database is asked
    /// afterwards leaves no gap.
    ///
    /// # Errors
    /// [`TooManyTopics`].
    pub fn subscribe(&self, topic: Topic) -> Result<(), TooManyTopics> {
        self.bus.registry().listen(self.id, topic)
    }

    /// Counts the listener as present. False when the access ended while the database was asked.
    ///
    /// The policy is asked again after it: a change between the answer of the database and this was told to nobody who
    /// listened here.
    #[must_use]
    pub fn admit(&self, topic: Topic, may_post: bool) -> bool {
        let is_admitted = self.bus.registry().admit(self.id, topic, may_post);
        match topic {
            Topic::Room(_) | Topic::Conversation(_) | Topic::Event(_) => {
                self.bus.recheck_here(self.owner.person.id);
            }
            Topic::User(_) => {}
        }
        is_admitted
    }

    /// Ends the subscription; nothing of the topic comes out of [`Self::recv`] after it.
    pub fn unsubscribe(&self, topic: Topic) {
        self.bus.registry().unsubscribe(self.id, topic);
    }

    /// Passes "is typing" on to the others, if the person may post there, the room is not crowded and the last
    /// one is 3 s ago; else silently not.
    pub fn typing(&self, topic: Topic) {
        self.bus.typing(self, topic);
    }
}

impl Drop for SocketHandle {
    fn drop(&mut self) {
        // A publisher may still have the queue: the goodbye is the last that is written.
        drop(self.queue.hold());
        self.bus.registry().close(self.id);
    }
}
