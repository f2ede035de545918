use std::collections::{HashMap, HashSet};
use std::fmt;

use domain::ids::UserId;
use domain::realtime::Topic;
use redis::aio::ConnectionManager;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::redis_link::RedisError;

/// Who is present on which node: one sorted set per topic, members `user:node`, scored by the millisecond at
/// which the mark runs out. A crashed node's marks go by themselves.
#[derive(Clone)]
pub(super) struct PresenceMarks {
    redis: ConnectionManager,
    node: Uuid,
}

impl PresenceMarks {
    /// The client counts as gone 60 s after the last renewal.
    const LIFETIME: Duration = Duration::seconds(60);

    pub(super) fn new(redis: ConnectionManager, node: Uuid) -> Self {
        Self { redis, node }
    }

    /// Sets or renews the marks of `here` and removes those of `gone`, in one round trip.
    pub(super) async fn write(
        &self,
        here: &[(Topic, UserId)],
        gone: &[(Topic, UserId)],
        now: OffsetDateTime,
    ) -> Result<(), RedisError> {
        let runs_out = millis(now + Self::LIFETIME);
        let mut pipeline = redis::pipe();
        for (topic, user) in here {
            pipeline.zadd(key(*topic), self.member(*user), runs_out).ignore();
            pipeline.expire(key(*topic), Self::LIFETIME.whole_seconds()).ignore();
        }
        for (topic, user) in gone {
            pipeline.zrem(key(*topic), self.member(*user)).ignore();
        }
        pipeline.query_async::<()>(&mut self.redis.clone()).await.map_err(RedisError)
    }

    /// The people of other nodes in each topic, in one round trip; forgets marks that have run out.
    pub(super) async fn people_elsewhere(
        &self,
        topics: &[Topic],
        now: OffsetDateTime,
    ) -> Result<HashMap<Topic, HashSet<UserId>>, RedisError> {
        let mut pipeline = redis::pipe();
        for topic in topics {
            pipeline.zrembyscore(key(*topic), "-inf", millis(now)).ignore();
            pipeline.zrange(key(*topic), 0, -1);
        }
        let found: Vec<Vec<String>> =
            pipeline.query_async(&mut self.redis.clone()).await.map_err(RedisError)?;
        let people = topics.iter().copied().zip(found.into_iter().map(|members| self.elsewhere(&members)));
        Ok(people.collect())
    }

    fn elsewhere(&self, members: &[String]) -> HashSet<UserId> {
        let own = self.node.to_string();
        let others =
            members.iter().filter_map(|member| member.split_once(':')).filter(|(_, node)| *node != own);
        others.filter_map(|(user, _)| user.parse().ok()).collect()
    }

    fn member(&self, user: UserId) -> String {
        format!("{user}:{}", self.node)
    }
}

impl fmt::Debug for PresenceMarks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresenceMarks").field("node", &self.node).finish_non_exhaustive()
    }
}

fn key(topic: Topic) -> String {
    format!("atria:presence:{topic}")
}

fn millis(instant: OffsetDateTime) -> i64 {
    domain::time::Timestamp::from(instant).millis()
}
