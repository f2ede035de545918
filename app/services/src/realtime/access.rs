//! Who may listen to what: asks the slices the questions that HTTP asks them too.

use domain::SignedIn;
use domain::ids::{ChatRoomId, ConversationId};
use domain::realtime::{ServerFrame, Topic};

use crate::{Outcome, ServiceError, Services, chat, conversations, events};

/// What a listener needs to know at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// The topic's last position; 0 for topics without one.
    pub last_rev: i64,
    pub may_post: bool,
}

/// Lets a person listen to a topic.
///
/// # Errors
/// `NotFound` for hidden and missing topics alike; else as [`chat::open_for_socket`] and
/// [`conversations::open_for_socket`].
pub async fn admit(services: &Services, person: &SignedIn, topic: Topic) -> Outcome<Admission> {
    match topic {
        Topic::Room(room) => {
            let admission = chat::open_for_socket(services, person.user, room).await?;
            Ok(Admission { last_rev: admission.last_rev, may_post: admission.may_post })
        }
        Topic::Conversation(conversation) => {
            let admission = conversations::open_for_socket(services, person.user, conversation).await?;
            Ok(Admission { last_rev: admission.last_rev, may_post: admission.may_send })
        }
        Topic::Event(event) => {
            let allowed = events::may_listen(services, &[(person.user, event)]).await?;
            if allowed.is_empty() {
                Err(ServiceError::NOT_FOUND)
            } else {
                Ok(Admission { last_rev: 0, may_post: false })
            }
        }
        Topic::User(user) if user == person.user => Ok(Admission { last_rev: 0, may_post: false }),
        Topic::User(_) => Err(ServiceError::NOT_FOUND),
    }
}

/// Up to `limit` changes of a room after a cursor, oldest first, as the frames a listener would have got.
///
/// # Errors
/// As [`chat::changes_after`].
pub async fn resume(
    services: &Services,
    room: ChatRoomId,
    after_rev: i64,
    limit: i64,
) -> Outcome<Vec<ServerFrame>> {
    let topic = Topic::Room(room);
    let missed = chat::changes_after(services, room, after_rev, limit).await?;
    let frames =
        missed.into_iter().map(|message| ServerFrame::MessagePosted { topic, rev: message.rev, message });
    Ok(frames.collect())
}

/// As [`resume`] for a conversation, as far as this person has not cleared it.
///
/// # Errors
/// As [`conversations::changes_after`].
pub async fn resume_conversation(
    services: &Services,
    person: &SignedIn,
    conversation: ConversationId,
    after_rev: i64,
    limit: i64,
) -> Outcome<Vec<ServerFrame>> {
    let topic = Topic::Conversation(conversation);
    let missed = conversations::changes_after(services, person.user, conversation, after_rev, limit).await?;
    let frames = missed.into_iter().map(|message| match message.body {
        Some(_) => ServerFrame::MessagePosted { topic, rev: message.rev, message },
        None => ServerFrame::MessageDeleted { topic, rev: message.rev, message },
    });
    Ok(frames.collect())
}
