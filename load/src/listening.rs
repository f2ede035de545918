//! Threads full of readers.

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{Instant, sleep_until, timeout};

use crate::problem::{self, Outcome, said};
use crate::reader::{Door, Hearing, listen};
use crate::sequence::Sequence;
use crate::tally::Tally;

/// Upgrades under way at once, per thread: a server that is behind is not buried.
const UPGRADES_AT_ONCE: usize = 64;
/// One reader after the other gets in within this time, or something hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// The readers of one server.
#[derive(Debug)]
pub struct Audience {
    threads: Vec<Thread>,
    entered: mpsc::UnboundedReceiver<Result<i64, String>>,
    counters: Counters,
    expected: usize,
}

/// What is known while the readers read.
#[derive(Debug, Clone, Default)]
pub struct Counters {
    pub deliveries: Arc<AtomicU64>,
    pub presence: Arc<AtomicU64>,
    /// Readers who are subscribed at this moment.
    pub inside: Arc<AtomicU64>,
}

#[derive(Debug)]
struct Thread {
    stop: oneshot::Sender<()>,
    running: thread::JoinHandle<Heard>,
}

/// What the readers of one thread have to tell in the end.
#[derive(Debug)]
pub struct Heard {
    pub tally: Tally,
    pub sequences: Vec<Sequence>,
}

/// How the doors were passed.
#[derive(Debug)]
pub struct Arrival {
    pub readers: usize,
    /// The room's position when the last one came.
    pub position: i64,
    /// Why others didn't get in.
    pub refusals: Vec<String>,
}

impl Audience {
    /// Sends one reader to each door, so many a second.
    ///
    /// # Errors
    /// The machine gives no thread.
    pub fn enter(doors: &[Door], threads: usize, per_second: u32) -> Outcome<Self> {
        let counters = Counters::default();
        let (tell, entered) = mpsc::unbounded_channel();
        let first = Instant::now();
        let gap = Duration::from_secs(1) / per_second.max(1);
        let mut running = Vec::new();
        for own in 0..threads.max(1) {
            let doors: Vec<(Instant, Door)> = (0u32..)
                .zip(doors)
                .skip(own)
                .step_by(threads.max(1))
                .map(|(place, door)| (first + gap * place, door.clone()))
                .collect();
            let (tell, counters) = (tell.clone(), counters.clone());
            let (stop, stopped) = oneshot::channel();
            let thread = thread::Builder::new()
                .name(format!("readers-{own}"))
                .spawn(move || read_all(doors, counters, &tell, stopped));
            running.push(Thread { stop, running: thread.map_err(problem::io("starting a thread"))? });
        }
        Ok(Self { threads: running, entered, counters, expected: doors.len() })
    }

    /// Waits until each reader is in or was refused.
    ///
    /// # Errors
    /// Nothing happens for a minute.
    pub async fn arrived(&mut self) -> Outcome<Arrival> {
        let mut arrival = Arrival { readers: 0, position: 0, refusals: Vec::new() };
        while arrival.readers + arrival.refusals.len() < self.expected {
            match timeout(PATIENCE, self.entered.recv()).await {
                Ok(Some(Ok(position))) => {
                    arrival.readers += 1;
                    arrival.position = arrival.position.max(position);
                }
                Ok(Some(Err(refusal))) => arrival.refusals.push(refusal),
                Ok(None) | Err(_) => {
                    return Err(said(format!(
                        "{} of {} readers are in, and nobody came for a minute",
                        arrival.readers, self.expected
                    )));
                }
            }
        }
        Ok(arrival)
    }

    /// Deliveries to all readers until now.
    #[must_use]
    pub fn deliveries(&self) -> u64 {
        self.counters.deliveries.load(Ordering::Relaxed)
    }

    /// Counts of people told to all readers until now.
    #[must_use]
    pub fn presence_told(&self) -> u64 {
        self.counters.presence.load(Ordering::Relaxed)
    }

    /// Readers who are subscribed at this moment.
    #[must_use]
    pub fn inside(&self) -> u64 {
        self.counters.inside.load(Ordering::Relaxed)
    }

    /// Waits until there were so many deliveries, or none for `patience`.
    pub async fn has_heard(&self, expected: u64, patience: Duration) {
        let (mut known, mut since) = (self.deliveries(), Instant::now());
        while known < expected && since.elapsed() < patience {
            tokio::time::sleep(Duration::from_millis(5)).await;
            let now = self.deliveries();
            if now != known {
                (known, since) = (now, Instant::now());
            }
        }
    }

    /// Ends all readers and tells what they heard, a thread each.
    ///
    /// # Errors
    /// A thread panicked.
    pub fn leave(self) -> Outcome<Vec<Heard>> {
        let ended = self.threads.into_iter().map(|thread| {
            // A thread that is gone already says so below.
            thread.stop.send(()).unwrap_or_default();
            thread.running.join().map_err(|_| said("a thread of readers broke"))
        });
        ended.collect()
    }
}

fn read_all(
    doors: Vec<(Instant, Door)>,
    counters: Counters,
    tell: &mpsc::UnboundedSender<Result<i64, String>>,
    stopped: oneshot::Receiver<()>,
) -> Heard {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime of one thread");
    let hearing = Rc::new(Hearing { counters, ..Hearing::default() });
    let readers = LocalSet::new();
    readers.block_on(&runtime, async {
        let gate = Rc::new(Semaphore::new(UPGRADES_AT_ONCE));
        for (opens_at, door) in doors {
            spawn_local(enter_and_listen(
                opens_at,
                door,
                Rc::clone(&gate),
                Rc::clone(&hearing),
                tell.clone(),
            ));
        }
        // An error means that the audience was dropped: the end as well.
        stopped.await.unwrap_or_default();
    });
    drop(readers);
    Heard { tally: hearing.tally.take(), sequences: hearing.sequences.take() }
}

async fn enter_and_listen(
    opens_at: Instant,
    door: Door,
    gate: Rc<Semaphore>,
    hearing: Rc<Hearing>,
    tell: mpsc::UnboundedSender<Result<i64, String>>,
) {
    sleep_until(opens_at).await;
    let entered = {
        let _permit = gate.acquire().await.expect("the gate is never closed");
        door.enter(None).await
    };
    let (socket, told) = match entered {
        Ok((socket, position)) => (Some((socket, position)), Ok(position)),
        Err(refusal) => {
            hearing.tally.borrow_mut().faults.sockets += 1;
            (None, Err(refusal))
        }
    };
    // Nobody waits for it any more when the run was given up.
    tell.send(told).unwrap_or_default();
    if let Some((socket, position)) = socket {
        listen(door, socket, position, hearing).await;
    }
}
