//! `atria serve` from settings to the last connection, and `atria seed`.

use std::io::{self, Write};
use std::time::Duration;

use services::Clock;
use tokio::net::TcpListener;
use tokio::time;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, Problem};
use crate::process::{Access, Database, Failure};
use crate::{App, postgres, seed, serve, shutdown};

/// How long requests under way may take to finish after a signal.
const DRAIN: Duration = Duration::from_secs(10);
/// How long the workers may take to finish the job in their hands.
const WORKER_PATIENCE: Duration = Duration::from_secs(5);

/// Whether the demo conference is loaded before the first request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demo {
    Load,
    Leave,
}

/// Serves until a signal, then stops in this order: readiness, sockets, requests, workers, pool, private cluster.
///
/// # Errors
/// Everything that keeps Atria from starting, with how to mend it; and a private cluster that cannot be stopped.
pub async fn serve(config: Config, demo: Demo) -> Result<(), Failure> {
    config.check_production().map_err(|problems| unsafe_settings(&problems))?;
    let stop = shutdown::on_signal()?;
    // First, because a taken address should not cost the start of a database.
    let listener = TcpListener::bind(config.bind).await.map_err(|error| {
        Problem::new(
            "ATRIA_BIND",
            format!("cannot listen on {}: {error}", config.bind),
            "Choose another with --bind.",
        )
    })?;
    let database = Database::open(&config, Access::Alone).await?;
    let served = serve_on(&config, listener, &database, demo, stop).await;
    database.close().await?;
    served
}

/// Loads the demo conference; prints its accounts.
///
/// # Errors
/// As [`serve`], and when the data cannot be made.
pub async fn seed_demo(config: Config) -> Result<(), Failure> {
    config.check_production().map_err(|problems| unsafe_settings(&problems))?;
    let database = Database::open(&config, Access::Shared).await?;
    let seeded = async {
        database.migrate().await?;
        // No claim and no workers: a running Atria on the same database has both, and sends the mail.
        let services = crate::connect_services(&config, &database.urls, Clock::System).await?;
        let seeded = seed::demo(&services).await;
        services.db.close().await;
        seeded.map_err(Failure::from)
    };
    let seeded = seeded.await;
    database.close().await?;
    seeded
}

async fn serve_on(
    config: &Config,
    listener: TcpListener,
    database: &Database,
    demo: Demo,
    stop: CancellationToken,
) -> Result<(), Failure> {
    database.migrate().await?;
    let app = crate::build(config.clone(), database.urls.clone(), stop.clone()).await?;
    let served = async {
        postgres::check_database(&app.services.db, config.environment)
            .await
            .map_err(|problems| unsafe_settings(&problems))?;
        if demo == Demo::Load {
            seed::demo(&app.services).await?;
        }
        writeln!(io::stdout(), "Atria is ready at {}", config.public_url)?;
        tracing::info!(bind = %config.bind, url = %config.public_url, "serving {}", config.public_url);
        serve::serve(listener, app.router.clone(), stop.clone(), DRAIN).await.map_err(Failure::from)
    };
    let served = served.await;
    // Also when it never served: the workers must not outlive the pool.
    stop.cancel();
    finish(app).await;
    served
}

/// Waits for the workers, then closes the pool.
async fn finish(app: App) {
    app.workers.close();
    if time::timeout(WORKER_PATIENCE, app.workers.wait()).await.is_err() {
        let left = app.workers.len();
        tracing::warn!(
            left,
            "{left} tasks did not end within {WORKER_PATIENCE:?}; their jobs run again after the next start"
        );
    }
    if time::timeout(WORKER_PATIENCE, app.services.db.close()).await.is_err() {
        tracing::warn!("database connections were still in use after {WORKER_PATIENCE:?}");
    }
}

fn unsafe_settings(problems: &[Problem]) -> Failure {
    let list: String = problems.iter().map(|problem| format!("\n  {problem}")).collect();
    format!("Atria does not start with unsafe settings:{list}").into()
}
