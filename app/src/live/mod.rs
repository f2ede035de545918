//! The browser's side of live pages: socket, timers, storage and scrolling, driving the plain state machines of
//! `domain::realtime::client`. Decides no delivery rule itself.

pub(crate) mod browser;
mod call;
pub(crate) mod json;
pub(crate) mod room;
mod socket;
mod timer;
