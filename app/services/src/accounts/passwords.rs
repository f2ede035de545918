use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use domain::AppError;
use domain::accounts::Password;
use tokio::sync::Semaphore;

use crate::{Outcome, ServiceError};

/// How much hashing may run and wait at once.
#[derive(Debug, Clone, Copy)]
pub struct PasswordPoolSettings {
    /// Hashes computed at the same time; each takes 19 MiB and a core.
    pub permits: NonZeroUsize,
    /// Requests that may wait for a permit; one more is answered 503 at once.
    pub queue: usize,
}

impl Default for PasswordPoolSettings {
    /// One permit per two cores, so that hashing never takes the whole machine, and a queue of 32.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self { permits: NonZeroUsize::new(cores / 2).unwrap_or(NonZeroUsize::MIN), queue: 32 }
    }
}

/// Argon2id (19 MiB, t=2, p=1: the OWASP floor) on blocking threads behind a bounded queue.
#[derive(Debug, Clone)]
pub struct PasswordHasher {
    permits: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    queue: usize,
}

/// Hash of a password nobody knows: verified for unknown accounts, so that they take as long as known ones.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$q9kHYQZ3y1gY3tpEoW4e1lq8kZrXqQwG2JmXQv3p7fM";

impl PasswordHasher {
    #[must_use]
    pub fn new(settings: PasswordPoolSettings) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(settings.permits.get())),
            waiting: Arc::default(),
            queue: settings.queue,
        }
    }

    /// Asked before a try is counted, so that a try nobody looks at isn't.
    ///
    /// # Errors
    /// [`AppError::Busy`] when the queue is full.
    pub fn check_room(&self) -> Outcome<()> {
        if self.waiting.load(Ordering::SeqCst) < self.queue { Ok(()) } else { Err(AppError::Busy.into()) }
    }

    /// The PHC string of a password under a fresh salt.
    ///
    /// # Errors
    /// [`AppError::Busy`] when the queue is full.
    pub async fn hash(&self, password: &Password) -> Outcome<String> {
        let password = password.expose().to_owned();
        let cost = format!("m={MEMORY_KIB},t={PASSES},p={LANES}");
        let hash = self
            .run(&cost, move || argon2().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
            .await?;
        hash.map_err(|error| ServiceError::Broken(format!("argon2: {error}")))
    }

    /// Whether a stored hash was made with less work than today's, or with another algorithm.
    #[must_use]
    pub fn is_outdated(stored: &str) -> bool {
        let Ok(hash) = PasswordHash::new(stored) else { return true };
        let Ok(params) = Params::try_from(&hash) else { return true };
        let newest = Some(u32::from(Version::V0x13));
        let is_weaker = params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES || params.p_cost() < LANES;
        hash.algorithm.as_str() != Algorithm::Argon2id.as_str() || hash.version != newest || is_weaker
    }

    /// Whether `password` is exactly the one behind `stored`; with `None` a dummy is verified and the answer is no.
    ///
    /// # Errors
    /// [`AppError::Busy`] when the queue is full; [`ServiceError::Broken`] for a stored hash that is none.
    pub async fn verify(&self, password: &str, stored: Option<String>) -> Outcome<bool> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| DUMMY_HASH.to_owned());
        let password = password.to_owned();
        let cost = cost_of(&stored).to_owned();
        let matches = self.run(&cost, move || {
            let hash = PasswordHash::new(&stored).map_err(|error| error.to_string())?;
            Ok::<bool, String>(argon2().verify_password(password.as_bytes(), &hash).is_ok())
        });
        let matches =
            matches.await?.map_err(|error| ServiceError::Broken(format!("stored hash: {error}")))?;
        Ok(known && matches)
    }

    async fn run<T: Send + 'static>(
        &self,
        cost: &str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Outcome<T> {
        let waiting = Waiting::enter(&self.waiting, self.queue)?;
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| ServiceError::Broken("the hashing pool is closed".to_owned()))?;
        drop(waiting);
        // Who has an account must not be told by the work of an answer: it is one such line, whoever asks.
        tracing::debug!(target: WORK, cost, "a password is hashed");
        let task = tokio::task::spawn_blocking(move || {
            // The permit lives in the closure: a cancelled request must not free the slot while the hash runs.
            let _permit = permit;
            work()
        });
        task.await.map_err(|error| ServiceError::Broken(format!("hashing task: {error}")))
    }
}

/// Where the log tells of each hash.
pub const WORK: &str = "atria::password_work";

/// The parameters in a hash, as `m=19456,t=2,p=1`.
fn cost_of(stored: &str) -> &str {
    stored.split('$').nth(3).unwrap_or_default()
}

struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn enter(count: &Arc<AtomicUsize>, limit: usize) -> Outcome<Self> {
        if count.fetch_add(1, Ordering::SeqCst) >= limit {
            count.fetch_sub(1, Ordering::SeqCst);
            return Err(AppError::Busy.into());
        }
        Ok(Self(Arc::clone(count)))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The work of one hash; hashes made with less are made again at sign-in.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the fixed parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashes_of_less_work_are_outdated() {
        let with = |from: &str, to: &str| DUMMY_HASH.replace(from, to);
        assert!(!PasswordHasher::is_outdated(DUMMY_HASH), "an unknown account costs what a known one does");
        assert!(!PasswordHasher::is_outdated(&with("m=19456", "m=65536")), "more work stays");
        for old in
            [with("m=19456", "m=8192"), with("t=2", "t=1"), with("argon2id", "argon2i"), with("v=19", "v=16")]
        {
            assert!(PasswordHasher::is_outdated(&old), "{old}");
        }
    }
}
