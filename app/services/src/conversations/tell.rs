//! What sockets hear, always after COMMIT.

use domain::accounts::PersonCard;
use domain::chat::MessageView;
use domain::ids::{ConversationId, UserId};
use domain::realtime::{ServerFrame, Topic};

use super::queries::StandingRow;
use crate::Services;

/// How much of a message stands in a list.
pub(super) const SNIPPET_CHARS: usize = 140;

/// The beginning of a text, on one line.
pub(super) fn snippet(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SNIPPET_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// Both hear the message in the conversation, the other one also on their own topic.
pub(super) fn posted(services: &Services, row: &StandingRow, message: &MessageView, unread: i64) {
    changed(services, row, message, |topic, rev, message| ServerFrame::MessagePosted { topic, rev, message });
    let conversation = ConversationId::new(row.conversation_id);
    let other = UserId::new(row.other_id);
    let topic = Topic::User(other);
    let frame = ServerFrame::DirectMessage {
        topic,
        conversation,
        seq: message.seq,
        person: message.author.clone(),
        snippet: snippet(message.body.as_deref().unwrap_or_default()),
        is_muted: row.other_is_muted,
    };
    services.bus.publish(topic, &frame);
    self::unread(services, other, conversation, unread);
}

/// Both hear of a message, each what they see of it. What one of them cleared, the message itself or what it answers, is
/// for that one alone: the other one is told that there is news, and asks for it.
pub(super) fn changed(
    services: &Services,
    row: &StandingRow,
    message: &MessageView,
    frame: impl FnOnce(Topic, i64, MessageView) -> ServerFrame,
) {
    let topic = Topic::Conversation(ConversationId::new(row.conversation_id));
    let rev = message.rev;
    let quoted = message.reply_to.as_ref().map_or(i64::MAX, |quote| quote.seq);
    let is_for_both = message.seq.min(quoted) > row.other_cleared_seq && quoted > row.cleared_before_seq;
    let frame = frame(topic, rev, message.clone().for_everybody());
    if is_for_both {
        services.bus.publish(topic, &frame);
    } else {
        services.bus.publish_except(topic, &frame, UserId::new(row.other_id));
        services.bus.publish(topic, &ServerFrame::Head { topic, rev });
    }
}

pub(super) fn unread(services: &Services, person: UserId, conversation: ConversationId, unread: i64) {
    let topic = Topic::User(person);
    let count = u32::try_from(unread).unwrap_or_default();
    let of = Topic::Conversation(conversation);
    services.bus.publish(topic, &ServerFrame::UnreadChanged { topic, of, count });
}

/// Both learn that there is a conversation, each with the other's name.
pub(super) fn opened(
    services: &Services,
    conversation: ConversationId,
    people: [PersonCard; 2],
    event: Option<&str>,
) {
    let [one, other] = people;
    for (whom, person) in [(one.id, other.clone()), (other.id, one)] {
        let topic = Topic::User(whom);
        let event = event.map(ToOwned::to_owned);
        services.bus.publish(topic, &ServerFrame::ConversationOpened { topic, conversation, person, event });
    }
}

#[cfg(test)]
mod tests {
    use super::{SNIPPET_CHARS, snippet};

    #[test]
    fn a_snippet_is_the_beginning_on_one_line() {
        assert_eq!(snippet("Hello\n\n  there"), "Hello there");
        let long = snippet(&"ä ".repeat(200));
        assert_eq!((long.chars().count(), long.ends_with("ä…")), (SNIPPET_CHARS, true));
    }
}
