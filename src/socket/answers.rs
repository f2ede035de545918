use domain::realtime::{RefusalCode, ServerFrame, Topic};
use domain::{AppError, SignedIn};
use services::realtime::access::{self, Admission};
use services::realtime::{SocketHandle, TooManyTopics};
use services::{Outcome, ServiceError, Services, conversations};

use super::outbound::{End, Outbound};

/// Missed changes are read in pages of this size …
const PAGE: i64 = 200;
/// … up to this many; who is further back loads the page anew.
const MAX_MISSED: i64 = 1000;

/// Answers `subscribe`: registered first, so that what is published while the database is read waits in the
/// queue, behind what is written here.
pub(super) async fn subscribe(
    services: &Services,
    person: &SignedIn,
    handle: &SocketHandle,
    out: &mut Outbound,
    topic: Topic,
    cursor: Option<i64>,
) -> Result<(), End> {
    if let Err(TooManyTopics) = handle.subscribe(topic) {
        return refuse(handle, out, topic, RefusalCode::TooMany).await;
    }
    let admission = match access::admit(services, person, topic).await {
        Ok(admission) => admission,
        Err(error) => {
            handle.unsubscribe(topic);
            return refuse(handle, out, topic, refusal(&error)).await;
        }
    };
    if !handle.admit(topic, admission.may_post) {
        // Access ended while the database was read; `kicked` is in the queue.
        return Ok(());
    }
    let presence = match topic {
        Topic::Room(_) => services.bus.presence(topic).await,
        Topic::User(_) | Topic::Event(_) | Topic::Conversation(_) => None,
    };
    let subscribed = ServerFrame::Subscribed { topic, cursor: admission.last_rev, presence };
    out.frame(handle, &subscribed).await?;
    match cursor {
        Some(cursor) => catch_up(services, person, handle, out, (topic, cursor), admission).await,
        None => Ok(()),
    }
}

async fn catch_up(
    services: &Services,
    person: &SignedIn,
    handle: &SocketHandle,
    out: &mut Outbound,
    (topic, cursor): (Topic, i64),
    admission: Admission,
) -> Result<(), End> {
    if matches!(topic, Topic::User(_) | Topic::Event(_)) {
        return Ok(());
    }
    let is_servable = (0..=admission.last_rev).contains(&cursor) && admission.last_rev - cursor <= MAX_MISSED;
    if !is_servable {
        return out.frame(handle, &ServerFrame::Resync { topic }).await;
    }
    let mut seen = cursor;
    while seen < admission.last_rev {
        let missed = match topic {
            Topic::Room(room) => access::resume(services, person, room, seen, PAGE).await,
            Topic::Conversation(conversation) => {
                access::resume_conversation(services, person, conversation, seen, PAGE).await
            }
            Topic::User(_) | Topic::Event(_) => return Ok(()),
        };
        let missed = match missed {
            Ok(missed) => missed,
            Err(error) => {
                tracing::warn!(%error, "missed messages could not be read: {error}");
                return out.frame(handle, &ServerFrame::Resync { topic }).await;
            }
        };
        let Some((_, last)) = missed.last().and_then(ServerFrame::rev) else {
            // What is left is of messages that this person cleared.
            return out.frame(handle, &ServerFrame::Head { topic, rev: admission.last_rev }).await;
        };
        out.frames(handle, &missed).await?;
        seen = last;
    }
    Ok(())
}

/// Answers `unsubscribe`; the queue holds nothing of the topic any more.
pub(super) async fn unsubscribe(handle: &SocketHandle, out: &mut Outbound, topic: Topic) -> Result<(), End> {
    handle.unsubscribe(topic);
    out.frame(handle, &ServerFrame::Unsubscribed { topic }).await
}

/// Answers `read`: silently when it worked.
pub(super) async fn read(
    services: &Services,
    person: &SignedIn,
    handle: &SocketHandle,
    out: &mut Outbound,
    topic: Topic,
    seq: i64,
) -> Result<(), End> {
    let marked: Outcome<()> = match topic {
        Topic::Room(room) => services::chat::mark_read(services, person, room, seq).await,
        Topic::Conversation(conversation) => {
            conversations::mark_read(services, person, conversation, seq).await
        }
        Topic::User(_) | Topic::Event(_) => Err(ServiceError::NOT_FOUND),
    };
    silently(handle, out, topic, marked).await
}

/// Answers `delivered`: as [`read`], for conversations alone.
pub(super) async fn delivered(
    services: &Services,
    person: &SignedIn,
    handle: &SocketHandle,
    out: &mut Outbound,
    topic: Topic,
    seq: i64,
) -> Result<(), End> {
    let noted: Outcome<()> = match topic {
        Topic::Conversation(conversation) => {
            conversations::mark_delivered(services, person, conversation, seq).await
        }
        Topic::Room(_) | Topic::User(_) | Topic::Event(_) => Err(ServiceError::NOT_FOUND),
    };
    silently(handle, out, topic, noted).await
}

async fn silently(
    handle: &SocketHandle,
    out: &mut Outbound,
    topic: Topic,
    done: Outcome<()>,
) -> Result<(), End> {
    match done {
        Ok(()) => Ok(()),
        Err(error) => refuse(handle, out, topic, refusal(&error)).await,
    }
}

async fn refuse(
    handle: &SocketHandle,
    out: &mut Outbound,
    topic: Topic,
    code: RefusalCode,
) -> Result<(), End> {
    out.frame(handle, &ServerFrame::Refused { topic, code }).await
}

fn refusal(error: &ServiceError) -> RefusalCode {
    match error {
        ServiceError::Refused(refused) => match refused {
            AppError::NotFound
            | AppError::NoSuchPage { .. }
            | AppError::Gone(_)
            | AppError::Invalid(_)
            | AppError::Upload(_) => RefusalCode::NotFound,
            AppError::Denied(_) | AppError::Conflict(_) | AppError::Unauthenticated(_) => {
                RefusalCode::NoAccess
            }
            AppError::TooMany { .. } => RefusalCode::TooMany,
            AppError::Busy | AppError::Internal(_) => RefusalCode::Unavailable,
        },
        ServiceError::Db(_) | ServiceError::Broken(_) => {
            tracing::warn!(%error, "a socket's question could not be answered: {error}");
            RefusalCode::Unavailable
        }
    }
}
