use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use bytes::Bytes;
use domain::realtime::{CloseReason, ServerFrame};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use services::realtime::SocketHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// The writing half of a socket.
#[derive(Debug)]
pub(super) struct Outbound {
    sink: SplitSink<WebSocket, Message>,
    stop: CancellationToken,
}

/// Why a socket is at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// We close it.
    Close(CloseReason),
    /// The other side has left, or no byte gets through any more.
    Gone,
}

impl Outbound {
    /// A write that hangs this long with nothing else happening means that nobody is there (two pings).
    const WRITE_WITHIN: Duration = Duration::from_secs(50);
    const GOODBYE_WITHIN: Duration = Duration::from_secs(2);

    pub(super) fn new(sink: SplitSink<WebSocket, Message>, stop: CancellationToken) -> Self {
        Self { sink, stop }
    }

    pub(super) async fn frame(&mut self, handle: &SocketHandle, frame: &ServerFrame) -> Result<(), End> {
        self.frames(handle, std::slice::from_ref(frame)).await
    }

    pub(super) async fn frames(&mut self, handle: &SocketHandle, frames: &[ServerFrame]) -> Result<(), End> {
        let text = |frame| serde_json::to_string(frame).expect("a frame of plain fields serialises");
        self.write(handle, frames.iter().map(|frame| Message::text(text(frame))).collect()).await
    }

    /// Writes frames of the queue; their bytes are shared with other sockets.
    pub(super) async fn shared(&mut self, handle: &SocketHandle, frames: Vec<Bytes>) -> Result<(), End> {
        let text = |bytes| Utf8Bytes::try_from(bytes).expect("frames are JSON, and JSON is UTF-8");
        self.write(handle, frames.into_iter().map(|bytes| Message::Text(text(bytes))).collect()).await
    }

    pub(super) async fn ping(&mut self, handle: &SocketHandle) -> Result<(), End> {
        self.write(handle, vec![Message::Ping(Bytes::new())]).await
    }

    /// All in one flush. A reader that takes nothing holds it up, so the end of the queue and of the process
    /// are heard here too; asked only then, because a flush that goes through is the rule.
    async fn write(&mut self, handle: &SocketHandle, messages: Vec<Message>) -> Result<(), End> {
        let sink = &mut self.sink;
        let flushed = async {
            for message in messages {
                sink.feed(message).await?;
            }
            sink.flush().await
        };
        tokio::select! {
            biased;
            flushed = timeout(Self::WRITE_WITHIN, flushed) => match flushed {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) | Err(_) => Err(End::Gone),
            },
            reason = handle.ended() => Err(End::Close(reason)),
            () = self.stop.cancelled() => Err(End::Close(CloseReason::Restart)),
        }
    }

    /// Says why and waits a moment for the answer: a socket dropped with unread bytes is reset, and the reason
    /// with it.
    pub(super) async fn goodbye(mut self, mut stream: SplitStream<WebSocket>, reason: CloseReason) {
        let close = CloseFrame { code: reason.code(), reason: Utf8Bytes::from_static("") };
        let farewell = async {
            if self.sink.send(Message::Close(Some(close))).await.is_ok() {
                while let Some(Ok(_)) = stream.next().await {}
            }
        };
        // Nobody may be there to hear it.
        timeout(Self::GOODBYE_WITHIN, farewell).await.unwrap_or_default();
    }
}
