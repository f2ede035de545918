use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use time::OffsetDateTime;

/// Where every "now" comes from. Tests hold a hand-moved one.
#[derive(Debug, Clone)]
pub enum Clock {
    System,
    /// Microseconds since the epoch, moved by whoever shares it.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at `start` until it is moved.
    #[must_use]
    pub fn manual(start: OffsetDateTime) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(micros(start))))
    }

    /// The present instant in whole microseconds, PostgreSQL's own resolution, so that a stored value reads
    /// back equal.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        let now = match self {
            #[expect(clippy::disallowed_methods, reason = "the one place where the system's clock is read")]
            Self::System => micros(OffsetDateTime::now_utc()),
            Self::Manual(now) => now.load(Ordering::SeqCst),
        };
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(now) * 1000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// Moves a manual clock forward; a system clock goes by itself.
    pub fn advance(&self, by: time::Duration) {
        if let Self::Manual(now) = self {
            now.fetch_add(i64::try_from(by.whole_microseconds()).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
    }
}

fn micros(instant: OffsetDateTime) -> i64 {
    i64::try_from(instant.unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX)
}
