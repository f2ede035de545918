//! What the commands do with the database before anything is served.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::str::FromStr;
use std::thread;

use secrecy::ExposeSecret;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::oneshot;

use crate::cli::ClusterArgs;
use crate::config::{Config, Problem};
use crate::postgres::{Cluster, ClusterConfig, ClusterError, DatabaseUrls, Durability};
use crate::shutdown;

/// What ends a command: shown to the person who ran it, nobody acts on its kind.
pub type Failure = Box<dyn Error + Send + Sync>;

/// The database of this process: a private cluster that has to be stopped, or somebody else's server.
#[derive(Debug)]
pub struct Database {
    pub urls: DatabaseUrls,
    cluster: Option<Cluster>,
}

/// Whether a command shares a private cluster with a running Atria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Refused while another Atria uses the data directory.
    Alone,
    /// Joins the server of a running Atria, or starts one for the time of the command.
    Shared,
}

impl Database {
    /// The server of `DATABASE_URL`, unasked yet, or the private cluster, started.
    ///
    /// # Errors
    /// [`ClusterError`] of the private cluster.
    pub async fn open(config: &Config, access: Access) -> Result<Self, ClusterError> {
        if let Some(runtime) = &config.database_url {
            let owner = config.migration_database_url.as_ref().unwrap_or(runtime);
            let urls = DatabaseUrls { owner: owner.clone(), runtime: runtime.clone() };
            return Ok(Self { urls, cluster: None });
        }
        let cluster = match access {
            Access::Alone => Cluster::start(&private(config)).await?,
            Access::Shared => Cluster::start_or_join(&private(config)).await?,
        };
        Ok(Self { urls: cluster.urls(), cluster: Some(cluster) })
    }

    /// Applies the migrations as the owner, then lets the runtime role use what they made when it is another role.
    ///
    /// # Errors
    /// When the database cannot be reached, a migration fails, or the runtime role has a name Atria cannot grant to.
    pub async fn migrate(&self) -> Result<(), Failure> {
        let owner = self.urls.owner.expose_secret();
        services::db::migrate(owner).await?;
        let runtime_role = role_of(self.urls.runtime.expose_secret())?;
        if runtime_role == role_of(owner)? {
            return Ok(());
        }
        // It becomes part of a statement, which takes no bind parameter there.
        if !runtime_role.chars().all(|character| character.is_ascii_lowercase() || character == '_') {
            let wrong = format!("the role `{runtime_role}` has other characters than a to z and _");
            return Err(Problem::new("DATABASE_URL", wrong, "Rename the role.").into());
        }
        services::db::grant_runtime(owner, &runtime_role).await?;
        Ok(())
    }

    /// Stops the private cluster, unless another Atria owns it.
    ///
    /// # Errors
    /// When the cluster cannot be stopped.
    pub async fn close(self) -> Result<(), ClusterError> {
        match self.cluster {
            Some(cluster) => cluster.stop().await,
            None => Ok(()),
        }
    }
}

/// `atria migrate`: applies the migrations and leaves.
///
/// # Errors
/// As [`Database::open`] and [`Database::migrate`].
pub async fn migrate(config: &Config) -> Result<(), Failure> {
    let database = Database::open(config, Access::Shared).await?;
    let migrated = database.migrate().await;
    database.close().await?;
    migrated?;
    writeln!(io::stdout(), "The database is up to date.")?;
    Ok(())
}

/// `atria cluster --ephemeral`: a private server without durability, until standard input closes or a signal comes.
///
/// Its one line on standard output is `DATABASE_URL=…` of a superuser, who may create databases.
///
/// # Errors
/// When the server cannot be started or stopped; the directory is removed in any case.
pub async fn ephemeral_cluster(arguments: ClusterArgs, config: &Config) -> Result<(), Failure> {
    let stop = shutdown::on_signal()?;
    let data_dir = match arguments.data_dir {
        Some(directory) => std::path::absolute(directory)?,
        None => temporary_directory(),
    };
    // Removing a directory that somebody already used would be an accident waiting to happen.
    if data_dir.exists() {
        return Err(format!("{} exists already; name a new directory", data_dir.display()).into());
    }
    let durability = Durability::Throwaway;
    let started =
        Cluster::start(&ClusterConfig { data_dir: data_dir.clone(), durability, ..private(config) }).await;
    let stopped = match started {
        Ok(cluster) => {
            let mut out = io::stdout();
            let told = writeln!(out, "DATABASE_URL={}", cluster.owner_url().expose_secret())
                .and_then(|()| out.flush());
            if told.is_ok() {
                tokio::select! {
                    () = stop.cancelled() => {}
                    _ = standard_input_closed() => {}
                }
            }
            cluster.stop().await
        }
        Err(error) => Err(error),
    };
    if data_dir.exists() {
        fs::remove_dir_all(&data_dir)?;
    }
    Ok(stopped?)
}

/// The private cluster that `config` describes.
#[must_use]
pub fn private(config: &Config) -> ClusterConfig {
    ClusterConfig {
        data_dir: config.data_dir.clone(),
        pg_bin: config.pg_bin.clone(),
        pg_user: config.pg_user.clone(),
        durability: Durability::Kept,
    }
}

fn role_of(url: &str) -> sqlx::Result<String> {
    Ok(PgConnectOptions::from_str(url)?.get_username().to_owned())
}

fn temporary_directory() -> PathBuf {
    let process = std::process::id();
    // Numbered on, because a killed run of the same process number may have left its own behind.
    let mut names =
        (0..).map(|attempt: u32| env::temp_dir().join(format!("atria-cluster-{process}-{attempt}")));
    names.find(|directory| !directory.exists()).expect("the numbers do not end")
}

/// Ends when nobody can write to standard input any more. On its own thread: tokio's reader of standard input would
/// keep the process from ending after a signal.
fn standard_input_closed() -> oneshot::Receiver<()> {
    let (closed, receiver) = oneshot::channel();
    thread::spawn(move || {
        let mut bytes = [0; 64];
        while io::stdin().read(&mut bytes).is_ok_and(|count| count > 0) {}
        drop(closed);
    });
    receiver
}
