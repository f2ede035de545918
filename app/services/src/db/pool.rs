use std::str::FromStr as _;
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

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
        .connect_with(options)
        .await
}

fn log_level() -> tracing::log::LevelFilter {
    tracing::log::LevelFilter::Debug
}
