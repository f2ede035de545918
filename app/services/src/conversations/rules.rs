//! How often somebody may write and begin (specification 16.7).

use domain::ids::{ConversationId, UserId};
use domain::limits::{Pause, Rule};
use time::Duration;

use crate::limits::Limit;

const MESSAGES: Rule = Rule { max: 20, window: Duration::MINUTE, pause: Pause::Rest };
const EDITS: Rule = Rule { max: 10, window: Duration::MINUTE, pause: Pause::Rest };
const REACTIONS: Rule = Rule { max: 30, window: Duration::MINUTE, pause: Pause::Rest };
/// Conversations that organizers begin.
const OPENINGS: Rule = Rule { max: 10, window: Duration::HOUR, pause: Pause::Rest };
const SEARCHES: Rule = Rule { max: 30, window: Duration::MINUTE, pause: Pause::Rest };

pub(super) fn messages(sender: UserId, conversation: ConversationId) -> Limit {
    Limit::new(MESSAGES, "direct messages", &[&sender.to_string(), &conversation.to_string()])
}

pub(super) fn edits(sender: UserId) -> Limit {
    Limit::new(EDITS, "edits of direct messages", &[&sender.to_string()])
}

pub(super) fn reactions(person: UserId) -> Limit {
    Limit::new(REACTIONS, "reactions to direct messages", &[&person.to_string()])
}

pub(super) fn openings(organizer: UserId) -> Limit {
    Limit::new(OPENINGS, "new conversations", &[&organizer.to_string()])
}

pub(super) fn searches(person: UserId) -> Limit {
    Limit::new(SEARCHES, "searches in conversations", &[&person.to_string()])
}
