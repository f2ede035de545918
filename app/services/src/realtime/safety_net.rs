//! Bounds how long a lost announcement can matter: every few seconds the node compares its sockets with the
//! database, in six statements whatever their number.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use domain::chat::{may_post, may_read};
use domain::ids::{ChatRoomId, ConversationId, UserId};
use domain::realtime::{ServerFrame, Topic};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::{Outcome, Services, accounts, chat, conversations, events};

/// Checks until `stop`; a failed check is logged and made good by the next.
pub async fn run(services: Services, every: Duration, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Some(Err(error)) = stop.run_until_cancelled(check_once(&services)).await {
            tracing::warn!(%error, "sockets could not be checked against the database: {error}");
        }
    }
}

/// One check: tells listeners who are behind, closes sockets of ended login sessions, ends subscriptions that
/// the policy does not allow any more.
///
/// # Errors
/// The database can't be asked; what was checked before stays done.
pub async fn check_once(services: &Services) -> Outcome<()> {
    end_dead_login_sessions(services).await?;
    recheck_standings(services, |_| true).await?;
    tell_heads(services).await
}

async fn tell_heads(services: &Services) -> Outcome<()> {
    let sent: HashMap<ChatRoomId, i64> = services.bus.registry().rooms().into_iter().collect();
    let rooms: Vec<ChatRoomId> = sent.keys().copied().collect();
    for (room, rev) in chat::heads(services, &rooms).await? {
        if sent.get(&room).is_some_and(|sent| rev > *sent) {
            let topic = Topic::Room(room);
            services.bus.publish_here(topic, &ServerFrame::Head { topic, rev });
        }
    }
    let sent: HashMap<ConversationId, i64> = services.bus.registry().conversations().into_iter().collect();
    let open: Vec<ConversationId> = sent.keys().copied().collect();
    for (conversation, rev) in conversations::heads(services, &open).await? {
        if sent.get(&conversation).is_some_and(|sent| rev > *sent) {
            let topic = Topic::Conversation(conversation);
            services.bus.publish_here(topic, &ServerFrame::Head { topic, rev });
        }
    }
    Ok(())
}

async fn end_dead_login_sessions(services: &Services) -> Outcome<()> {
    let asked = services.bus.registry().login_sessions();
    let alive = accounts::alive(services, &asked).await?;
    let dead: HashSet<_> = asked.into_iter().filter(|asked| !alive.contains(asked)).collect();
    if !dead.is_empty() {
        services.bus.registry().end_each(&dead);
    }
    Ok(())
}

/// Ends the subscriptions of these people that the policy does not allow any more, and tells who may post.
pub(super) async fn recheck_standings(services: &Services, concerns: impl Fn(UserId) -> bool) -> Outcome<()> {
    let requests = services.bus.recheck_requests();
    let _alone = requests.looking.lock().await;
    let mut pairs = services.bus.registry().admitted();
    pairs.retain(|(user, _)| concerns(*user));
    let standings = chat::standings(services, &pairs).await?;
    for (user, room) in pairs {
        let topic = Topic::Room(room);
        let standing = standings.get(&(user, room));
        let readable = standing.filter(|post| may_read(post.kind, post.speaks_here, &post.standing).is_ok());
        match readable {
            Some(post) => services.bus.registry().set_may_post(topic, user, may_post(post).is_ok()),
            None => services.bus.revoke_here(topic, user),
        }
    }
    recheck_conversations(services, &concerns).await?;
    recheck_events(services, concerns).await
}

async fn recheck_conversations(services: &Services, concerns: impl Fn(UserId) -> bool) -> Outcome<()> {
    let mut listening = services.bus.registry().admitted_to_conversations();
    listening.retain(|(user, _)| concerns(*user));
    let pairs = conversations::pairs(services, &listening).await?;
    for (user, conversation) in listening {
        let topic = Topic::Conversation(conversation);
        let pair = pairs.get(&(user, conversation));
        match pair.filter(|pair| domain::conversations::may_read(pair).is_ok()) {
            Some(pair) => {
                let may_send = domain::conversations::may_send(pair).is_ok();
                services.bus.registry().set_may_post(topic, user, may_send);
            }
            None => services.bus.revoke_here(topic, user),
        }
    }
    Ok(())
}

async fn recheck_events(services: &Services, concerns: impl Fn(UserId) -> bool) -> Outcome<()> {
    let mut pairs = services.bus.registry().admitted_to_events();
    pairs.retain(|(user, _)| concerns(*user));
    let allowed = events::may_listen(services, &pairs).await?;
    for (user, event) in pairs.into_iter().filter(|pair| !allowed.contains(pair)) {
        services.bus.revoke_here(Topic::Event(event), user);
    }
    Ok(())
}
