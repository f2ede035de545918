use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::AppError;
use domain::limits::Counter;
use time::{Duration, OffsetDateTime};

use super::{Limit, in_seconds};

/// Counters kept before the first ones that say nothing any more are looked for.
const FEW: usize = 4096;

/// Counters in the memory of this process, for what costs comfort and no security: a restart forgets them, and several
/// nodes count for themselves.
#[derive(Debug, Clone, Default)]
pub struct ComfortCounters(Arc<Mutex<Counters>>);

#[derive(Debug, Default)]
struct Counters {
    by_key: HashMap<[u8; 32], Counter>,
    /// Where to look next for what can be forgotten: twice what was left then.
    look_at: usize,
}

impl ComfortCounters {
    /// Takes one try: check and count are one step.
    ///
    /// # Errors
    /// [`AppError::TooMany`] with the wait; nothing is counted then.
    pub fn take(&self, now: OffsetDateTime, limit: &Limit) -> Result<(), AppError> {
        self.take_all(now, std::slice::from_ref(limit))
    }

    /// Takes one try of each, in one step.
    ///
    /// # Errors
    /// [`AppError::TooMany`] with the longest wait; nothing is counted then.
    pub fn take_all(&self, now: OffsetDateTime, limits: &[Limit]) -> Result<(), AppError> {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut wait = Duration::ZERO;
        let mut counted = Vec::with_capacity(limits.len());
        for limit in limits {
            let counter = counters.by_key.get(&limit.key).copied().unwrap_or_else(|| Counter::fresh(now));
            match counter.take_many(limit.tries, limit.rule, now) {
                Ok(counter) => counted.push((limit.key, counter)),
                Err(left) => wait = wait.max(left),
            }
        }
        if wait.is_positive() {
            return Err(AppError::TooMany { retry_after_seconds: in_seconds(wait) });
        }
        counters.by_key.extend(counted);
        if counters.by_key.len() >= counters.look_at.max(FEW) {
            counters.by_key.retain(|_, counter| counter.forget_at > now);
            counters.look_at = 2 * counters.by_key.len();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::limits::{Pause, Rule};
    use time::macros::datetime;

    use super::*;

    #[test]
    fn what_says_nothing_any_more_is_forgotten() {
        let rule = Rule { max: 1, window: Duration::MINUTE, pause: Pause::Rest };
        let (counters, noon) = (ComfortCounters::default(), datetime!(2026-11-22 12:00 UTC));
        let limit = |n: usize| Limit::new(rule, "requests", &[&n.to_string()]);
        for n in 1..FEW {
            counters.take(noon, &limit(n)).expect("one is allowed");
        }
        let refused = counters.take(noon, &limit(1));
        assert_eq!(refused, Err(AppError::TooMany { retry_after_seconds: 60 }));
        counters.take(noon + Duration::MINUTE, &limit(FEW)).expect("one is allowed");
        assert_eq!(
            counters.0.lock().expect("nobody panicked").by_key.len(),
            1,
            "a minute later only the new one"
        );
        counters.take(noon + Duration::MINUTE, &limit(1)).expect("and those before count anew");
    }
}
