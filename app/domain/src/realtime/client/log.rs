use crate::chat::MessageView;

/// The messages a reader has, once each, in the order of `seq`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageLog {
    messages: Vec<MessageView>,
}

impl MessageLog {
    /// `messages` in any order.
    #[must_use]
    pub fn new(messages: Vec<MessageView>) -> Self {
        let mut log = Self::default();
        log.extend(messages);
        log
    }

    /// Takes a message at its place; of two states of one message the later `rev` stays. Says whether anything
    /// changed.
    pub fn upsert(&mut self, message: MessageView) -> bool {
        match self.messages.binary_search_by_key(&message.seq, |known| known.seq) {
            Ok(at) if self.messages[at].rev >= message.rev => false,
            Ok(at) => {
                self.messages[at] = message;
                true
            }
            Err(at) => {
                self.messages.insert(at, message);
                true
            }
        }
    }

    /// Takes many, as [`Self::upsert`].
    pub fn extend(&mut self, messages: Vec<MessageView>) {
        for message in messages {
            self.upsert(message);
        }
    }

    #[must_use]
    pub fn messages(&self) -> &[MessageView] {
        &self.messages
    }

    #[must_use]
    pub fn first_seq(&self) -> Option<i64> {
        self.messages.first().map(|message| message.seq)
    }

    #[must_use]
    pub fn last_seq(&self) -> Option<i64> {
        self.messages.last().map(|message| message.seq)
    }
}
