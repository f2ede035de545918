use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use domain::realtime::{CloseReason, Topic};
use tokio::sync::Notify;

/// What waits for one socket: shared frames in order, then perhaps an end.
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
    /// So that one flush stays small beside the limits.
    const MAX_BATCH: usize = 32;

    /// Adds a frame; after an end it is silently not needed any more.
    pub(super) fn push(&self, topic: Topic, frame: Bytes) -> Result<(), Overflow> {
        let mut waiting = self.lock();
        if waiting.end.is_some() {
            return Ok(());
        }
        if waiting.frames.len() >= Self::MAX_FRAMES || waiting.size_bytes + frame.len() > Self::MAX_BYTES {
            return Err(Overflow);
        }
        waiting.size_bytes += frame.len();
        waiting.frames.push_back((topic, frame));
        drop(waiting);
        self.frames_came.notify_one();
        Ok(())
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

    /// The next batch, or the end. Cancel-safe; for one caller at a time.
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
        let count = waiting.frames.len().min(Self::MAX_BATCH);
        let batch: Vec<Bytes> = waiting.frames.drain(..count).map(|(_, frame)| frame).collect();
        waiting.size_bytes -= batch.iter().map(Bytes::len).sum::<usize>();
        (!batch.is_empty()).then_some(Outgoing::Frames(batch))
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
        assert_eq!(queue.push(TOPIC, Bytes::from_static(b"x")), Ok(()));
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
}
