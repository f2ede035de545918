//! The database behind Atria: its own private PostgreSQL when no `DATABASE_URL` is set, and the checks of any.
//!
//! Holds no SQL of any slice: tables and their grants are the business of `services`.

mod check;
mod cluster;
mod find;
mod postmaster;
mod roles;
mod server;
mod stop;

use std::io;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

pub use check::{Facts, check_database, facts, is_migrated};
pub use cluster::{Cluster, ClusterConfig, Durability};
pub use find::{Binaries, find};

/// Oldest PostgreSQL that Atria runs on.
pub const OLDEST_MAJOR: u32 = 15;

/// How to reach one database in its two roles.
#[derive(Debug, Clone)]
pub struct DatabaseUrls {
    /// The role that owns the tables; for migrations and grants only.
    pub owner: SecretString,
    /// The role that serves requests: no superuser, no DDL.
    pub runtime: SecretString,
}

/// Why the private cluster is not running. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    #[error(
        "No PostgreSQL {OLDEST_MAJOR} or later was found on this machine. Install it (Debian, Ubuntu: \
         `apt-get install postgresql`; Fedora: `dnf install postgresql-server`; macOS: `brew install postgresql@17`), \
         name its directory in ATRIA_PG_BIN, or set DATABASE_URL to a server elsewhere."
    )]
    NotInstalled,
    #[error("ATRIA_PG_BIN={} does not hold initdb, pg_ctl and postgres of version {OLDEST_MAJOR} or later.", .0.display())]
    WrongBinDir(PathBuf),
    #[error(
        "The database in {} was made by PostgreSQL {cluster}, and only {found} is installed here. Install PostgreSQL \
         {cluster} again to start it. To move to another version, take a backup with the old one and restore it into an \
         empty data directory with the new one: \"Backup and restore\" in docs/operations.md.",
        data_dir.display()
    )]
    VersionMismatch { data_dir: PathBuf, cluster: u32, found: String },
    #[error(
        "PostgreSQL refuses to run as root, and there is no system user `{0}` to run it as. Create one \
         (`useradd --system {0}`), or name another in ATRIA_PG_USER."
    )]
    NoSuchUser(String),
    #[error(
        "The system user `{user}`, who runs the database, may not pass through {}. Set ATRIA_DATA_DIR to a directory \
         whose parents are open to it (such as /var/lib/atria), or run `chmod o+x {}`.",
        directory.display(), directory.display()
    )]
    Unreachable { user: String, directory: PathBuf },
    #[error(
        "Another Atria is already using {}. Stop it first, or give this one its own ATRIA_DATA_DIR and ATRIA_BIND.",
        .0.display()
    )]
    Busy(PathBuf),
    #[error(
        "A PostgreSQL server that Atria did not start (process {pid}) is using {}. Stop it first: \
         `{} stop -D {}` as its own user.",
        data_dir.display(), pg_ctl.display(), data_dir.display()
    )]
    Foreign { pid: u32, data_dir: PathBuf, pg_ctl: PathBuf },
    #[error("The private database could not be {step}. PostgreSQL says:\n{output}")]
    Step { step: &'static str, output: String },
    #[error("{what}: {source}")]
    Io { what: String, source: io::Error },
    #[error(
        "The private database answers, but not as expected: {0}. If pg_owner_password or pg_runtime_password in the \
         data directory was lost or replaced, put the original back."
    )]
    Database(#[from] sqlx::Error),
}

impl ClusterError {
    /// For `map_err`: `what` was being done to `path`.
    fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let what = format!("{what} {}", path.display());
        move |source| Self::Io { what, source }
    }
}
