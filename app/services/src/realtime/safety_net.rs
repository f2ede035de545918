//! Bounds how long a lost announcement can matter: every few seconds the node compares its sockets with the
//! database, in three statements whatever their number.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use domain::chat::{PostStanding, RoomKind, may_post, may_read};
use domain::ids::{ChatRoomId, LoginSessionId, UserId};
use domain::realtime::{ServerFrame, Topic};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::queries::{self, StandingRow};
use crate::events::StandingFacts;
use crate::{Outcome, ServiceError, Services};

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
/// Each question is left out when there is nobody to ask about.
///
/// # Errors
/// The database can't be asked; what was checked before stays done.
pub async fn check_once(services: &Services) -> Outcome<()> {
    end_dead_login_sessions(services).await?;
    recheck_standings(services).await?;
    tell_heads(services).await
}

async fn tell_heads(services: &Services) -> Outcome<()> {
    let sent: HashMap<ChatRoomId, i64> = services.bus.registry().rooms().into_iter().collect();
    if sent.is_empty() {
        return Ok(());
    }
    let rooms: Vec<ChatRoomId> = sent.keys().copied().collect();
    let mut db = services.db.acquire().await?;
    for (room, rev) in queries::last_revs(&mut db, &rooms).await? {
        if sent.get(&room).is_some_and(|sent| rev > *sent) {
            let topic = Topic::Room(room);
            services.bus.publish_here(topic, &ServerFrame::Head { topic, rev });
        }
    }
    Ok(())
}

/// Whether this login session still opens doors.
///
/// A socket asks once it is open: before that, nobody tells it of an end.
///
/// # Errors
/// Database errors only.
pub async fn is_alive(services: &Services, login_session: LoginSessionId) -> Outcome<bool> {
    let mut db = services.db.acquire().await?;
    let alive = queries::live_login_sessions(&mut db, &[login_session], services.clock.now()).await?;
    Ok(!alive.is_empty())
}

async fn end_dead_login_sessions(services: &Services) -> Outcome<()> {
    let asked = services.bus.registry().login_sessions();
    if asked.is_empty() {
        return Ok(());
    }
    let mut db = services.db.acquire().await?;
    let alive = queries::live_login_sessions(&mut db, &asked, services.clock.now()).await?;
    let mut dead: HashSet<_> = asked.into_iter().collect();
    for login_session in alive {
        dead.remove(&login_session);
    }
    if !dead.is_empty() {
        services.bus.registry().end_each(&dead);
    }
    Ok(())
}

async fn recheck_standings(services: &Services) -> Outcome<()> {
    let pairs = services.bus.registry().admitted();
    if pairs.is_empty() {
        return Ok(());
    }
    let mut db = services.db.acquire().await?;
    let rows = queries::standings(&mut db, &pairs, services.clock.now()).await?;
    let mut standings = HashMap::with_capacity(rows.len());
    for row in &rows {
        standings.insert((UserId::new(row.user_id), ChatRoomId::new(row.room_id)), post_standing(row)?);
    }
    for (user, room) in pairs {
        let topic = Topic::Room(room);
        let standing = standings.get(&(user, room));
        let readable = standing.filter(|post| may_read(post.kind, post.speaks_here, &post.standing).is_ok());
        match readable {
            Some(post) => services.bus.registry().set_may_post(topic, user, may_post(post).is_ok()),
            None => services.bus.revoke_here(topic, user),
        }
    }
    Ok(())
}

fn post_standing(row: &StandingRow) -> Outcome<PostStanding> {
    let facts = StandingFacts {
        event_status: &row.event_status,
        role: row.role.as_deref(),
        membership: row.status.as_deref(),
        organization_role: row.organization_role.as_deref(),
        muted: row.muted,
    };
    Ok(PostStanding {
        kind: RoomKind::from_stored(&row.kind)
            .ok_or_else(|| ServiceError::unknown_value("chat_rooms.kind", &row.kind))?,
        is_enabled: row.is_enabled,
        // Rooms of agenda sessions come with the agenda; until then every room is the event's.
        speaks_here: false,
        standing: facts.read()?,
    })
}
