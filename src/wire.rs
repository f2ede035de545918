//! A connection whose writing half has two users: hyper, and after the upgrade to a WebSocket those who publish.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use services::realtime::{DirectWriter, Written};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tungstenite::protocol::frame::FrameHeader;
use tungstenite::protocol::frame::coding::{Data, OpCode};

/// The stream that hyper, and behind it the WebSocket, reads and writes.
#[derive(Debug)]
pub struct Wire {
    read: OwnedReadHalf,
    end: Arc<WireEnd>,
}

/// Its writing half, which takes whole WebSocket frames from any thread once it is shared.
#[derive(Debug)]
pub struct WireEnd {
    half: Mutex<WriteHalf>,
}

#[derive(Debug)]
struct WriteHalf {
    write: OwnedWriteHalf,
    is_shared: bool,
    /// What the connection didn't take of the last bytes: it goes before all others, or frames would be torn apart.
    rest: Vec<u8>,
}

impl Wire {
    #[must_use]
    pub fn new(stream: TcpStream) -> Self {
        let (read, write) = stream.into_split();
        let half = Mutex::new(WriteHalf { write, is_shared: false, rest: Vec::new() });
        Self { read, end: Arc::new(WireEnd { half }) }
    }

    #[must_use]
    pub fn end(&self) -> Arc<WireEnd> {
        Arc::clone(&self.end)
    }
}

impl WireEnd {
    /// From here on every write is taken whole or not at all, so that frames of several writers never mix. Call it when the
    /// upgrade is done, and before the first [`DirectWriter::try_write`].
    pub fn share(&self) {
        let mut half = self.lock();
        half.is_shared = true;
        if let Err(error) = bound_unsent(half.write.as_ref()) {
            tracing::debug!(%error, "a connection keeps the kernel's own bound: {error}");
        }
    }

    fn lock(&self) -> MutexGuard<'_, WriteHalf> {
        self.half.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bounds what the kernel takes of bytes that can't be sent yet. Without that it takes megabytes for a reader who has
/// stopped, and the server learns of it minutes later.
#[cfg(target_os = "linux")]
fn bound_unsent(stream: &TcpStream) -> io::Result<()> {
    const UNSENT_BYTES: u32 = 64 * 1024;
    socket2::SockRef::from(stream).set_tcp_notsent_lowat(UNSENT_BYTES)
}

#[cfg(not(target_os = "linux"))]
fn bound_unsent(_stream: &TcpStream) -> io::Result<()> {
    Ok(())
}

impl WriteHalf {
    fn poll_rest(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.rest.is_empty() {
            let written = ready!(Pin::new(&mut self.write).poll_write(context, &self.rest))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.rest.drain(..written);
        }
        self.rest.shrink_to_fit();
        Poll::Ready(Ok(()))
    }

