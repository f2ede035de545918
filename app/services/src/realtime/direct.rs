use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::runtime::Handle;

use super::queue::Queue;

/// The way past a socket's task to its connection: waking a task for every frame costs as much as writing it.
pub trait DirectWriter: Send + Sync + std::fmt::Debug {
    /// Writes these frames, texts of UTF-8 JSON, without waiting. Called under the lock of the socket's queue, by one
    /// caller at a time. `buffer` is theirs to overwrite.
    fn try_write(&self, frames: &mut dyn Iterator<Item = &Bytes>, buffer: &mut Vec<u8>) -> Written;
}

/// What became of frames that were to be written at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    All,
    /// The connection took a part and keeps the rest, which is written before anything else; a flush waits for it.
    Torn,
    /// It took none, or is broken.
    Nothing,
}

/// So that one flush stays small beside the limits of the queue.
const MAX_BATCH: usize = 32;
/// A connection whose reader stopped keeps a copy of the last batch: 75 of them with long texts kept 88 KiB each before
/// there was this limit (docs/performance.md).
const MAX_BATCH_BYTES: usize = 16 * 1024;

/// How many of these frames, oldest first, are written in one flush; at least one, if there is one.
pub(super) fn batch_of<'a>(frames: impl ExactSizeIterator<Item = &'a Bytes>) -> usize {
    let (waiting, mut size_bytes) = (frames.len(), 0);
    let fitting = frames.take(MAX_BATCH).take_while(|frame| {
        size_bytes += frame.len();
        size_bytes <= MAX_BATCH_BYTES
    });
    fitting.count().max(1).min(waiting)
}

/// Writes what waits for many sockets: for a few at once, for a crowd on threads of their own, because a system call for
/// each of 5,000 would hold everything else on this thread up.
#[derive(Debug)]
pub(super) struct Flusher {
    crowd: Arc<Mutex<Crowd>>,
    max_workers: usize,
}

/// The queues that wait for a worker.
#[derive(Debug, Default)]
struct Crowd {
    queues: VecDeque<Arc<Queue>>,
    workers: usize,
}

impl Default for Flusher {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self { crowd: Arc::default(), max_workers: processors.min(Self::MAX_WORKERS) }
    }
}

impl Flusher {
    /// So many are written to on the publisher's thread: about 0.1 ms.
    const FEW: usize = 16;
    /// A worker takes so many at a time, so that all of them have work.
    const SHARE: usize = 64;
    /// More would only take processors from the requests.
    const MAX_WORKERS: usize = 4;

    /// Flushes each of them, now or soon. Needs a Tokio runtime for a crowd.
    pub(super) fn flush(&self, queues: Vec<Arc<Queue>>) {
        if queues.len() <= Self::FEW {
            let mut buffer = Vec::new();
            queues.iter().for_each(|queue| queue.flush(&mut buffer));
            return;
        }
        let mut crowd = lock(&self.crowd);
        crowd.queues.extend(queues);
        let wanted = crowd.queues.len().div_ceil(Self::SHARE).min(self.max_workers);
        let more = wanted.saturating_sub(crowd.workers);
        crowd.workers += more;
        drop(crowd);
        for _ in 0..more {
            let crowd = Arc::clone(&self.crowd);
            match Handle::try_current() {
                Ok(runtime) => drop(runtime.spawn_blocking(move || work(&crowd))),
                Err(_) => work(&crowd),
            }
        }
    }
}

/// A worker's place, free again however it ends.
struct Worker<'a> {
    crowd: &'a Mutex<Crowd>,
    is_at_work: bool,
}

impl Worker<'_> {
    /// The next share; when nobody waits, the place is free in the same moment, so that who comes then gets a new worker.
    fn next(&mut self, share: &mut Vec<Arc<Queue>>) {
        let mut waiting = lock(self.crowd);
        let count = waiting.queues.len().min(Flusher::SHARE);
        share.extend(waiting.queues.drain(..count));
        if count == 0 {
            waiting.workers -= 1;
            self.is_at_work = false;
        }
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        if self.is_at_work {
            lock(self.crowd).workers -= 1;
        }
    }
}

/// Flushes until nobody waits.
fn work(crowd: &Mutex<Crowd>) {
    let mut worker = Worker { crowd, is_at_work: true };
    let (mut share, mut buffer) = (Vec::with_capacity(Flusher::SHARE), Vec::new());
    loop {
        worker.next(&mut share);
        if share.is_empty() {
            return;
        }
        share.drain(..).for_each(|queue| queue.flush(&mut buffer));
    }
}

fn lock(crowd: &Mutex<Crowd>) -> MutexGuard<'_, Crowd> {
    crowd.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_ends_by_number_or_by_bytes_and_has_at_least_one_frame() {
        let batch = |count: usize, length: usize| {
            let frames = vec![Bytes::from(vec![b'x'; length]); count];
            batch_of(frames.iter())
        };
        assert_eq!(batch(0, 10), 0);
        assert_eq!(batch(9, 10), 9);
        assert_eq!(batch(40, 10), 32);
        assert_eq!(batch(9, MAX_BATCH_BYTES / 4), 4);
        assert_eq!(batch(2, MAX_BATCH_BYTES + 1), 1);
    }
}
