//! Security counters in PostgreSQL: check and count are one step, also for parallel requests and several nodes, and
//! nothing happens when they can't be reached. The rules stand with what they limit.

mod comfort;
mod queries;

use std::collections::HashMap;

use domain::AppError;
use domain::limits::{Counter, Rule};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::{Outcome, Services, db};

pub use comfort::ComfortCounters;

/// One counter and its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    key: [u8; 32],
    rule: Rule,
    tries: i32,
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
        Self { key: hash.finalize().into(), rule, tries: 1 }
    }

    /// The same counter for several tries that happen together or not at all.
    #[must_use]
    pub fn times(self, tries: usize) -> Self {
        Self { tries: i32::try_from(tries).unwrap_or(i32::MAX), ..self }
    }
}

/// Takes one try of each limit, in a transaction of its own.
///
/// # Errors
/// [`AppError::TooMany`] with the longest wait when one of them has none left; then nothing is counted. Database
/// errors: without counters nothing may be tried.
pub async fn take(services: &Services, limits: &[Limit]) -> Outcome<()> {
    let now = services.clock.now();
    // A flood of tries that are refused anyway must not queue for the locks and hold every connection.
    after(limits, &queries::read(&services.db, &keys(limits)).await?, now)?;
    let mut tx = db::begin(&services.db).await?;
    take_in(&mut tx, now, limits).await?;
    Ok(tx.commit().await?)
}

/// As [`take`], in the caller's transaction: a rollback takes the tries back.
///
/// # Errors
/// As [`take`].
pub async fn take_in(tx: &mut PgConnection, now: OffsetDateTime, limits: &[Limit]) -> Outcome<()> {
    let stored = queries::lock(tx, &keys(limits), now).await?;
    let counted = after(limits, &stored, now)?;
    Ok(queries::store(tx, &counted).await?)
}

/// As [`take_in`], but each limit by itself: those with tries left are counted. Answers which, in order.
///
/// # Errors
/// Database errors only.
pub async fn take_each(tx: &mut PgConnection, now: OffsetDateTime, limits: &[Limit]) -> Outcome<Vec<bool>> {
    let stored = queries::lock(tx, &keys(limits), now).await?;
    let each: Vec<_> = limits.iter().map(|limit| after(&[*limit], &stored, now).ok()).collect();
    let counted: Vec<_> = each.iter().flatten().flatten().copied().collect();
    queries::store(tx, &counted).await?;
    Ok(each.iter().map(Option::is_some).collect())
}

/// Whether each limit has a try left; counts nothing.
///
/// # Errors
/// As [`take`].
pub async fn check(services: &Services, limits: &[Limit]) -> Outcome<()> {
    let stored = queries::read(&services.db, &keys(limits)).await?;
    after(limits, &stored, services.clock.now())?;
    Ok(())
}

/// Which limits have a try left, in order; counts nothing.
///
/// # Errors
/// Database errors only.
pub async fn have_left(services: &Services, limits: &[Limit]) -> Outcome<Vec<bool>> {
    let stored = queries::read(&services.db, &keys(limits)).await?;
    let now = services.clock.now();
    Ok(limits.iter().map(|limit| after(&[*limit], &stored, now).is_ok()).collect())
}

fn keys(limits: &[Limit]) -> Vec<Vec<u8>> {
    limits.iter().map(|limit| limit.key.to_vec()).collect()
}

/// What the counters become with one more try of each.
fn after(
    limits: &[Limit],
    stored: &HashMap<Vec<u8>, Counter>,
    now: OffsetDateTime,
) -> Result<Vec<([u8; 32], Counter)>, AppError> {
    let mut wait = Duration::ZERO;
    let mut counted = Vec::with_capacity(limits.len());
    for limit in limits {
        let counter = stored.get(&limit.key[..]).copied().unwrap_or_else(|| Counter::fresh(now));
        match counter.take_many(limit.tries, limit.rule, now) {
            Ok(counter) => counted.push((limit.key, counter)),
            Err(left) => wait = wait.max(left),
        }
    }
    if wait.is_positive() {
        return Err(AppError::TooMany { retry_after_seconds: in_seconds(wait) });
    }
    Ok(counted)
}

/// After a try that was no failure: forgets the one counter, which was all one's own, and takes one try of the other
/// back. In a transaction of its own, which takes the locks in the order of everybody.
///
/// # Errors
/// Database errors only.
pub async fn settle(services: &Services, forgotten: Limit, given_back: Option<Limit>) -> Outcome<()> {
    let touched: Vec<Limit> = [Some(forgotten), given_back].into_iter().flatten().collect();
    let mut tx = db::begin(&services.db).await?;
    queries::lock(&mut tx, &keys(&touched), services.clock.now()).await?;
    queries::delete(&mut tx, &forgotten.key).await?;
    if let Some(limit) = given_back {
        queries::give_back(&mut tx, &limit.key).await?;
    }
    Ok(tx.commit().await?)
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
