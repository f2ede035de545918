use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use domain::realtime::{CloseReason, Topic};
use tokio::sync::Notify;

use super::direct::{DirectWriter, Written, batch_of};

/// What waits for one socket: shared frames in order, then perhaps an end.
///
/// Frames leave in one of two ways. While the socket's task has nothing in its hands, whoever publishes writes them
/// straight to the connection ([`Queue::flush`]), and the task sleeps on. Otherwise, or when the connection takes no more,
/// the task takes them ([`Queue::next`]).
///
/// Holds at most [`Queue::MAX_FRAMES`] frames and [`Queue::MAX_BYTES`] of shared bytes.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    frames_came: Notify,
    ended: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    frames: VecDeque<(Topic, Bytes)>,
    size_bytes: usize,
    end: Option<CloseReason>,
    /// None until the connection is upgraded, and where it can't be written to by others: all goes by the task then.
    writer: Option<Arc<dyn DirectWriter>>,
    /// The task has something to write, or is writing: what comes now goes behind it.
    is_held: bool,
    /// The connection holds a part of a frame that the task has to wait for.
    is_torn: bool,
}

/// What a frame that was added needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Added {
    /// Somebody has to [`Queue::flush`].
    NeedsFlush,
    /// The task comes for it.
    Waits,
}

/// The reader didn't keep up; nothing more fits.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Overflow;

/// What a socket does next.
#[derive(Debug, PartialEq, Eq)]
pub enum Outgoing {
    /// Write these, oldest first, in one flush.
    Frames(Vec<Bytes>),
    /// Close with this reason; nothing follows.
    Close(CloseReason),
}

impl Queue {
    pub(super) const MAX_FRAMES: usize = 256;
    pub(super) const MAX_BYTES: usize = 1024 * 1024;

    /// Lets frames be written past the task. The task holds the queue until it asks for the next batch.
    pub(super) fn attach(&self, writer: Arc<dyn DirectWriter>) {
        let mut waiting = self.lock();
        waiting.writer = Some(writer);
        waiting.is_held = true;
    }

    /// Adds a frame; after an end it is silently not needed any more.
    pub(super) fn push(&self, topic: Topic, frame: Bytes) -> Result<Added, Overflow> {
        let mut waiting = self.lock();
        if waiting.end.is_some() {
            return Ok(Added::Waits);
        }
        if waiting.frames.len() >= Self::MAX_FRAMES || waiting.size_bytes + frame.len() > Self::MAX_BYTES {
            return Err(Overflow);
        }
        waiting.size_bytes += frame.len();
        waiting.frames.push_back((topic, frame));
        match (&waiting.writer, waiting.is_held) {
            (Some(_), false) => return Ok(Added::NeedsFlush),
            // The task looks again before it lets go.
            (Some(_), true) => return Ok(Added::Waits),
            (None, _) => drop(waiting),
        }
        self.frames_came.notify_one();
        Ok(Added::Waits)
    }

    /// Writes what waits to the connection, as far as it takes it at once; leaves the rest to the task. `buffer` is for
    /// the bytes on their way: reusing it saves an allocation per socket.
    pub(super) fn flush(&self, buffer: &mut Vec<u8>) {
        let mut guard = self.lock();
        let waiting = &mut *guard;
        let Some(writer) = &waiting.writer else { return };
        while !waiting.is_held && waiting.end.is_none() && !waiting.frames.is_empty() {
            let count = batch_of(waiting.frames.iter().map(|(_, frame)| frame));
            let mut batch = waiting.frames.iter().take(count).map(|(_, frame)| frame);
            let written = writer.try_write(&mut batch, buffer);
            if written != Written::Nothing {
                let gone = waiting.frames.drain(..count);
                waiting.size_bytes -= gone.map(|(_, frame)| frame.len()).sum::<usize>();
            }
            waiting.is_torn = written == Written::Torn;
            waiting.is_held = written != Written::All;
        }
        if waiting.is_held {
            drop(guard);
            self.frames_came.notify_one();
        }
    }

    /// Nothing is written past the task until it asks for the next batch. Answers with what waited, which is the task's now:
    /// it was published before whatever the task holds the queue for.
    #[must_use]
    pub(super) fn hold(&self) -> Vec<Bytes> {
        let mut waiting = self.lock();
        waiting.is_held = true;
        waiting.size_bytes = 0;
        waiting.frames.drain(..).map(|(_, frame)| frame).collect()
    }

