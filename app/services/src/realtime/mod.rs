//! Who hears what, live: topics with their listeners on this node, presence, typing, and the way to other nodes.
//! Frames are hints after COMMIT; the database stays the truth, and the slices decide who may listen.

pub mod access;
mod activity;
mod announcement;
mod audience;
mod bus;
mod caps;
mod direct;
mod lineup;
mod node_claim;
pub mod online;
mod presence;
mod presence_marks;
mod queries;
mod queue;
pub mod recheck;
mod redis_link;
mod registry;
pub mod safety_net;
mod socket;
#[cfg(test)]
mod tests;

pub use bus::Bus;
pub use caps::{SocketCaps, TooManySockets};
pub use direct::{DirectWriter, Written};
pub use lineup::Place;
pub use node_claim::{NodeClaim, NodeClaimError, claim_shared_node, claim_single_node};
pub use redis_link::RedisError;
pub use registry::{MAX_TOPICS_PER_SOCKET, TooManyTopics};
pub use socket::{Outgoing, SocketHandle, SocketOwner};
