//! How often something may be tried, and what one counter says next. Pure: storage and clock are the caller's.

use time::{Duration, OffsetDateTime};

/// At most `max` tries within `window`, which begins with the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub max: i32,
    pub window: Duration,
    pub pause: Pause,
}

/// What follows when all tries are used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// Nothing more until the window ends.
    Rest,
    /// A pause from the last try on, longer for each further one within a day: 1, 5, 15, then 60 minutes
    /// (specification 5.3).
    Growing,
}

/// The state of one counter, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    pub count: i32,
    pub window_ends_at: OffsetDateTime,
    pub blocks: i32,
    pub blocked_until: Option<OffsetDateTime>,
    /// From here on the counter is as good as new and may be removed.
    pub forget_at: OffsetDateTime,
}

const PAUSES: [Duration; 4] =
    [Duration::minutes(1), Duration::minutes(5), Duration::minutes(15), Duration::minutes(60)];
/// How long earlier pauses make the next one longer.
const MEMORY: Duration = Duration::DAY;

impl Counter {
    /// Nothing tried yet.
    #[must_use]
    pub const fn fresh(now: OffsetDateTime) -> Self {
        Self { count: 0, window_ends_at: now, blocks: 0, blocked_until: None, forget_at: now }
    }

    /// Counts one try, which may then happen.
    ///
    /// # Errors
    /// The time to wait, always positive; nothing is counted then.
    pub fn take(self, rule: Rule, now: OffsetDateTime) -> Result<Self, Duration> {
        self.take_many(1, rule, now)
    }

    /// Counts several tries that happen together or not at all.
    ///
    /// # Errors
    /// As [`Counter::take`]; more than fit into a window never happen.
    pub fn take_many(self, tries: i32, rule: Rule, now: OffsetDateTime) -> Result<Self, Duration> {
        let known = if self.forget_at <= now { Self::fresh(now) } else { self };
        match known.blocked_until {
            Some(until) if until > now => return Err(until - now),
            Some(_) => return known.begin(tries, rule, now),
            None => {}
        }
        if known.window_ends_at <= now {
            return known.begin(tries, rule, now);
        }
        if known.count.saturating_add(tries) > rule.max {
            return Err(known.window_ends_at - now);
        }
        Ok(known.counted(tries, rule, now))
    }

    /// A new window with its first tries.
    fn begin(self, tries: i32, rule: Rule, now: OffsetDateTime) -> Result<Self, Duration> {
        if tries > rule.max {
            return Err(rule.window);
        }
        let window = Self { count: 0, window_ends_at: now + rule.window, blocked_until: None, ..self };
        Ok(window.counted(tries, rule, now))
    }

    fn counted(self, tries: i32, rule: Rule, now: OffsetDateTime) -> Self {
        let counted = Self { count: self.count + tries, ..self };
        let used_up = counted.count >= rule.max && rule.pause == Pause::Growing;
        if !used_up {
            return Self { forget_at: self.forget_at.max(self.window_ends_at), ..counted };
        }
        let nth = usize::try_from(counted.blocks).unwrap_or(0).min(PAUSES.len() - 1);
        let until = now + PAUSES[nth];
        Self { blocks: counted.blocks + 1, blocked_until: Some(until), forget_at: until + MEMORY, ..counted }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOON: OffsetDateTime = datetime!(2026-11-22 12:00 UTC);
    const PLAIN: Rule = Rule { max: 3, window: Duration::HOUR, pause: Pause::Rest };
    const GROWING: Rule = Rule { max: 5, window: Duration::minutes(5), pause: Pause::Growing };

    fn taken(mut counter: Counter, rule: Rule, times: u32, now: OffsetDateTime) -> Counter {
        for _ in 0..times {
            counter = counter.take(rule, now).expect("a try is left");
        }
        counter
    }

    #[test]
    fn the_tries_of_a_window_are_counted_and_the_next_one_waits_for_its_end() {
        let used = taken(Counter::fresh(NOON), PLAIN, 3, NOON);
        let later = NOON + Duration::minutes(20);
        assert_eq!(used.take(PLAIN, later), Err(Duration::minutes(40)));
        assert!(used.take(PLAIN, NOON + Duration::HOUR).is_ok(), "a new window");
    }

    #[test]
    fn tries_that_happen_together_fit_whole_or_not_at_all() {
        let used = Counter::fresh(NOON).take_many(2, PLAIN, NOON).expect("two of three");
        assert_eq!(used.take_many(2, PLAIN, NOON), Err(Duration::HOUR), "one is left");
        assert!(used.take_many(1, PLAIN, NOON).is_ok());
        assert_eq!(Counter::fresh(NOON).take_many(4, PLAIN, NOON), Err(Duration::HOUR), "never");
    }

    #[test]
    fn each_further_pause_within_a_day_is_longer() {
        let mut counter = Counter::fresh(NOON);
        let mut now = NOON;
        for minutes in [1, 5, 15, 60, 60] {
            counter = taken(counter, GROWING, 5, now);
            assert_eq!(counter.take(GROWING, now), Err(Duration::minutes(minutes)));
            now += Duration::minutes(minutes);
        }
        let rested = now + Duration::DAY;
        counter = taken(counter, GROWING, 5, rested);
        assert_eq!(counter.take(GROWING, rested), Err(Duration::minutes(1)), "a day later it begins again");
    }

    #[test]
    fn failures_far_apart_never_pause() {
        let mut counter = Counter::fresh(NOON);
        for n in 0..20 {
            let now = NOON + Duration::minutes(5) * n;
            counter = counter.take(GROWING, now).expect("one in each window");
        }
    }
}
