use std::collections::BTreeSet;

use crate::faults::Faults;

/// What one reader has heard, by the position each message has in its room. Positions count without a gap, so each is
/// heard once, in order.
#[derive(Debug, Clone)]
pub struct Sequence {
    next: i64,
    /// Positions that were jumped over and have not come since.
    missing: BTreeSet<i64>,
    doubled: u64,
    disordered: u64,
    /// After a resumption what is known may come again: the server reads the database while it listens already.
    has_returned: bool,
}

impl Sequence {
    /// A reader who knows everything up to a position, and nothing after it.
    #[must_use]
    pub fn after(position: i64) -> Self {
        Self { next: position + 1, missing: BTreeSet::new(), doubled: 0, disordered: 0, has_returned: false }
    }

    /// Takes the next message heard.
    pub fn hear(&mut self, position: i64) {
        if position >= self.next {
            self.missing.extend(self.next..position);
            self.next = position + 1;
        } else if self.missing.remove(&position) {
            self.disordered += 1;
        } else if !self.has_returned {
            self.doubled += 1;
        }
    }

    /// Everything up to here was heard: the cursor to resume from.
    #[must_use]
    pub fn cursor(&self) -> i64 {
        self.missing.first().map_or(self.next, |missing| *missing) - 1
    }

    /// The reader comes back with their cursor; from here on a known message is dropped, as a browser does.
    pub fn resume(&mut self) {
        self.has_returned = true;
    }

    /// What was wrong, if the last message had this position.
    #[must_use]
    pub fn finish(&self, last: i64) -> Faults {
        let jumped_over = self.missing.range(..=last).count() as u64;
        let never_came = u64::try_from(last + 1 - self.next).unwrap_or(0);
        Faults {
            lost: jumped_over + never_came,
            doubled: self.doubled,
            disordered: self.disordered,
            ..Faults::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(positions: &[i64], last: i64) -> Faults {
        let mut sequence = Sequence::after(10);
        for position in positions {
            sequence.hear(*position);
        }
        sequence.finish(last)
    }

    #[test]
    fn all_messages_once_and_in_order_are_no_fault() {
        assert_eq!(heard(&[11, 12, 13], 13), Faults::default());
        assert_eq!(heard(&[], 10), Faults::default(), "nothing was sent");
    }

    #[test]
    fn a_loss_is_found_at_the_beginning_in_the_middle_and_at_the_end() {
        let lost = |lost| Faults { lost, ..Faults::default() };
        assert_eq!(heard(&[12, 13], 13), lost(1));
        assert_eq!(heard(&[11, 14], 14), lost(2));
        assert_eq!(heard(&[11, 12], 15), lost(3));
        assert_eq!(heard(&[], 13), lost(3), "somebody who heard nothing");
    }

    #[test]
    fn a_message_that_comes_twice_is_found_at_once_and_later() {
        let doubled = |doubled| Faults { doubled, ..Faults::default() };
        assert_eq!(heard(&[11, 11, 12], 12), doubled(1));
        assert_eq!(heard(&[11, 12, 13, 11, 12], 13), doubled(2));
        assert_eq!(heard(&[10, 11], 11), doubled(1), "known before this reader came");
    }

    #[test]
    fn a_message_behind_a_later_one_is_out_of_order_and_not_lost() {
        let disordered = |disordered| Faults { disordered, ..Faults::default() };
        assert_eq!(heard(&[12, 11, 13], 13), disordered(1));
        assert_eq!(heard(&[13, 12, 11], 13), disordered(2));
    }

    #[test]
    fn who_comes_back_asks_for_what_is_missing_and_drops_what_they_know() {
        let mut sequence = Sequence::after(10);
        assert_eq!(sequence.cursor(), 10);
        sequence.hear(11);
        sequence.hear(13);
        assert_eq!(sequence.cursor(), 11, "the gap is asked for again");
        sequence.resume();
        for position in [12, 13, 14] {
            sequence.hear(position);
        }
        assert_eq!(sequence.cursor(), 14);
        assert_eq!(sequence.finish(14), Faults { disordered: 1, ..Faults::default() }, "12 came behind 13");
        assert_eq!(sequence.finish(15).lost, 1, "coming back excuses no loss");
    }

    #[test]
    fn faults_of_several_kinds_are_told_apart() {
        let faults = heard(&[11, 13, 12, 12, 16], 17);
        assert_eq!(faults, Faults { lost: 3, doubled: 1, disordered: 1, ..Faults::default() });
    }
}
