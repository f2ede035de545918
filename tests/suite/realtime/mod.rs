//! Real sockets against real nodes: what is delivered, in which order, to whom, and when a socket ends.

mod chat;
mod connection;
mod dm;
mod resume;
mod revocation;
mod session;
mod several_nodes;
mod stage;
mod upgrade;
