//! What others ask the registry: who is here, where, and what changed.

use std::collections::{HashMap, HashSet};

use domain::ids::{ChatRoomId, ConversationId, EventId, LoginSessionId, UserId};
use domain::realtime::Topic;

use super::Registry;

impl Registry {
    pub(in super::super) fn login_sessions(&self) -> Vec<LoginSessionId> {
        let open = self.lock();
        let distinct: HashSet<_> = open.sockets.values().map(|socket| socket.login_session).collect();
        distinct.into_iter().collect()
    }

    /// Rooms with listeners, each with the highest `rev` sent to them.
    pub(in super::super) fn rooms(&self) -> Vec<(ChatRoomId, i64)> {
        let open = self.lock();
        let rooms = open.audiences.iter().filter_map(|(topic, audience)| match topic {
            Topic::Room(room) => Some((*room, audience.fanned_out)),
            Topic::User(_) | Topic::Event(_) | Topic::Conversation(_) => None,
        });
        rooms.collect()
    }

    /// Who was let into which room.
    pub(in super::super) fn admitted(&self) -> Vec<(UserId, ChatRoomId)> {
        let open = self.lock();
        let mut pairs = Vec::new();
        for (topic, audience) in &open.audiences {
            match topic {
                Topic::Room(room) => pairs.extend(audience.people().map(|user| (user, *room))),
                Topic::User(_) | Topic::Event(_) | Topic::Conversation(_) => {}
            }
        }
        pairs
    }

    /// Who was let in to hear of which event.
    pub(in super::super) fn admitted_to_events(&self) -> Vec<(UserId, EventId)> {
        let open = self.lock();
        let mut pairs = Vec::new();
        for (topic, audience) in &open.audiences {
            match topic {
                Topic::Event(event) => pairs.extend(audience.people().map(|user| (user, *event))),
                Topic::User(_) | Topic::Room(_) | Topic::Conversation(_) => {}
            }
        }
        pairs
    }

    /// Conversations with listeners, each with the highest `rev` sent to them.
    pub(in super::super) fn conversations(&self) -> Vec<(ConversationId, i64)> {
        let open = self.lock();
        let conversations = open.audiences.iter().filter_map(|(topic, audience)| match topic {
            Topic::Conversation(conversation) => Some((*conversation, audience.fanned_out)),
            Topic::User(_) | Topic::Event(_) | Topic::Room(_) => None,
        });
        conversations.collect()
    }

    /// Who was let into which conversation.
    pub(in super::super) fn admitted_to_conversations(&self) -> Vec<(UserId, ConversationId)> {
        let open = self.lock();
        let mut pairs = Vec::new();
        for (topic, audience) in &open.audiences {
            match topic {
                Topic::Conversation(conversation) => {
                    pairs.extend(audience.people().map(|user| (user, *conversation)));
                }
                Topic::User(_) | Topic::Event(_) | Topic::Room(_) => {}
            }
        }
        pairs
    }

    /// Notes whether a person is here, and says whether that is news to those who may know: not when another node has
    /// them too.
    pub(in super::super) fn note_online(&self, user: UserId, is_elsewhere: bool) -> Option<bool> {
        let mut open = self.lock();
        let own = open.audiences.get(&Topic::User(user));
        let is_here = own.is_some_and(|audience| audience.has(user));
        let changed = if is_here { open.online.insert(user) } else { open.online.remove(&user) };
        (changed && !is_elsewhere).then_some(is_here)
    }

    /// The topics where people came or went since the last call, with those people.
    pub(in super::super) fn take_turnover(&self) -> HashMap<Topic, HashSet<UserId>> {
        std::mem::take(&mut self.lock().turnover)
    }

    /// Puts a turnover back that could not be told to the other nodes.
    pub(in super::super) fn keep_turnover(&self, turnover: HashMap<Topic, HashSet<UserId>>) {
        let mut open = self.lock();
        for (topic, people) in turnover {
            open.turnover.entry(topic).or_default().extend(people);
        }
    }

    /// Treats everybody as if they just came, so that their marks are renewed and every count is made again.
    pub(in super::super) fn renew_turnover(&self) {
        let mut guard = self.lock();
        let open = &mut *guard;
        let counted = |topic: &Topic| !matches!(topic, Topic::Conversation(_));
        for (topic, audience) in open.audiences.iter().filter(|(topic, _)| counted(topic)) {
            open.turnover.entry(*topic).or_default().extend(audience.people());
        }
    }

    pub(in super::super) fn is_here(&self, topic: Topic, user: UserId) -> bool {
        self.lock().audiences.get(&topic).is_some_and(|audience| audience.has(user))
    }

    /// People in a topic, those of other nodes given.
    pub(in super::super) fn count(&self, topic: Topic, elsewhere: &HashSet<UserId>) -> u32 {
        let open = self.lock();
        match open.audiences.get(&topic) {
            Some(audience) => audience.count_with(elsewhere),
            None => u32::try_from(elsewhere.len()).unwrap_or(u32::MAX),
        }
    }

    /// Whether the listeners know another count than this one.
    pub(in super::super) fn is_news(&self, topic: Topic, count: u32) -> bool {
        self.lock().audiences.get(&topic).is_none_or(|audience| audience.announced != Some(count))
    }

    /// One listener was told a count by itself: when it differs, the others need the next one in any case.
    pub(in super::super) fn told_one(&self, topic: Topic, count: u32) {
        if let Some(audience) = self.lock().audiences.get_mut(&topic)
            && audience.announced != Some(count)
        {
            audience.announced = None;
        }
    }
}
