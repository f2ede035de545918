use rustix::time::{ClockId, clock_gettime};

/// Nanoseconds of the machine's monotonic clock: the same in every process, so a stamp of one is read in another.
#[must_use]
pub fn now_ns() -> u64 {
    let now = clock_gettime(ClockId::Monotonic);
    let seconds = u64::try_from(now.tv_sec).expect("the monotonic clock starts at zero");
    seconds * 1_000_000_000 + u64::try_from(now.tv_nsec).expect("nanoseconds of a second")
}
