use std::collections::{HashMap, VecDeque};

use domain::realtime::{ServerFrame, Topic};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::faults::Faults;
use crate::latency::Latency;
use crate::note::Note;
use crate::sequence::Sequence;

/// One message as a frame carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The room.
    pub topic: Topic,
    /// The room's revision, which is what readers follow.
    pub rev: i64,
    pub seq: i64,
    pub note: Note,
}

impl Seen {
    /// What no other message has: rooms count for themselves.
    #[must_use]
    pub const fn place(&self) -> (Topic, i64) {
        (self.topic, self.rev)
    }
}

/// One message as it reached the readers of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    pub seen: Seen,
    pub readers: u64,
    /// When the last of them had it.
    pub last_ns: u64,
}

/// What a frame is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Message(Seen),
    /// A message of somebody else: its place in the room, if it has one.
    Foreign(Option<i64>),
    Presence,
    /// The server ends or refuses something that a right client asked for.
    Refusal,
    Resync,
    Other,
}

/// What a reader counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Delivery,
    Presence,
    /// The server can't say what was missed: a browser loads its page anew.
    Resync,
    Other,
}

/// What all readers of one thread heard.
#[derive(Debug, Default)]
pub struct Tally {
    pub latency: Latency,
    /// By their places.
    pub messages: HashMap<(Topic, i64), Heard>,
    pub faults: Faults,
    /// The newest frames and what they mean: thousands of readers get the same bytes. Compared whole, so another frame is
    /// never taken for one of these.
    recent: VecDeque<(Utf8Bytes, Meaning)>,
}

/// Messages under way at once, and a presence count between.
const RECENT: usize = 8;

impl Tally {
    /// Takes a frame that a reader got.
    pub fn take(&mut self, frame: &Utf8Bytes, reader: &mut Sequence, now_ns: u64) -> Kind {
        match self.meaning(frame) {
            Meaning::Message(seen) => {
                reader.hear(seen.rev);
                self.note(seen, now_ns);
                return Kind::Delivery;
            }
            Meaning::Foreign(place) => {
                self.faults.unacknowledged += 1;
                if let Some(rev) = place {
                    reader.hear(rev);
                }
            }
            Meaning::Presence => return Kind::Presence,
            Meaning::Refusal => self.faults.sockets += 1,
            Meaning::Resync => return Kind::Resync,
            Meaning::Other => {}
        }
        Kind::Other
    }

    fn note(&mut self, seen: Seen, now_ns: u64) {
        self.latency.note(seen.note.due_ns, now_ns);
        let heard = self.messages.entry(seen.place()).or_insert(Heard { seen, readers: 0, last_ns: 0 });
        if heard.seen != seen {
            self.faults.contradicted += 1;
        }
        heard.readers += 1;
        heard.last_ns = heard.last_ns.max(now_ns);
    }

    fn meaning(&mut self, frame: &Utf8Bytes) -> Meaning {
        if let Some((_, meaning)) = self.recent.iter().find(|(known, _)| known == frame) {
            return *meaning;
        }
        let meaning = read(frame);
        if self.recent.len() == RECENT {
            self.recent.pop_back();
        }
        self.recent.push_front((frame.clone(), meaning));
        meaning
    }
}

