use hdrhistogram::Histogram;

/// Times from when a message was due, in microseconds, kept to three digits up to a minute.
#[derive(Debug, Clone)]
pub struct Latency(Histogram<u64>);

impl Default for Latency {
    fn default() -> Self {
        let longest_us = 60_000_000;
        Self(Histogram::new_with_bounds(1, longest_us, 3).expect("bounds of a histogram"))
    }
}

impl Latency {
    /// Takes one time; longer than a minute counts as a minute.
    pub fn note(&mut self, from_ns: u64, to_ns: u64) {
        self.0.saturating_record(to_ns.saturating_sub(from_ns) / 1000);
    }

    pub fn merge(&mut self, other: &Self) {
        self.0.add(&other.0).expect("both have the same bounds");
    }

    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// The time that this share of all stays below, in milliseconds.
    #[must_use]
    pub fn quantile_ms(&self, share: f64) -> f64 {
        self.0.value_at_quantile(share) as f64 / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_what_was_noted() {
        let (mut one, mut other) = (Latency::default(), Latency::default());
        for ms in 1..=50 {
            one.note(5, 5 + ms * 1_000_000);
            other.note(5, 5 + (50 + ms) * 1_000_000);
        }
        one.merge(&other);
        assert_eq!(one.count(), 100);
        let near = |share, ms: f64| assert!((one.quantile_ms(share) - ms).abs() < 0.1, "{share}");
        near(0.5, 50.0);
        near(0.99, 99.0);
        near(1.0, 100.0);
    }

    #[test]
    fn what_takes_longer_than_a_minute_is_kept_as_a_minute() {
        let mut latency = Latency::default();
        latency.note(0, 3_600_000_000_000);
        assert!(latency.quantile_ms(1.0) >= 60_000.0);
    }
}