    /// Forgets what waits from one topic: nothing of it follows an `unsubscribed`.
    pub(super) fn forget(&self, topic: Topic) {
        let mut waiting = self.lock();
        waiting.frames.retain(|(of, _)| *of != topic);
        waiting.size_bytes = waiting.frames.iter().map(|(_, frame)| frame.len()).sum();
    }

    /// Ends the queue; the first reason stays, and what still waited is not sent.
    pub(super) fn end(&self, reason: CloseReason) {
        let mut waiting = self.lock();
        waiting.end.get_or_insert(reason);
        waiting.frames.clear();
        waiting.size_bytes = 0;
        drop(waiting);
        self.frames_came.notify_one();
        self.ended.notify_one();
    }

    /// The next batch, or the end; an empty one for a flush alone. Whoever has a batch holds the queue until they ask
    /// again. Cancel-safe; for one caller at a time.
    pub(super) async fn next(&self) -> Outgoing {
        loop {
            if let Some(outgoing) = self.take() {
                return outgoing;
            }
            self.frames_came.notified().await;
        }
    }

    /// Resolves when the queue has ended, also while frames are being written. Cancel-safe.
    pub(super) async fn ended(&self) -> CloseReason {
        loop {
            let end = self.lock().end;
            if let Some(reason) = end {
                return reason;
            }
            self.ended.notified().await;
        }
    }

