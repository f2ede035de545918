//! Security counters in PostgreSQL: check and count are one step, also for parallel requests and several nodes, and
//! nothing happens when they can't be reached. The rules stand with what they limit.

mod queries;

use domain::AppError;
use domain::limits::{Counter, Rule};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::{Outcome, Services};

/// One counter and its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    key: [u8; 32],
    rule: Rule,
}

impl Limit {
    /// Counts `what` for somebody or something, such as an address and a network.
    #[must_use]
    pub fn new(rule: Rule, what: &str, whom: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in [&[what], whom].concat() {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        Self { key: hash.finalize().into(), rule }
    }
}

/// Takes one try of each limit, in a transaction of its own.
///
/// # Errors
/// [`AppError::TooMany`] with the longest wait when one of them has none left; then nothing is counted. Database
/// errors: without counters nothing may be tried.
pub async fn take(services: &Services, limits: &[Limit]) -> Outcome<()> {
    let mut tx = services.db.begin().await?;
    take_in(&mut tx, services.clock.now(), limits).await?;
    Ok(tx.commit().await?)
}

/// As [`take`], in the caller's transaction: a rollback takes the tries back.
///
/// # Errors
/// As [`take`].
pub async fn take_in(tx: &mut PgConnection, now: OffsetDateTime, limits: &[Limit]) -> Outcome<()> {
    let keys: Vec<Vec<u8>> = limits.iter().map(|limit| limit.key.to_vec()).collect();
    let stored = queries::lock(tx, &keys, now).await?;
    let mut wait = Duration::ZERO;
    let mut counted = Vec::with_capacity(limits.len());
    for limit in limits {
        let counter = stored.get(&limit.key[..]).copied().unwrap_or_else(|| Counter::fresh(now));
        match counter.take(limit.rule, now) {
            Ok(counter) => counted.push((limit.key, counter)),
            Err(left) => wait = wait.max(left),
        }
    }
    if wait.is_positive() {
        return Err(AppError::TooMany { retry_after_seconds: in_seconds(wait) }.into());
    }
    Ok(queries::store(tx, &counted).await?)
}

/// Forgets what was counted: it was all one's own.
///
/// # Errors
/// Database errors only.
pub async fn clear(tx: &mut PgConnection, limit: Limit) -> Outcome<()> {
    Ok(queries::delete(tx, &limit.key).await?)
}

/// Takes one counted try back.
///
/// # Errors
/// Database errors only.
pub async fn give_back(tx: &mut PgConnection, limit: Limit) -> Outcome<()> {
    Ok(queries::give_back(tx, &limit.key).await?)
}

/// Removes counters that say nothing any more.
///
/// # Errors
/// Database errors only; what was removed until then stays removed.
pub async fn sweep(services: &Services) -> Outcome<()> {
    while queries::delete_old(&services.db, services.clock.now()).await? == queries::BATCH {}
    Ok(())
}

/// Rounded up, so that the wait is over when it is said to be.
fn in_seconds(wait: Duration) -> u32 {
    u32::try_from(wait.whole_milliseconds().unsigned_abs().div_ceil(1000)).unwrap_or(u32::MAX)
}