    fn keep(&mut self, rest: &[u8]) {
        self.rest.extend_from_slice(rest);
    }
}

impl DirectWriter for WireEnd {
    fn try_write(&self, frames: &mut dyn Iterator<Item = &Bytes>, buffer: &mut Vec<u8>) -> Written {
        buffer.clear();
        for frame in frames {
            let header = FrameHeader { opcode: OpCode::Data(Data::Text), ..FrameHeader::default() };
            let head = header.format(frame.len() as u64, buffer);
            head.expect("writing to memory doesn't fail");
            buffer.extend_from_slice(frame);
        }
        let mut half = self.lock();
        if !half.rest.is_empty() {
            return Written::Nothing;
        }
        match half.write.try_write(buffer) {
            Ok(written) if written == buffer.len() => Written::All,
            Ok(written) => {
                half.keep(&buffer[written..]);
                Written::Torn
            }
            // A broken connection is its task's to find out.
            Err(_) => Written::Nothing,
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.read).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut half = self.end.lock();
        ready!(half.poll_rest(context))?;
        let written = ready!(Pin::new(&mut half.write).poll_write(context, bytes))?;
        if !half.is_shared || written == 0 {
            return Poll::Ready(Ok(written));
        }
        half.keep(&bytes[written..]);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut half = self.end.lock();
        if half.is_shared {
            drop(half);
            let first = slices.iter().find(|slice| !slice.is_empty());
            return self.poll_write(context, first.map_or(&[], |slice| slice));
        }
        Pin::new(&mut half.write).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut half = self.end.lock();
        ready!(half.poll_rest(context))?;
        Pin::new(&mut half.write).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut half = self.end.lock();
        ready!(half.poll_rest(context))?;
        Pin::new(&mut half.write).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;
    use tokio::time::timeout;

    use super::*;

    async fn pair() -> (Wire, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let far = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (near, _) = listener.accept().await.unwrap();
        (Wire::new(near), far)
    }

    fn frame(number: usize) -> Bytes {
        Bytes::from(format!("{number:0>40000}"))
    }

    /// Writes until the connection takes no more; answers what became of each frame.
    fn fill(end: &WireEnd) -> Vec<Written> {
        let mut fates = Vec::new();
        let mut buffer = Vec::new();
        while fates.last().is_none_or(|fate| *fate == Written::All) {
            fates.push(end.try_write(&mut [frame(fates.len())].iter(), &mut buffer));
        }
        fates
    }

    /// The texts of the frames in these bytes, as a reader of the WebSocket protocol finds them.
    fn texts(bytes: &[u8]) -> Vec<String> {
        let mut cursor = io::Cursor::new(bytes);
        let mut texts = Vec::new();
        while let Some((header, length)) = FrameHeader::parse(&mut cursor).unwrap() {
            assert_eq!(header.opcode, OpCode::Data(Data::Text));
            let start = usize::try_from(cursor.position()).unwrap();
            let end = start + usize::try_from(length).unwrap();
            texts.push(String::from_utf8(bytes[start..end].to_vec()).unwrap());
            cursor.set_position(end as u64);
        }
        texts
    }

    #[tokio::test]
    async fn what_others_write_arrives_as_text_frames() {
        let (wire, mut far) = pair().await;
        wire.end().share();
        let frames = [Bytes::from_static(b"{}"), Bytes::from("x".repeat(300)), frame(7), frame(70)];
        let mut buffer = Vec::new();
        assert_eq!(wire.end().try_write(&mut frames.iter(), &mut buffer), Written::All);
        drop(wire);
        let mut bytes = Vec::new();
        far.read_to_end(&mut bytes).await.unwrap();
        let sent: Vec<String> =
            frames.iter().map(|frame| String::from_utf8(frame.to_vec()).unwrap()).collect();
        assert_eq!(texts(&bytes), sent);
    }

    #[tokio::test]
    async fn a_torn_frame_is_finished_before_anything_else_goes_out() {
        let (mut wire, mut far) = pair().await;
        let end = wire.end();
        end.share();
        let fates = fill(&end);
        let taken = fates.iter().filter(|fate| **fate != Written::Nothing).count();
        assert!(taken > 1, "{fates:?}");
        let mut buffer = Vec::new();
        assert_eq!(end.try_write(&mut [frame(999)].iter(), &mut buffer), Written::Nothing, "nobody reads");

        let reading = tokio::spawn(async move {
            let mut bytes = Vec::new();
            far.read_to_end(&mut bytes).await.unwrap();
            bytes
        });
        let mut own = Vec::new();
        FrameHeader { opcode: OpCode::Data(Data::Text), ..FrameHeader::default() }
            .format(4, &mut own)
            .unwrap();
        own.extend_from_slice(b"last");
        timeout(Duration::from_secs(5), wire.write_all(&own)).await.unwrap().unwrap();
        timeout(Duration::from_secs(5), wire.flush()).await.unwrap().unwrap();
        drop((wire, end));

        let texts = texts(&reading.await.unwrap());
        let sent = (0..taken).map(|number| String::from_utf8(frame(number).to_vec()).unwrap());
        assert!(texts == sent.chain(["last".to_owned()]).collect::<Vec<_>>(), "{} frames came", texts.len());
    }
}
