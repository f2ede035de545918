//! The browser's side of a live room as plain state: when to connect, what a frame means, which message goes out
//! next. Knows no socket, timer or page; whoever drives it does what it answers.

mod backoff;
mod follower;
mod link;
mod log;
mod outbox;
mod typing;
mod wire;

pub use backoff::Backoff;
pub use follower::{Follower, Heard};
pub use link::{Ended, Link, Todo};
pub use log::MessageLog;
pub use outbox::{Attempt, Outbox, Pending, PendingState};
pub use typing::{TypingThrottle, Typists};
pub use wire::{FromJson, Json};
