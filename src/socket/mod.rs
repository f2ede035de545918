//! The door of the WebSocket: who may open one, and the task that serves it. Decides nothing about topics itself;
//! that is `services::realtime::access`.

mod answers;
mod budget;
mod connection;
mod inbound;
mod outbound;
mod upgrade;

use std::net::IpAddr;
use std::sync::Arc;

use services::Services;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::endpoints::{Access, Endpoints};

/// What the sockets of the process share.
#[derive(Debug, Clone)]
pub struct SocketState {
    pub services: Services,
    /// The only `Origin` that may open a socket, as browsers send it: `https://host[:port]`.
    pub origin: Arc<str>,
    /// Cancelled at shutdown: every socket closes with 1012.
    pub stop: CancellationToken,
    /// Holds one task per open socket, so that shutdown can wait for their goodbyes.
    pub tasks: TaskTracker,
}

/// Where a request comes from, as the trusted proxies name it. A layer in front puts it into the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceAddress(pub IpAddr);

/// `GET /ws`, and nothing else.
///
/// Needs the [`domain::Viewer`] in the request's extensions; takes the [`SourceAddress`] from there if present.
pub fn endpoints(state: SocketState) -> Endpoints {
    Endpoints::default().get("/ws", Access::Viewers, upgrade::open).with_state(state)
}
