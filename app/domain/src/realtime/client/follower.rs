use std::collections::BTreeMap;

use crate::chat::MessageView;

/// Follows the revisions of one topic from a cursor, without a gap and without a repetition.
///
/// Live frames carry consecutive revisions. What is resumed from the database may skip some: a message changed
/// twice has only its last one. So while the missed ones come in, which is before anything live, every jump is taken;
/// the first revision at or beyond the head that the subscription named ends that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    rev: i64,
    /// The topic's last revision when the subscription was answered, while older ones still come in.
    catching_up_to: Option<i64>,
    /// Came before a revision in front of it.
    early: BTreeMap<i64, MessageView>,
}

/// What a revision means for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Show these, in this order.
    Apply(Vec<MessageView>),
    /// Something in front of it is missing. If [`Follower::has_gap`] still after [`Follower::HOLD_MS`], subscribe
    /// again with the cursor.
    Early,
    /// Seen before.
    Known,
}

impl Follower {
    /// How long an early frame waits for the ones in front of it: publishing order may differ from commit order.
    pub const HOLD_MS: u32 = 200;

    #[must_use]
    pub const fn new(cursor: i64) -> Self {
        Self { rev: cursor, catching_up_to: None, early: BTreeMap::new() }
    }

    /// Everything up to this revision was shown; the subscription resumes after it.
    #[must_use]
    pub const fn cursor(&self) -> i64 {
        self.rev
    }

    /// The subscription was answered; revisions up to `head` follow from the database.
    pub fn subscribed(&mut self, head: i64) {
        self.catching_up_to = (head > self.rev).then_some(head);
    }

    /// The database's last revision; says whether the reader is behind and must subscribe again. While missed ones come
    /// in it ends that: the last of them were of messages that this reader has cleared.
    #[must_use]
    pub fn hear_head(&mut self, head: i64) -> bool {
        if let Some(up_to) = self.catching_up_to.take_if(|up_to| head >= *up_to) {
            self.rev = self.rev.max(up_to);
        }
        head > self.rev
    }

    #[must_use]
    pub fn has_gap(&self) -> bool {
        !self.early.is_empty()
    }

    pub fn hear(&mut self, rev: i64, message: MessageView) -> Heard {
        if rev <= self.rev {
            return Heard::Known;
        }
        if rev != self.rev + 1 && self.catching_up_to.is_none() {
            self.early.insert(rev, message);
            return Heard::Early;
        }
        self.rev = rev;
        let mut apply = vec![message];
        while let Some(entry) = self.early.first_entry() {
            match *entry.key() {
                early if early <= self.rev => drop(entry.remove()),
                early if early == self.rev + 1 => {
                    self.rev = early;
                    apply.push(entry.remove());
                }
                _ => break,
            }
        }
        if self.catching_up_to.is_some_and(|head| self.rev >= head) {
            self.catching_up_to = None;
        }
        Heard::Apply(apply)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Follower, Heard};
    use crate::accounts::PersonCard;
    use crate::chat::MessageView;
    use crate::ids::{ChatMessageId, ClientMessageId, UserId};
    use crate::time::Timestamp;

    fn message(rev: i64) -> MessageView {
        let id = Uuid::from_u128(u128::from(rev.unsigned_abs()));
        MessageView {
            id: ChatMessageId::new(id),
            client_message_id: ClientMessageId::new(id),
            seq: rev,
            rev,
            author: PersonCard { id: UserId::new(Uuid::nil()), full_name: "Ada".into() },
            body: Some(format!("message {rev}")),
            sent_at: Timestamp::from_millis(rev),
            is_edited: false,
            deleted_by: None,
            reply_to: None,
            reactions: Vec::new(),
            mentions: Vec::new(),
        }
    }

    fn hear(follower: &mut Follower, rev: i64) -> Vec<i64> {
        match follower.hear(rev, message(rev)) {
            Heard::Apply(messages) => messages.iter().map(|message| message.rev).collect(),
            Heard::Early | Heard::Known => Vec::new(),
        }
    }

    #[test]
    fn consecutive_frames_are_shown_as_they_come() {
        let mut follower = Follower::new(4);
        assert_eq!(hear(&mut follower, 5), [5]);
        assert_eq!(hear(&mut follower, 6), [6]);
        assert_eq!(follower.cursor(), 6);
    }

    #[test]
    fn a_repeated_frame_is_not_shown_again() {
        let mut follower = Follower::new(4);
        assert_eq!(hear(&mut follower, 5), [5]);
        assert_eq!(follower.hear(5, message(5)), Heard::Known);
        assert_eq!(follower.hear(2, message(2)), Heard::Known);
    }

    #[test]
    fn an_early_frame_waits_for_the_one_in_front() {
        let mut follower = Follower::new(4);
        assert_eq!(follower.hear(6, message(6)), Heard::Early);
        assert!(follower.has_gap());
        assert_eq!(hear(&mut follower, 5), [5, 6]);
        assert!(!follower.has_gap());
    }

    #[test]
    fn a_gap_is_filled_by_subscribing_again_with_the_cursor() {
        let mut follower = Follower::new(4);
        assert_eq!(follower.hear(9, message(9)), Heard::Early);
        assert!(follower.has_gap(), "after the hold, the driver subscribes again");
        assert_eq!(follower.cursor(), 4, "from the last revision shown");
        follower.subscribed(9);
        assert_eq!((5..=8).flat_map(|rev| hear(&mut follower, rev)).collect::<Vec<_>>(), [5, 6, 7, 8, 9]);
        assert_eq!(follower.hear(9, message(9)), Heard::Known, "the resumed copy of the early frame");
        assert!(!follower.has_gap());
    }

    #[test]
    fn resumed_revisions_may_skip_live_ones_may_not() {
        let mut follower = Follower::new(4);
        follower.subscribed(9);
        assert_eq!(hear(&mut follower, 7), [7]);
        assert_eq!(hear(&mut follower, 9), [9]);
        assert_eq!(follower.hear(11, message(11)), Heard::Early);
    }

    #[test]
    fn a_message_that_changes_while_it_is_resumed_ends_the_resumption() {
        let mut follower = Follower::new(4);
        follower.subscribed(9);
        assert_eq!(hear(&mut follower, 7), [7]);
        assert_eq!(hear(&mut follower, 11), [11], "9 became 10, then 11, before it was read");
        assert_eq!(follower.hear(10, message(10)), Heard::Known, "the live frames that waited behind it");
        assert_eq!(follower.hear(13, message(13)), Heard::Early);
    }

    #[test]
    fn only_a_head_in_front_of_the_cursor_asks_for_more() {
        let mut follower = Follower::new(4);
        assert!(!follower.hear_head(4));
        assert!(follower.hear_head(5));
        assert_eq!(follower.cursor(), 4, "nothing was shown by it");
    }

    #[test]
    fn a_head_ends_the_resumption_where_the_last_changes_are_not_for_this_reader() {
        let mut follower = Follower::new(4);
        follower.subscribed(9);
        assert_eq!(hear(&mut follower, 7), [7]);
        assert!(!follower.hear_head(9), "8 and 9 are of messages they cleared");
        assert_eq!(follower.cursor(), 9);
        assert_eq!(follower.hear(11, message(11)), Heard::Early, "from here on nothing may be missing");
        assert_eq!(hear(&mut follower, 10), [10, 11]);
    }
}
