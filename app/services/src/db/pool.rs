use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, PgPool, Postgres, Transaction};

/// A connection that nobody used for longer may have died meanwhile, and is asked before its next use.
const RESTED: Duration = Duration::from_secs(1);

#[derive(Debug, Clone)]
pub struct PoolSettings {
    pub url: String,
    pub max_connections: u32,
}

/// Opens the runtime pool: waiting for a connection ends after 2 s, statements after 5 s, lock waits after 2 s.
///
/// # Errors
/// The URL can't be read or the first connection fails.
pub async fn connect(settings: &PoolSettings) -> sqlx::Result<PgPool> {
    let options = PgConnectOptions::from_str(&settings.url)?
        .application_name("atria")
        .options([
            ("statement_timeout", "5s"),
            ("lock_timeout", "2s"),
            ("idle_in_transaction_session_timeout", "10s"),
            ("synchronous_commit", "on"),
        ])
        // The statement counter listens at this level.
        .log_statements(log_level());
    PgPoolOptions::new()
        .max_connections(settings.max_connections)
        .acquire_timeout(Duration::from_secs(2))
        // It was asked when it came back; a busy pool has no need to ask again before each use.
        .test_before_acquire(false)
        .before_acquire(|connection, idle| {
            Box::pin(async move {
                if idle.idle_for > RESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
}

/// Begins a transaction, in a task of its own.
///
/// sqlx 0.9 forgets a transaction whose `begin` is dropped while it waits for the answer: the connection goes back to
/// the pool inside it, and whatever is done there next isn't committed and keeps its locks. A browser that goes away
/// drops the work for it at any such point; the task comes to its end, and a transaction nobody waits for is rolled
/// back.
///
/// # Errors
/// As [`PgPool::begin`].
pub async fn begin(pool: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin().await });
    begun.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
}

fn log_level() -> tracing::log::LevelFilter {
    tracing::log::LevelFilter::Debug
}
