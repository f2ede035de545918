use std::fmt::Write as _;

/// What a message's text says about itself: who sent it, as which of theirs, and when it was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    pub sender: u32,
    /// Counts this sender's messages from 0.
    pub counter: u32,
    /// When it should have been sent: a generator that is late makes the delivery slow, not the message missing.
    pub due_ns: u64,
}

const MARK: &str = "load";
const FILLING: &str = " words";

impl Note {
    /// The text, filled up to `bytes` with words; longer when the note itself is.
    #[must_use]
    pub fn text(&self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + FILLING.len());
        write!(text, "{MARK} {} {} {}", self.sender, self.counter, self.due_ns)
            .expect("a String takes what is written");
        let needed = text.len();
        while text.len() < bytes {
            text.push_str(FILLING);
        }
        text.truncate(bytes.max(needed));
        // The server trims, and a text that comes back otherwise would not be the one that was sent.
        text.truncate(text.trim_end().len());
        text
    }

    /// Reads a text of [`Self::text`]; `None` for anybody else's.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        if words.next() != Some(MARK) {
            return None;
        }
        let sender = words.next()?.parse().ok()?;
        let counter = words.next()?.parse().ok()?;
        let due_ns = words.next()?.parse().ok()?;
        Some(Self { sender, counter, due_ns })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_survives_its_text_at_any_length() {
        let note = Note { sender: 199, counter: 7, due_ns: 123_456_789_012_345 };
        for bytes in 0..260 {
            let text = note.text(bytes);
            assert_eq!(Note::read(&text), Some(note), "{text:?}");
            assert_eq!(text.trim(), text);
        }
        assert_eq!(note.text(200).len(), 200);
    }

    #[test]
    fn another_text_is_no_note() {
        for text in ["", "load", "load 1 2", "load 1 two 3", "hello 1 2 3", "load 1 -2 3"] {
            assert_eq!(Note::read(text), None, "{text:?}");
        }
    }
}
