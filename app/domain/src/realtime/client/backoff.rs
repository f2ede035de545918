/// How long to wait before the next try: exponential with full jitter, for ever.
///
/// Full jitter, because a restarted server meets everybody at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    pub const CAP_MS: u32 = 30_000;
    const FIRST_MS: u32 = 500;

    /// The next wait, evenly between 0 and a ceiling that doubles from 500 ms to [`Self::CAP_MS`]. `fraction` is
    /// random in `0.0..1.0`.
    pub fn next_ms(&mut self, fraction: f64) -> u32 {
        let ceiling = Self::FIRST_MS.saturating_mul(1 << self.failures.min(6)).min(Self::CAP_MS);
        self.failures = self.failures.saturating_add(1);
        (f64::from(ceiling) * fraction.clamp(0.0, 1.0)) as u32
    }

    /// Failures since the last [`Self::reset`].
    #[must_use]
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    pub fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::Backoff;

    #[test]
    fn waits_double_up_to_30_seconds_and_never_stop() {
        let mut backoff = Backoff::default();
        let longest: Vec<u32> = (0..8).map(|_| backoff.next_ms(1.0)).collect();
        assert_eq!(longest, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
        for _ in 0..1000 {
            assert!(backoff.next_ms(0.999) <= Backoff::CAP_MS);
        }
    }

    #[test]
    fn jitter_covers_the_whole_range() {
        assert_eq!(Backoff::default().next_ms(0.0), 0);
        assert_eq!(Backoff::default().next_ms(0.5), 250);
    }

    #[test]
    fn success_starts_over() {
        let mut backoff = Backoff::default();
        (0..10).for_each(|_| {
            backoff.next_ms(1.0);
        });
        backoff.reset();
        assert_eq!(backoff.next_ms(1.0), 500);
    }
}
