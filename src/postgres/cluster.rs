//! The private cluster: made on the first start, started or adopted on every other.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::postmaster::Address;
use super::roles::{self, DATABASE, OWNER_ROLE, RUNTIME_ROLE};
use super::server::Server;
use super::{ClusterError, DatabaseUrls};
use crate::secret_file;

/// Whether a cluster's data must survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Every acknowledged commit survives a crash.
    Kept,
    /// For tests: no flush to disk, thrown away at the end.
    Throwaway,
}

/// What a private cluster needs to know.
#[derive(Debug, Clone)]
pub struct ClusterConfig {
    /// Absolute; holds `pg`, `run`, the passwords and the lock.
    pub data_dir: PathBuf,
    pub pg_bin: Option<PathBuf>,
    /// Runs PostgreSQL when this process is root.
    pub pg_user: String,
    pub durability: Durability,
}

/// A running private cluster. Dropping it leaves the server running, to be adopted by the next start.
#[derive(Debug)]
pub struct Cluster {
    server: Server,
    address: Address,
    owner_password: SecretString,
    runtime_password: SecretString,
    /// Held as long as this Atria owns the cluster; `None` after [`Cluster::start_or_join`] joined another's.
    lock: Option<File>,
}

impl Cluster {
    /// Makes the cluster if there is none, starts or adopts its server, and provides the database and both roles.
    ///
    /// # Errors
    /// [`ClusterError`], each with what to do; [`ClusterError::Busy`] when another Atria owns it.
    pub async fn start(config: &ClusterConfig) -> Result<Self, ClusterError> {
        let config = config.clone();
        let busy = ClusterError::Busy(config.data_dir.clone());
        let opened = blocking(move || {
            let Some(lock) = lock(&config.data_dir)? else { return Ok(None) };
            Self::open(&config, Some(lock)).map(Some)
        });
        let cluster = opened.await?.ok_or(busy)?;
        match roles::provide(&cluster.url(OWNER_ROLE, "postgres"), &cluster.runtime_password).await {
            Ok(()) => Ok(cluster),
            // Nobody will hold this cluster, so nobody else could stop it.
            Err(error) => cluster.stop().await.and(Err(error.into())),
        }
    }

    /// Like [`Cluster::start`], but uses the server of a running Atria when there is one: for `seed` and `doctor`.
    ///
    /// # Errors
    /// As [`Cluster::start`]; [`ClusterError::Busy`] only while that Atria is still starting.
    pub async fn start_or_join(config: &ClusterConfig) -> Result<Self, ClusterError> {
        match Self::start(config).await {
            Err(ClusterError::Busy(_)) => {
                let config = config.clone();
                blocking(move || Self::open(&config, None)).await
            }
            started => started,
        }
    }

    /// Both roles' URLs.
    #[must_use]
    pub fn urls(&self) -> DatabaseUrls {
        DatabaseUrls { owner: self.owner_url(), runtime: self.runtime_url() }
    }

    /// The database as the owner of the tables, a superuser.
    #[must_use]
    pub fn owner_url(&self) -> SecretString {
        self.url(OWNER_ROLE, DATABASE)
    }

    /// The database as the role that serves requests.
    #[must_use]
    pub fn runtime_url(&self) -> SecretString {
        self.url(RUNTIME_ROLE, DATABASE)
    }

    /// Stops the server and waits until it is gone; leaves it alone when another Atria owns it.
    ///
    /// # Errors
    /// [`ClusterError::Step`] when even an immediate stop failed.
    pub async fn stop(self) -> Result<(), ClusterError> {
        match self.lock {
            // The lock goes with the closure: released only when the server is gone.
            Some(lock) => blocking(move || self.server.stop().map(|()| drop(lock))).await,
            None => Ok(()),
        }
    }

    fn url(&self, role: &str, database: &str) -> SecretString {
        let password = if role == OWNER_ROLE { &self.owner_password } else { &self.runtime_password };
        self.address.url(role, password, database)
    }

    fn open(config: &ClusterConfig, lock: Option<File>) -> Result<Self, ClusterError> {
        let server = Server::prepare(config)?;
        let kept = |name: &str| {
            let path = config.data_dir.join(name);
            secret_file::read_or_create(&path).map_err(ClusterError::io("Keeping", &path))
        };
        let owner_password = kept("pg_owner_password")?;
        let runtime_password = kept("pg_runtime_password")?;
        let address = match server.adopt()? {
            Some(address) => address,
            // Joining, and the owner's server is not up yet.
            None if lock.is_none() => return Err(ClusterError::Busy(config.data_dir.clone())),
            None => {
                server.initialise(&owner_password)?;
                server.start()?
            }
        };
        Ok(Self { server, address, owner_password, runtime_password, lock })
    }
}

/// Takes the lock of a data directory, which is made where missing; `None` when another process holds it.
fn lock(data_dir: &Path) -> Result<Option<File>, ClusterError> {
    let path = data_dir.join("atria.lock");
    secret_file::create_directory(data_dir).map_err(ClusterError::io("Making", data_dir))?;
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = file.map_err(ClusterError::io("Opening", &path))?;
    // The kernel releases it with the process, so a crash leaves nothing to clean up.
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(ClusterError::io("Locking", &path)(error)),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ClusterError> + Send + 'static,
) -> Result<T, ClusterError> {
    tokio::task::spawn_blocking(work).await.expect("the work neither panics nor is cancelled")
}
