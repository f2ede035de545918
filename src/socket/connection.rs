use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use domain::SignedIn;
use domain::realtime::{ClientFrame, CloseReason, PROTOCOL_VERSION, ServerFrame, Topic};
use futures_util::StreamExt as _;
use futures_util::stream::SplitStream;
use services::Services;
use services::realtime::{Outgoing, SocketHandle};
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;

use super::SocketState;
use super::answers;
use super::budget::{Budget, Verdict};
use super::inbound::Inbound;
use super::outbound::{End, Outbound};
use crate::wire::WireEnd;

const PING_EVERY: Duration = Duration::from_secs(25);
const PINGS_TO_MISS: u32 = 2;

/// One open socket and everything its task needs. It holds no HTTP session: a session written after the upgrade
/// is never saved.
#[derive(Debug)]
pub(super) struct Connection {
    services: Services,
    person: SignedIn,
    handle: SocketHandle,
    stream: SplitStream<WebSocket>,
    out: Outbound,
    stop: CancellationToken,
    budget: Budget,
    missed_pings: u32,
    /// Frames of newer clients, for the log line at the end.
    unknown_frames: u64,
}

impl Connection {
    /// Frames go straight to `wire` while the task sleeps, if there is one.
    pub(super) fn new(
        state: SocketState,
        person: SignedIn,
        handle: SocketHandle,
        socket: WebSocket,
        wire: Option<Arc<WireEnd>>,
    ) -> Self {
        if let Some(wire) = wire {
            wire.share();
            handle.attach(wire);
        }
        let (sink, stream) = socket.split();
        Self {
            services: state.services,
            person,
            handle,
            stream,
            out: Outbound::new(sink, state.stop.clone()),
            stop: state.stop,
            budget: Budget::new(Instant::now()),
            missed_pings: 0,
            unknown_frames: 0,
        }
    }

    /// Serves the socket until either side ends it.
    pub(super) async fn serve(mut self) {
        let end = match self.run().await {
            Ok(never) => match never {},
            Err(end) => end,
        };
        tracing::debug!(?end, unknown_frames = self.unknown_frames, "socket closed");
        let Self { handle, stream, out, .. } = self;
        // Its topics and its place under the caps are free before the goodbye, which can take a while.
        drop(handle);
        match end {
            End::Close(reason) => out.goodbye(stream, reason).await,
            End::Gone => {}
        }
    }

    async fn run(&mut self) -> Result<std::convert::Infallible, End> {
        self.listen_to_own_topic();
        self.out.frame(&self.handle, &ServerFrame::Hello { protocol: PROTOCOL_VERSION }).await?;
        let mut pings = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // Once for the socket's life: each new one would lock what all sockets share.
        let mut stopped = pin!(self.stop.clone().cancelled_owned());
        loop {
            // What is queued goes out before the next frame is answered (see `hold`). No client starves for long: a queue
            // that fills faster than it leaves ends.
            tokio::select! {
                biased;
                () = &mut stopped => return Err(End::Close(CloseReason::Restart)),
                outgoing = self.handle.recv() => match outgoing {
                    Outgoing::Frames(frames) => self.out.shared(&self.handle, frames).await?,
                    Outgoing::Close(reason) => return Err(End::Close(reason)),
                },
                message = self.stream.next() => match message {
                    Some(Ok(message)) => {
                        self.hold().await?;
                        self.take(&message).await?;
                    }
                    Some(Err(_)) | None => return Err(End::Gone),
                },
                _ = pings.tick() => {
                    self.hold().await?;
                    self.ping().await?;
                }
            }
        }
    }

    fn listen_to_own_topic(&self) {
        let own = Topic::User(self.person.user);
        self.handle.subscribe(own).expect("a fresh socket has room for one topic");
        // False only when the login session ended meanwhile; the queue then says so.
        let _still_open = self.handle.admit(own, false);
    }

    /// The connection is this task's alone. What was published until now goes out first, so that a `pong` comes after all
    /// that was published before its `ping`.
    async fn hold(&mut self) -> Result<(), End> {
        let waiting = self.handle.hold();
        if waiting.is_empty() { Ok(()) } else { self.out.shared(&self.handle, waiting).await }
    }

    async fn ping(&mut self) -> Result<(), End> {
        if self.missed_pings >= PINGS_TO_MISS {
            return Err(End::Gone);
        }
        self.missed_pings += 1;
        self.out.ping(&self.handle).await
    }

    async fn take(&mut self, message: &Message) -> Result<(), End> {
        self.missed_pings = 0;
        match self.budget.spend(Instant::now()) {
            Verdict::Read => {}
            Verdict::DropAndTell => return self.out.frame(&self.handle, &ServerFrame::Error).await,
            Verdict::Drop => return Ok(()),
            Verdict::CutOff => return Err(End::Close(CloseReason::Malformed)),
        }
        match Inbound::read(message) {
            // On the heap while it lasts: an idle socket would hold its size for ever.
            Inbound::Frame(frame) => Box::pin(self.answer(frame)).await,
            Inbound::Unknown => {
                self.unknown_frames += 1;
                Ok(())
            }
            Inbound::Malformed if self.budget.malformed() => Err(End::Close(CloseReason::Malformed)),
            Inbound::Malformed => self.out.frame(&self.handle, &ServerFrame::Error).await,
            Inbound::Heartbeat => Ok(()),
            Inbound::Goodbye => Err(End::Gone),
        }
    }

    async fn answer(&mut self, frame: ClientFrame) -> Result<(), End> {
        let Self { services, person, handle, out, .. } = self;
        match frame {
            ClientFrame::Subscribe { topic, cursor } => {
                answers::subscribe(services, person, handle, out, topic, cursor).await
            }
            ClientFrame::Unsubscribe { topic } => answers::unsubscribe(handle, out, topic).await,
            ClientFrame::Typing { topic } => {
                handle.typing(topic);
                Ok(())
            }
            ClientFrame::Read { topic, seq } => {
                answers::read(services, person, handle, out, topic, seq).await
            }
            ClientFrame::Delivered { topic, seq } => {
                answers::delivered(services, person, handle, out, topic, seq).await
            }
            ClientFrame::Ping => out.frame(handle, &ServerFrame::Pong).await,
            ClientFrame::Unknown => Ok(()),
        }
    }
}
