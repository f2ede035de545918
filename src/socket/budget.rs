use std::time::Duration;

use tokio::time::Instant;

/// How much a client may send before it is told, and before it is cut off.
#[derive(Debug)]
pub(super) struct Budget {
    second_began: Instant,
    sent: u32,
    /// Seconds in a row in which too much came.
    overruns: u32,
    malformed: u32,
}

/// What happens to one message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Read,
    /// Dropped; the client is told once per second.
    DropAndTell,
    Drop,
    /// Too much for too long.
    CutOff,
}

impl Budget {
    const PER_SECOND: u32 = 20;
    const MAX_OVERRUNS: u32 = 5;
    /// The one that closes the socket.
    const LAST_MALFORMED: u32 = 10;
    const SECOND: Duration = Duration::from_secs(1);

    pub(super) fn new(now: Instant) -> Self {
        Self { second_began: now, sent: 0, overruns: 0, malformed: 0 }
    }

    /// Counts one message of any kind.
    pub(super) fn spend(&mut self, now: Instant) -> Verdict {
        let elapsed = now.duration_since(self.second_began);
        if elapsed >= Self::SECOND {
            let was_quiet = self.sent <= Self::PER_SECOND || elapsed >= Self::SECOND * 2;
            self.overruns = if was_quiet { 0 } else { self.overruns };
            self.second_began = now;
            self.sent = 0;
        }
        self.sent = self.sent.saturating_add(1);
        if self.sent <= Self::PER_SECOND {
            return Verdict::Read;
        }
        if self.sent > Self::PER_SECOND + 1 {
            return Verdict::Drop;
        }
        self.overruns += 1;
        if self.overruns > Self::MAX_OVERRUNS { Verdict::CutOff } else { Verdict::DropAndTell }
    }

    /// Counts one malformed frame; true when it was the last one tolerated.
    pub(super) fn malformed(&mut self) -> bool {
        self.malformed += 1;
        self.malformed >= Self::LAST_MALFORMED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flood(budget: &mut Budget, at: Instant) -> Verdict {
        for _ in 0..Budget::PER_SECOND {
            assert_eq!(budget.spend(at), Verdict::Read);
        }
        budget.spend(at)
    }

    #[test]
    fn the_21st_message_of_a_second_is_dropped_and_told_once() {
        let start = Instant::now();
        let mut budget = Budget::new(start);
        assert_eq!(flood(&mut budget, start), Verdict::DropAndTell);
        assert_eq!(budget.spend(start), Verdict::Drop);
        assert_eq!(budget.spend(start + Budget::SECOND), Verdict::Read);
    }

    #[test]
    fn a_sustained_flood_is_cut_off() {
        let start = Instant::now();
        let mut budget = Budget::new(start);
        for second in 0..Budget::MAX_OVERRUNS {
            assert_eq!(flood(&mut budget, start + Budget::SECOND * second), Verdict::DropAndTell);
        }
        assert_eq!(flood(&mut budget, start + Budget::SECOND * Budget::MAX_OVERRUNS), Verdict::CutOff);
    }

    #[test]
    fn a_quiet_second_forgives_the_overruns_before_it() {
        let start = Instant::now();
        let mut budget = Budget::new(start);
        for burst in 0..Budget::MAX_OVERRUNS * 2 {
            assert_eq!(flood(&mut budget, start + Budget::SECOND * 2 * burst), Verdict::DropAndTell);
        }
    }

    #[test]
    fn the_tenth_malformed_frame_is_the_last() {
        let mut budget = Budget::new(Instant::now());
        let tolerated = (1..Budget::LAST_MALFORMED).filter(|_| budget.malformed()).count();
        assert_eq!(tolerated, 0, "the first nine are answered");
        assert!(budget.malformed());
    }
}
