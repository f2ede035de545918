//! From settings to a running program: the one constructor for `main` and for tests.

use std::sync::Arc;
use std::time::Duration;

use app::ssr::Assets;
use axum::Router;
use leptos::config::{Env, LeptosOptions};
use secrecy::ExposeSecret as _;
use services::accounts::{PasswordHasher, PasswordPoolSettings};
use services::db::{MIGRATOR, PoolSettings};
use services::images::ImagePool;
use services::limits::ComfortCounters;
use services::mail::{Outbox, Transport, TransportError};
use services::push::{Push, PushError};
use services::realtime::{Bus, NodeClaimError, RedisError, online, recheck, safety_net};
use services::share_picture::DrawnPictures;
use services::storage::{Storage, StorageError};
use services::{Clock, Rng, Services, SigningKey};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::{self, Config, Environment};
use crate::endpoints::Endpoint;
use crate::health::Readiness;
use crate::node_claim;
use crate::postgres::DatabaseUrls;
use crate::router::{self, Parts};
use crate::socket::SocketState;

/// How often a node compares its sockets with the database.
const SAFETY_NET_EVERY: Duration = Duration::from_secs(5);
/// In tests, which check when they want to: one in the background would hide an announcement that never came.
const SAFETY_NET_IN_TESTS: Duration = Duration::from_secs(3600);
/// How often what nobody can use any more is removed.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// A program ready to serve.
#[derive(Debug)]
pub struct App {
    pub router: Router,
    /// Routes that are neither pages nor server functions.
    pub endpoints: Vec<Endpoint>,
    pub services: Services,
    /// The background tasks and open sockets; they end by themselves after `stop`.
    pub workers: TaskTracker,
}

