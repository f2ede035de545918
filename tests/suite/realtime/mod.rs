//! Real sockets against real nodes: what is delivered, in which order, to whom, and when a socket ends.

mod chat;
mod node;
mod redis;
mod resume;
mod revocation;
mod several_nodes;
mod socket;
mod stage;
mod upgrade;
