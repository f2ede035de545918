//! What no single reader can know: that all heard the same, and that it is what the senders were told.

use std::collections::{HashMap, HashSet};

use domain::realtime::Topic;

use crate::faults::Faults;
use crate::latency::Latency;
use crate::listening::Heard;
use crate::tally::{self, Seen};

/// What a whole audience heard.
#[derive(Debug, Default)]
pub struct Verdict {
    pub faults: Faults,
    /// From when a message was due until a reader had it, over all deliveries.
    pub delivery: Latency,
    /// The same until the last reader of each message had it.
    pub last_reader: Latency,
}

/// Puts the threads together; `last` is the position of the last message, `acknowledged` what senders were told, where
/// somebody was.
#[must_use]
pub fn audit(threads: &[Heard], last: i64, acknowledged: Option<&[Seen]>) -> Verdict {
    let mut verdict = Verdict::default();
    let mut messages: HashMap<(Topic, i64), tally::Heard> = HashMap::new();
    for thread in threads {
        verdict.faults += thread.tally.faults;
        verdict.delivery.merge(&thread.tally.latency);
        for sequence in &thread.sequences {
            verdict.faults += sequence.finish(last);
        }
        for (place, heard) in &thread.tally.messages {
            let known = messages.entry(*place).or_insert(tally::Heard { readers: 0, last_ns: 0, ..*heard });
            if known.seen != heard.seen {
                verdict.faults.contradicted += 1;
            }
            known.readers += heard.readers;
            known.last_ns = known.last_ns.max(heard.last_ns);
        }
    }
    for heard in messages.values() {
        verdict.last_reader.note(heard.seen.note.due_ns, heard.last_ns);
    }
    if let Some(acknowledged) = acknowledged {
        verdict.faults += compare(&messages, acknowledged);
    }
    verdict
}

fn compare(messages: &HashMap<(Topic, i64), tally::Heard>, acknowledged: &[Seen]) -> Faults {
    let mut faults = Faults::default();
    let mut told: Vec<Seen> = acknowledged.to_vec();
    told.sort_unstable_by_key(|seen| seen.rev);
    for seen in &told {
        // What nobody heard is counted as lost at each reader already.
        if messages.get(&seen.place()).is_some_and(|heard| heard.seen != *seen) {
            faults.contradicted += 1;
        }
    }
    let known: HashSet<_> = told.iter().map(Seen::place).collect();
    faults.unacknowledged += messages.keys().filter(|place| !known.contains(place)).count() as u64;
    faults.contradicted += misnumbered(&told);
    faults
}

/// Acknowledged messages, by revision, whose numbers don't follow on, or that overtook one of the same sender.
fn misnumbered(told: &[Seen]) -> u64 {
    let mut counters: HashMap<u32, u32> = HashMap::new();
    let mut wrong = 0;
    for (place, seen) in told.iter().enumerate() {
        let follows = place == 0 || {
            let before = &told[place - 1];
            seen.rev == before.rev + 1 && seen.seq == before.seq + 1
        };
        let counter = seen.note.counter;
        let overtook = counters.insert(seen.note.sender, counter).is_some_and(|before| before >= counter);
        if !follows || overtook {
            wrong += 1;
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bare::{frame, topic};
    use crate::note::Note;
    use crate::sequence::Sequence;
    use crate::tally::Tally;

    fn seen(position: i64) -> Seen {
        let counter = u32::try_from(position).expect("a small number");
        let note = Note { sender: 1, counter, due_ns: 1_000_000 };
        Seen { topic: topic(), rev: position, seq: position, note }
    }

    /// A thread whose readers heard these positions each.
    fn thread(readers: &[&[i64]]) -> Heard {
        let (mut tally, mut sequences) = (Tally::default(), Vec::new());
        for positions in readers {
            let mut sequence = Sequence::after(0);
            for position in *positions {
                let text = frame(*position, seen(*position).note, 100).into();
                tally.take(&text, &mut sequence, 3_000_000);
            }
            sequences.push(sequence);
        }
        Heard { tally, sequences }
    }

    fn faults(threads: &[Heard], last: i64, acknowledged: &[Seen]) -> Faults {
        audit(threads, last, Some(acknowledged)).faults
    }

    #[test]
    fn a_run_without_a_fault_is_without_a_fault() {
        let threads = [thread(&[&[1, 2, 3], &[1, 2, 3]]), thread(&[&[1, 2, 3]])];
        let verdict = audit(&threads, 3, Some(&[seen(3), seen(1), seen(2)]));
        assert_eq!(verdict.faults, Faults::default());
        assert_eq!((verdict.delivery.count(), verdict.last_reader.count()), (9, 3));
    }

    #[test]
    fn one_lost_doubled_or_disordered_delivery_of_one_reader_is_found() {
        let told = [seen(1), seen(2), seen(3)];
        let with = |odd: &[i64]| faults(&[thread(&[&[1, 2, 3]]), thread(&[&[1, 2, 3], odd])], 3, &told);
        assert_eq!(with(&[1, 3]), Faults { lost: 1, ..Faults::default() });
        assert_eq!(with(&[1, 2]), Faults { lost: 1, ..Faults::default() });
        assert_eq!(with(&[1, 2, 2, 3]), Faults { doubled: 1, ..Faults::default() });
        assert_eq!(with(&[2, 1, 3]), Faults { disordered: 1, ..Faults::default() });
    }

    #[test]
    fn a_message_that_was_acknowledged_and_reached_nobody_is_lost_at_all_readers() {
        let threads = [thread(&[&[1], &[1]])];
        assert_eq!(faults(&threads, 2, &[seen(1), seen(2)]), Faults { lost: 2, ..Faults::default() });
    }

    #[test]
    fn a_message_nobody_was_told_of_is_found() {
        let threads = [thread(&[&[1, 2]])];
        assert_eq!(faults(&threads, 2, &[seen(1)]), Faults { unacknowledged: 1, ..Faults::default() });
    }

    #[test]
    fn another_message_than_acknowledged_is_a_contradiction() {
        let threads = [thread(&[&[1, 2]])];
        let other = Seen { note: Note { sender: 2, ..seen(2).note }, ..seen(2) };
        assert_eq!(faults(&threads, 2, &[seen(1), other]), Faults { contradicted: 1, ..Faults::default() });
    }

    #[test]
    fn numbers_with_a_gap_and_a_sender_who_overtakes_themselves_are_contradictions() {
        assert_eq!(misnumbered(&[seen(1), seen(2), seen(3)]), 0);
        assert_eq!(misnumbered(&[seen(1), seen(3)]), 1);
        assert_eq!(misnumbered(&[seen(1), Seen { seq: 3, ..seen(2) }]), 1);
        let earlier = Note { counter: 1, ..seen(2).note };
        assert_eq!(misnumbered(&[seen(1), Seen { note: earlier, ..seen(2) }]), 1);
    }
}
