use crate::chat::{MessageView, Quote};

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
    ///
    /// What a later state leaves open, the reader's own reactions, stays as it was known. Answers to it quote it as it
    /// is now, or as deleted.
    pub fn upsert(&mut self, mut message: MessageView) -> bool {
        match self.messages.binary_search_by_key(&message.seq, |known| known.seq) {
            Ok(at) if self.messages[at].rev >= message.rev => false,
            Ok(at) => {
                keep_own_reactions(&mut message, &self.messages[at]);
                self.quote_anew(&message);
                self.messages[at] = message;
                true
            }
            Err(at) => {
                self.messages.insert(at, message);
                true
            }
        }
    }

    /// Lets answers quote a message as it is now, whether it is loaded itself or not.
    pub fn quote_anew(&mut self, message: &MessageView) {
        let quotes = self.messages.iter_mut().filter_map(|other| other.reply_to.as_mut());
        for quote in quotes.filter(|quote| quote.id == message.id) {
            quote.body = message.body.as_deref().map(Quote::excerpt);
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

    /// The message at a place.
    #[must_use]
    pub fn at(&self, seq: i64) -> Option<&MessageView> {
        let at = self.messages.binary_search_by_key(&seq, |known| known.seq).ok()?;
        self.messages.get(at)
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

fn keep_own_reactions(message: &mut MessageView, known: &MessageView) {
    for reaction in message.reactions.iter_mut().filter(|reaction| reaction.mine.is_none()) {
        let before = known.reactions.iter().find(|before| before.emoji == reaction.emoji);
        reaction.mine = before.and_then(|before| before.mine);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::MessageLog;
    use crate::accounts::PersonCard;
    use crate::chat::{MessageView, Quote, Reaction};
    use crate::ids::{ChatMessageId, ClientMessageId, UserId};
    use crate::time::Timestamp;

    fn message(seq: i64) -> MessageView {
        let id = Uuid::from_u128(u128::from(seq.unsigned_abs()));
        MessageView {
            id: ChatMessageId::new(id),
            client_message_id: ClientMessageId::new(id),
            seq,
            rev: seq,
            author: PersonCard { id: UserId::new(Uuid::nil()), full_name: "Ada".into() },
            body: Some(format!("message {seq}")),
            sent_at: Timestamp::from_millis(seq),
            is_edited: false,
            deleted_by: None,
            reply_to: None,
            reactions: Vec::new(),
            mentions: Vec::new(),
        }
    }

    #[test]
    fn a_log_holds_each_message_once_in_order_and_its_latest_state() {
        let mut log = MessageLog::new(vec![message(3), message(1)]);
        assert!(log.upsert(message(2)), "late, at its place");
        assert!(!log.upsert(message(2)), "twice");
        let tombstone = MessageView { rev: 4, body: None, ..message(2) };
        assert!(log.upsert(tombstone.clone()));
        assert!(!log.upsert(message(2)), "an older state");
        assert_eq!(log.messages(), [message(1), tombstone, message(3)]);
        assert_eq!((log.at(3), log.at(4)), (Some(&message(3)), None));
    }

    #[test]
    fn an_answer_quotes_a_target_that_is_not_loaded_as_it_is_now() {
        let quoted = message(1);
        let quote = |target: &MessageView, body: &str| {
            Some(Quote { id: target.id, seq: target.seq, author: "Ada".into(), body: Some(body.into()) })
        };
        let answer = MessageView { reply_to: quote(&quoted, "message 1"), ..message(8) };
        let other = MessageView { reply_to: quote(&message(2), "message 2"), ..message(9) };
        let mut log = MessageLog::new(vec![answer, other]);
        log.quote_anew(&MessageView { rev: 10, body: None, ..quoted });
        let said = |at: usize| log.messages()[at].reply_to.clone().and_then(|quote| quote.body);
        assert_eq!((said(0), said(1).as_deref()), (None, Some("message 2")));
        assert_eq!(log.first_seq(), Some(8), "it isn't loaded by that");
    }

    #[test]
    fn an_answer_quotes_its_target_as_it_is_now() {
        let quoted = message(1);
        let quote = Quote { id: quoted.id, seq: 1, author: "Ada".into(), body: Some("message 1".into()) };
        let answer = MessageView { reply_to: Some(quote), ..message(2) };
        let mut log = MessageLog::new(vec![quoted.clone(), answer]);
        log.upsert(MessageView { rev: 3, body: None, ..quoted.clone() });
        let said = |log: &MessageLog| log.messages()[1].reply_to.clone().unwrap().body;
        assert_eq!(said(&log), None, "deleted");
        log.upsert(MessageView { rev: 4, ..quoted });
        assert_eq!(said(&log).as_deref(), Some("message 1"), "restored");
    }

    #[test]
    fn the_readers_own_reactions_stay_as_they_were_known() {
        let of = |count, mine| vec![Reaction { emoji: "👍".into(), count, mine }];
        let mut log = MessageLog::new(vec![MessageView { reactions: of(1, Some(true)), ..message(1) }]);
        log.upsert(MessageView { rev: 2, reactions: of(2, None), ..message(1) });
        assert_eq!(log.messages()[0].reactions, of(2, Some(true)));
        log.upsert(MessageView { rev: 3, reactions: of(1, Some(false)), ..message(1) });
        assert_eq!(log.messages()[0].reactions, of(1, Some(false)));
    }
}