    fn take(&self) -> Option<Outgoing> {
        let mut waiting = self.lock();
        if let Some(reason) = waiting.end {
            return Some(Outgoing::Close(reason));
        }
        let is_torn = std::mem::take(&mut waiting.is_torn);
        waiting.is_held = is_torn || !waiting.frames.is_empty();
        if !waiting.is_held {
            return None;
        }
        let count = batch_of(waiting.frames.iter().map(|(_, frame)| frame));
        let batch: Vec<Bytes> = waiting.frames.drain(..count).map(|(_, frame)| frame).collect();
        waiting.size_bytes -= batch.iter().map(Bytes::len).sum::<usize>();
        Some(Outgoing::Frames(batch))
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::UserId;
    use uuid::Uuid;

    use super::*;

    const TOPIC: Topic = Topic::User(UserId::new(Uuid::nil()));

    #[test]
    fn the_257th_frame_does_not_fit() {
        let queue = Queue::default();
        for _ in 0..Queue::MAX_FRAMES {
            queue.push(TOPIC, Bytes::from_static(b"x")).expect("the first 256 fit");
        }
        assert_eq!(queue.push(TOPIC, Bytes::from_static(b"x")), Err(Overflow));
    }

    #[test]
    fn more_than_one_mebibyte_does_not_fit() {
        let queue = Queue::default();
        queue.push(TOPIC, Bytes::from(vec![b'x'; Queue::MAX_BYTES])).expect("one mebibyte fits");
        assert_eq!(queue.push(TOPIC, Bytes::from_static(b"x")), Err(Overflow));
    }

    #[tokio::test]
    async fn taking_frames_makes_room_again() {
        let queue = Queue::default();
        queue.push(TOPIC, Bytes::from(vec![b'x'; Queue::MAX_BYTES])).expect("one mebibyte fits");
        queue.next().await;
        assert_eq!(queue.push(TOPIC, Bytes::from_static(b"x")), Ok(Added::Waits));
    }

    #[tokio::test]
    async fn an_end_overtakes_what_waits_and_the_first_reason_stays() {
        let queue = Queue::default();
        queue.push(TOPIC, Bytes::from_static(b"x")).expect("one frame fits");
        queue.end(CloseReason::SignedOut);
        queue.end(CloseReason::TooSlow);
        assert_eq!(queue.next().await, Outgoing::Close(CloseReason::SignedOut));
        assert_eq!(queue.ended().await, CloseReason::SignedOut);
    }

    /// A connection that takes so many frames.
    #[derive(Debug)]
    struct Taking {
        left: Mutex<usize>,
        then: Written,
        taken: Mutex<Vec<Bytes>>,
    }

    impl DirectWriter for Taking {
        fn try_write(&self, frames: &mut dyn Iterator<Item = &Bytes>, _buffer: &mut Vec<u8>) -> Written {
            let frames: Vec<Bytes> = frames.cloned().collect();
            let mut left = self.left.lock().expect("no test panics with it");
            let written = if *left >= frames.len() { Written::All } else { self.then };
            if written != Written::Nothing {
                *left = left.saturating_sub(frames.len());
                self.taken.lock().expect("no test panics with it").extend(frames);
            }
            written
        }
    }

    fn attached(left: usize, then: Written) -> (Queue, Arc<Taking>) {
        let (queue, connection) =
            (Queue::default(), Taking { left: left.into(), then, taken: Mutex::default() });
        let connection = Arc::new(connection);
        queue.attach(Arc::clone(&connection) as Arc<dyn DirectWriter>);
        assert_eq!(queue.take(), None, "the task has nothing to say and lets go");
        (queue, connection)
    }

    fn say(queue: &Queue, text: &'static str) -> Added {
        let added = queue.push(TOPIC, Bytes::from_static(text.as_bytes())).expect("it fits");
        if added == Added::NeedsFlush {
            queue.flush(&mut Vec::new());
        }
        added
    }

    fn taken(connection: &Taking) -> Vec<Bytes> {
        connection.taken.lock().expect("no test panics with it").clone()
    }

    #[test]
    fn while_the_task_sleeps_frames_go_past_it() {
        let (queue, connection) = attached(2, Written::Nothing);
        assert_eq!(say(&queue, "a"), Added::NeedsFlush);
        assert_eq!(say(&queue, "b"), Added::NeedsFlush);
        assert_eq!(taken(&connection), ["a", "b"]);
        assert_eq!(queue.take(), None);
    }

    #[test]
    fn while_the_task_writes_frames_wait_for_it() {
        let (queue, connection) = attached(9, Written::Nothing);
        queue.push(TOPIC, Bytes::from_static(b"before")).expect("it fits");
        assert_eq!(queue.hold(), ["before"], "nobody had flushed yet");
        assert_eq!(say(&queue, "a"), Added::Waits);
        queue.flush(&mut Vec::new());
        assert_eq!(taken(&connection), [""; 0]);
        assert_eq!(queue.take(), Some(Outgoing::Frames(vec![Bytes::from_static(b"a")])));
        assert_eq!(say(&queue, "b"), Added::Waits, "the first is still in its hands");
        assert_eq!(queue.take(), Some(Outgoing::Frames(vec![Bytes::from_static(b"b")])));
        assert_eq!(queue.take(), None);
        assert_eq!(say(&queue, "c"), Added::NeedsFlush);
        assert_eq!(taken(&connection), ["c"]);
    }

    #[tokio::test]
    async fn what_a_connection_does_not_take_wakes_the_task() {
        let (queue, connection) = attached(1, Written::Nothing);
        say(&queue, "a");
        say(&queue, "b");
        assert_eq!(queue.next().await, Outgoing::Frames(vec![Bytes::from_static(b"b")]));
        assert_eq!(taken(&connection), ["a"]);
    }

    #[tokio::test]
    async fn a_torn_frame_asks_the_task_for_a_flush_alone() {
        let (queue, connection) = attached(0, Written::Torn);
        say(&queue, "a");
        assert_eq!(say(&queue, "b"), Added::Waits, "nothing goes between its halves");
        assert_eq!(taken(&connection), ["a"]);
        assert_eq!(queue.next().await, Outgoing::Frames(vec![Bytes::from_static(b"b")]));
        assert_eq!(queue.take(), None, "and then it lets go");

        let (queue, _connection) = attached(0, Written::Torn);
        say(&queue, "a");
        assert_eq!(queue.next().await, Outgoing::Frames(Vec::new()));
    }

    #[test]
    fn nothing_is_written_past_an_end() {
        let (queue, connection) = attached(9, Written::Nothing);
        queue.push(TOPIC, Bytes::from_static(b"a")).expect("it fits");
        queue.end(CloseReason::SignedOut);
        queue.flush(&mut Vec::new());
        assert_eq!(say(&queue, "b"), Added::Waits);
        assert_eq!(taken(&connection), [""; 0]);
    }
}