fn read(frame: &str) -> Meaning {
    let Ok(frame) = serde_json::from_str::<ServerFrame>(frame) else { return Meaning::Refusal };
    if let ServerFrame::MessagePosted { topic, rev, message } = &frame {
        let note = message.body.as_deref().and_then(Note::read);
        // The two numbers of a new message are told twice; they are the same message's.
        return match note {
            Some(note) if message.rev == *rev => {
                Meaning::Message(Seen { topic: *topic, rev: *rev, seq: message.seq, note })
            }
            Some(_) | None => Meaning::Foreign(Some(*rev)),
        };
    }
    if let Some((_, rev)) = frame.rev() {
        return Meaning::Foreign(Some(rev));
    }
    let is_refusal =
        matches!(frame, ServerFrame::Refused { .. } | ServerFrame::Kicked { .. } | ServerFrame::Error);
    match frame {
        ServerFrame::PresenceCount { .. } => Meaning::Presence,
        ServerFrame::Resync { .. } => Meaning::Resync,
        _ if is_refusal => Meaning::Refusal,
        _ => Meaning::Other,
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::ChatRoomId;
    use uuid::Uuid;

    use super::*;
    use crate::bare::{frame, topic};

    const NOTE: Note = Note { sender: 3, counter: 1, due_ns: 1_000_000 };

    fn posted(position: i64, note: Note) -> Utf8Bytes {
        frame(position, note, 100).into()
    }

    #[test]
    fn a_message_is_heard_once_by_each_reader() {
        let (mut tally, mut readers) = (Tally::default(), [Sequence::after(0), Sequence::after(0)]);
        for (reader, at) in readers.iter_mut().zip([2_000_000, 5_000_000]) {
            assert_eq!(tally.take(&posted(1, NOTE), reader, at), Kind::Delivery);
        }
        let seen = Seen { topic: topic(), rev: 1, seq: 1, note: NOTE };
        let heard = Heard { seen, readers: 2, last_ns: 5_000_000 };
        assert_eq!(tally.messages, HashMap::from([(seen.place(), heard)]));
        assert_eq!(tally.faults, Faults::default());
        assert_eq!(tally.latency.count(), 2);
        assert!(readers.iter().all(|reader| reader.finish(1).is_none()));
    }

    #[test]
    fn two_texts_under_one_number_contradict_each_other() {
        let (mut tally, mut one, mut other) = (Tally::default(), Sequence::after(0), Sequence::after(0));
        tally.take(&posted(1, NOTE), &mut one, 2_000_000);
        tally.take(&posted(1, Note { counter: 2, ..NOTE }), &mut other, 2_000_000);
        assert_eq!(tally.faults, Faults { contradicted: 1, ..Faults::default() });
    }

    #[test]
    fn two_rooms_have_the_same_numbers() {
        let (mut tally, mut one, mut other) = (Tally::default(), Sequence::after(0), Sequence::after(0));
        let elsewhere = Topic::Room(ChatRoomId::new(Uuid::from_u128(7)));
        tally.take(&posted(1, NOTE), &mut one, 2_000_000);
        let there =
            posted(1, Note { counter: 2, ..NOTE }).replace(&topic().to_string(), &elsewhere.to_string());
        assert_eq!(tally.take(&there.into(), &mut other, 2_000_000), Kind::Delivery);
        assert_eq!(tally.faults, Faults::default());
        assert_eq!(tally.messages.len(), 2);
    }

    #[test]
    fn what_is_not_ours_and_what_is_no_frame_are_faults() {
        let (mut tally, mut reader) = (Tally::default(), Sequence::after(0));
        let foreign = posted(1, NOTE).replace("load 3", "lead 3");
        assert_eq!(tally.take(&foreign.into(), &mut reader, 0), Kind::Other);
        assert_eq!(tally.take(&"{".into(), &mut reader, 0), Kind::Other);
        assert_eq!(tally.faults, Faults { unacknowledged: 1, sockets: 1, ..Faults::default() });
        assert!(reader.finish(1).is_none(), "its place is taken, so nothing is missing there");
    }

    #[test]
    fn more_frames_than_are_remembered_are_read_again() {
        let (mut tally, mut reader) = (Tally::default(), Sequence::after(0));
        for position in (1..=20).chain(1..=20) {
            tally.take(&posted(position, NOTE), &mut reader, 1_000_000);
        }
        assert_eq!(reader.finish(20), Faults { doubled: 20, ..Faults::default() });
        assert_eq!(tally.messages.len(), 20);
    }
}
