//! What crosses the socket: topics, frames, cursors. A versioned contract between server and browser.

pub mod client;
mod close;
mod frame;
mod topic;

pub use close::CloseReason;
pub use frame::{ClientFrame, PROTOCOL_VERSION, RefusalCode, ServerFrame};
pub use topic::Topic;
