use domain::chat::MessageView;
use domain::ids::{ChatMessageId, UserId};
use domain::time::Timestamp;

use super::clock::Day;

/// Messages of one author this close together share one head.
const GROUP_MS: i64 = 5 * 60_000;

/// One line of a room's history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", expect(clippy::large_enum_variant, reason = "nearly every row is a message"))]
pub(crate) enum Row {
    Day(Day),
    /// Before the first message the reader had not seen when the page opened.
    Unread,
    Message {
        message: MessageView,
        starts_group: bool,
    },
}

/// What makes a row another row, so that the list only touches what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RowKey {
    Day(Day),
    Unread,
    Message { id: ChatMessageId, rev: i64, starts_group: bool, quotes_words: bool },
}

impl Row {
    pub(crate) fn key(&self) -> RowKey {
        match self {
            Self::Day(day) => RowKey::Day(*day),
            Self::Unread => RowKey::Unread,
            Self::Message { message, starts_group } => {
                // What it answers may go, and come back, without a change of its own.
                let quotes_words = message.reply_to.as_ref().is_some_and(|quote| quote.body.is_some());
                RowKey::Message {
                    id: message.id,
                    rev: message.rev,
                    starts_group: *starts_group,
                    quotes_words,
                }
            }
        }
    }
}

/// Which messages were new to the reader when the page opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NewToReader {
    pub(crate) reader: UserId,
    pub(crate) after_seq: i64,
    pub(crate) up_to_seq: i64,
}

impl NewToReader {
    fn holds(&self, message: &MessageView) -> bool {
        message.author.id != self.reader && message.seq > self.after_seq && message.seq <= self.up_to_seq
    }
}

/// The rows for messages in order. `offset` is the reader's distance from UTC in minutes at an instant.
pub(crate) fn rows(
    messages: &[MessageView],
    new: NewToReader,
    offset: impl Fn(Timestamp) -> i64,
) -> Vec<Row> {
    let mut rows = Vec::with_capacity(messages.len() + 2);
    let mut previous: Option<(&MessageView, Day)> = None;
    let mut divided = false;
    for message in messages {
        let day = Day::of(message.sent_at, offset(message.sent_at));
        let is_new_day = previous.is_none_or(|(_, before)| before != day);
        if is_new_day {
            rows.push(Row::Day(day));
        }
        let is_first_new = !divided && new.holds(message);
        if is_first_new {
            divided = true;
            rows.push(Row::Unread);
        }
        let continues = previous.is_some_and(|(before, _)| continues(before, message));
        let starts_group = is_new_day || is_first_new || !continues;
        rows.push(Row::Message { message: message.clone(), starts_group });
        previous = Some((message, day));
    }
    rows
}

fn continues(before: &MessageView, message: &MessageView) -> bool {
    before.author.id == message.author.id
        && message.reply_to.is_none()
        && message.sent_at.millis() - before.sent_at.millis() < GROUP_MS
}

#[cfg(test)]
mod tests {
    use domain::accounts::PersonCard;
    use domain::chat::MessageView;
    use domain::ids::{ChatMessageId, ClientMessageId, UserId};
    use domain::time::Timestamp;

    use super::{NewToReader, Row, rows};

    const MINUTE: i64 = 60_000;
    const ME: &str = "00000000-0000-0000-0000-000000000001";
    const ADA: &str = "00000000-0000-0000-0000-000000000002";

    fn message(seq: i64, author: &str, minute: i64) -> MessageView {
        let id = format!("00000000-0000-0000-0000-{seq:012}");
        MessageView {
            id: id.parse::<ChatMessageId>().unwrap(),
            client_message_id: id.parse::<ClientMessageId>().unwrap(),
            seq,
            rev: seq,
            author: PersonCard { id: author.parse::<UserId>().unwrap(), full_name: "A".into() },
            body: Some("Hello".into()),
            sent_at: Timestamp::from_millis(minute * MINUTE),
            is_edited: false,
            deleted_by: None,
            reply_to: None,
            reactions: Vec::new(),
            mentions: Vec::new(),
        }
    }

    fn shape(messages: &[MessageView], after_seq: i64, offset: i64) -> String {
        let up_to_seq = messages.last().map_or(0, |message| message.seq);
        let new = NewToReader { reader: ME.parse().unwrap(), after_seq, up_to_seq };
        rows(messages, new, |_| offset)
            .iter()
            .map(|row| match row {
                Row::Day(_) => "day ".to_owned(),
                Row::Unread => "new ".to_owned(),
                Row::Message { message, starts_group: true } => format!("[{}] ", message.seq),
                Row::Message { message, starts_group: false } => format!("{} ", message.seq),
            })
            .collect::<String>()
            .trim_end()
            .to_owned()
    }

    #[test]
    fn messages_of_one_author_within_five_minutes_are_one_group() {
        let messages = [message(1, ADA, 0), message(2, ADA, 4), message(3, ADA, 9), message(4, ME, 9)];
        assert_eq!(shape(&messages, 9, 0), "day [1] 2 [3] [4]");
    }

    #[test]
    fn a_new_day_in_the_readers_zone_starts_a_group() {
        let messages = [message(1, ADA, 1438), message(2, ADA, 1441)];
        assert_eq!(shape(&messages, 9, 0), "day [1] day [2]");
        assert_eq!(shape(&messages, 9, 60), "day [1] 2");
    }

    #[test]
    fn the_divider_stands_before_the_first_unread_message_of_somebody_else() {
        let messages = [message(1, ADA, 0), message(2, ME, 0), message(3, ADA, 0), message(4, ADA, 0)];
        assert_eq!(shape(&messages, 1, 0), "day [1] [2] new [3] 4");
        assert_eq!(shape(&messages, 4, 0), "day [1] [2] [3] 4");
    }

    #[test]
    fn messages_that_came_after_opening_move_no_divider() {
        let mut messages = vec![message(1, ADA, 0)];
        let new = NewToReader { reader: ME.parse().unwrap(), after_seq: 1, up_to_seq: 1 };
        messages.push(message(2, ADA, 1));
        assert!(!rows(&messages, new, |_| 0).contains(&Row::Unread));
    }
}