#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("can't reach the database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("ATRIA_SMTP_URL: {0}")]
    Mail(#[from] TransportError),
    #[error("ATRIA_REDIS_URL: {0}")]
    Redis(#[from] RedisError),
    #[error("ATRIA_STORAGE_URL: {0}")]
    Storage(#[from] StorageError),
    #[error("pushes can't be sent from here: {0}")]
    Push(#[from] PushError),
    #[error(transparent)]
    Node(#[from] NodeClaimError),
    #[error("the built web files can't be read ({0}); run bin/build-web")]
    Assets(#[from] AssetsError),
}

/// Connects everything and starts the background tasks; the database has its migrations already.
///
/// # Errors
/// See [`BuildError`].
pub async fn build(
    config: Config,
    database: DatabaseUrls,
    stop: CancellationToken,
) -> Result<App, BuildError> {
    build_with_clock(config, database, stop, Clock::System).await
}

/// As [`build`], under the given clock.
///
/// # Errors
/// See [`BuildError`].
pub async fn build_with_clock(
    config: Config,
    database: DatabaseUrls,
    stop: CancellationToken,
    clock: Clock,
) -> Result<App, BuildError> {
    let assets = read_assets(&config)?;
    check_hashes(&leptos_options(&config))?;
    let workers = TaskTracker::new();
    let claim = node_claim::claim(&config, &database).await?;
    let services = connect_services(&config, &database, clock).await?;
    workers.spawn(node_claim::hold(claim, config.clone(), database, stop.clone()));
    start_workers(&config, &services, &workers, &stop);
    let parts = Parts {
        sockets: SocketState {
            services: services.clone(),
            origin: Arc::clone(&services.public_url),
            stop: stop.clone(),
            tasks: workers.clone(),
        },
        readiness: Readiness {
            pool: services.db.clone(),
            newest_migration: MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or_default(),
            stop,
        },
        options: leptos_options(&config),
        services: services.clone(),
        assets,
    };
    let (router, endpoints) = router::router(&config, parts);
    Ok(App { router, endpoints, services, workers })
}

/// The use cases over their connections, with nothing running yet: what commands beside a running Atria need.
///
/// # Errors
/// See [`BuildError`].
pub async fn connect_services(
    config: &Config,
    database: &DatabaseUrls,
    clock: Clock,
) -> Result<Services, BuildError> {
    let settings =
        PoolSettings { url: database.runtime.expose_secret().to_owned(), max_connections: config.db_pool };
    let bus = match &config.redis_url {
        Some(url) => Bus::connect_redis(url.expose_secret(), clock.clone(), config.socket_caps).await?,
        None => Bus::in_process(clock.clone(), config.socket_caps),
    };
    let signing_key = signing_key(config);
    let push = Push::new(&signing_key, config.push_services.clone(), config.public_url.as_str())?;
    Ok(Services {
        db: services::db::connect(&settings).await?,
        clock,
        rng: Rng,
        passwords: PasswordHasher::new(PasswordPoolSettings::default()),
        comfort: ComfortCounters::default(),
        outbox: Outbox::new(config.mail_from.clone(), mail_transport(config)?),
        push,
        bus,
        signing_key,
        storage: storage(config)?,
        images: ImagePool::default(),
        drawn: DrawnPictures::default(),
        upload_quotas: config.upload_quotas,
        message_rates: config.message_rates,
        abuse_contact: config.abuse_contact.clone(),
        public_url: config.public_url.as_str().into(),
    })
}

fn storage(config: &Config) -> Result<Storage, StorageError> {
    match &config.storage {
        config::Storage::Directory(path) => Storage::directory(path),
        config::Storage::S3(settings) => Storage::s3(settings),
    }
}

/// Without a secret of its own (development) an instance makes one up: what it signed is unknown after a restart.
fn signing_key(config: &Config) -> SigningKey {
    match config.secret_key.expose_secret() {
        "" => SigningKey::new(&Rng.bytes::<32>()),
        secret => SigningKey::new(secret.as_bytes()),
    }
}

fn start_workers(config: &Config, services: &Services, workers: &TaskTracker, stop: &CancellationToken) {
    workers.spawn(services::mail::run(services.clone(), stop.clone()));
    let check_every = match config.environment {
        Environment::Test => SAFETY_NET_IN_TESTS,
        Environment::Development | Environment::Production => SAFETY_NET_EVERY,
    };
    workers.spawn(recheck::run(services.clone(), stop.clone()));
    workers.spawn(online::run(services.clone(), stop.clone()));
    workers.spawn(safety_net::run(services.clone(), check_every, stop.clone()));
    if config.environment != Environment::Test {
        // Tests prepare exports, look at the clock and tell what is new when they want to.
        workers.spawn(services::chat::run_restricted_activity(services.clone(), stop.clone()));
        workers.spawn(services::accounts::run_exports(services.clone(), stop.clone()));
        workers.spawn(services::agenda::run_clock(services.clone(), stop.clone()));
        workers.spawn(services::push::run(services.clone(), stop.clone()));
    }
    workers.spawn(services::events::run_auto_archive(services.clone(), stop.clone()));
    workers.spawn(services::events::run_event_reminders(services.clone(), stop.clone()));
    workers.spawn(services::conversations::run_reminders(services.clone(), stop.clone()));
    workers.spawn(services::attending::run_telling(services.clone(), stop.clone()));
    workers.spawn(sweep(services.clone(), stop.clone()));
}

/// Removes what nobody can use any more.
async fn sweep(services: Services, stop: CancellationToken) {
    while services::periodic::again(SWEEP_EVERY, &stop).await {
        // Each by itself: one that fails holds none of the others up.
        let swept = [
            services::invitations::sweep(&services).await,
            services::accounts::sweep(&services).await,
            services::notifications::sweep(&services).await,
            // Before whatever removes rooms as a whole.
            services::chat::empty_rooms(&services).await,
            services::moderation::sweep(&services).await,
            services::events::sweep(&services).await,
            services::organizations::sweep(&services).await,
            services::sponsors::sweep(&services).await,
            services::chat::sweep(&services).await,
            services::connections::sweep(&services).await,
            services::agenda::sweep(&services).await,
            services::limits::sweep(&services).await,
            services::mail::sweep(&services).await,
            services::uploads::sweep(&services).await,
        ];
        for error in swept.into_iter().filter_map(Result::err) {
            tracing::warn!(error = %error, "what is over could not be removed: {error}");
        }
    }
}

fn mail_transport(config: &Config) -> Result<Transport, TransportError> {
    match &config.smtp {
        Some(smtp) => Transport::from_url(smtp.url.expose_secret()),
        None => Ok(Transport::Files(config.data_dir.join("mail"))),
    }
}

#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    #[error("{path}: {source}")]
    Read { path: std::path::PathBuf, source: std::io::Error },
    #[error("{path}: {source}")]
    Shape { path: std::path::PathBuf, source: serde_json::Error },
}

#[derive(serde::Deserialize)]
struct Manifest {
    css: String,
    page: String,
}

/// Names of the built files: from the manifest of a release build, plain ones without it.
fn read_assets(config: &Config) -> Result<Assets, AssetsError> {
    let path = config.site_dir.join("pkg/manifest.json");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            say_if_none(config);
            return Ok(Assets { css: "atria.css".into(), page_js: "page.js".into() });
        }
        Err(source) => return Err(AssetsError::Read { path, source }),
    };
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|source| AssetsError::Shape { path, source })?;
    Ok(Assets { css: manifest.css.into(), page_js: manifest.page.into() })
}

/// A server from a copied program alone serves pages that nobody styled.
fn say_if_none(config: &Config) {
    let directory = config.site_dir.display();
    if config.environment != Environment::Test && !config.site_dir.join("pkg/atria.css").exists() {
        tracing::warn!(
            %directory,
            "no built web files in {directory}: pages come without styles and nothing is live. Run bin/build-web, or set \
             ATRIA_SITE_DIR to where they are"
        );
    }
}

/// Pages with a live part read this file when they are rendered: better no start than rooms that don't open.
fn check_hashes(options: &LeptosOptions) -> Result<(), AssetsError> {
    if !options.hash_files {
        return Ok(());
    }
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join(&*options.hash_file)));
    let path = beside.unwrap_or_else(|| options.hash_file.as_ref().into());
    std::fs::metadata(&path).map(drop).map_err(|source| AssetsError::Read { path, source })
}

fn leptos_options(config: &Config) -> LeptosOptions {
    let hash_files = config.environment != Environment::Test
        && std::env::var("LEPTOS_HASH_FILES").is_ok_and(|value| value == "true");
    LeptosOptions::builder()
        .output_name("atria")
        .site_root(config.site_dir.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(config.bind)
        .env(if config.environment == Environment::Production { Env::PROD } else { Env::DEV })
        .hash_files(hash_files)
        .build()
}
