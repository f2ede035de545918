//! Runs PostgreSQL's programs on one data directory, as the right user.

use std::env;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};

use super::postmaster::{Address, Postmaster};
use super::roles::OWNER_ROLE;
use super::{Binaries, ClusterConfig, ClusterError, Durability, find};
use crate::os_user::{self, OsUser};

/// How long a start may take: recovery after a crash replays the log first.
const START_SECONDS: &str = "300";
/// How long an adopted server may take to be ready, or to finish stopping.
const ADOPTION_PATIENCE: Duration = Duration::from_secs(60);
/// What PostgreSQL's programs may need of the environment: where programs and libraries are.
const KEPT_VARIABLES: [&str; 3] = ["PATH", "LD_LIBRARY_PATH", "TMPDIR"];
/// The server's log is set aside at this size, so that two files bound it.
const LOG_MAX_BYTES: u64 = 10 * 1024 * 1024;

/// The programs and directories of one cluster; every method blocks.
#[derive(Debug, Clone)]
pub(super) struct Server {
    binaries: Binaries,
    data_dir: PathBuf,
    /// Set when this process is root: the user that PostgreSQL's programs run as.
    user: Option<OsUser>,
    pub(super) durability: Durability,
}

impl Server {
    pub(super) fn prepare(config: &ClusterConfig) -> Result<Self, ClusterError> {
        let pg_dir = config.data_dir.join("pg");
        let binaries = find(config.pg_bin.as_deref(), cluster_major(&pg_dir), &pg_dir)?;
        let user = if os_user::is_root() {
            Some(
                os_user::named(&config.pg_user)
                    .ok_or_else(|| ClusterError::NoSuchUser(config.pg_user.clone()))?,
            )
        } else {
            None
        };
        let server =
            Self { binaries, data_dir: config.data_dir.clone(), user, durability: config.durability };
        server.check_passage(&config.pg_user)?;
        server.make_directory(&server.run_dir())?;
        Ok(server)
    }

    pub(super) fn pg_dir(&self) -> PathBuf {
        self.data_dir.join("pg")
    }

    fn run_dir(&self) -> PathBuf {
        self.data_dir.join("run")
    }

    /// One of PostgreSQL's programs, as its user, out of reach of a Ctrl-C that is meant for Atria.
    pub(super) fn command(&self, program: &str) -> Command {
        self.as_database_user(&self.binaries.program(program))
    }

    fn as_database_user(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // The caller's own directory may be closed to that user, and pg_ctl complains about it.
        command.current_dir("/").process_group(0);
        // Atria's environment holds secrets, and PG… variables would change what the programs do.
        command.env_clear().env("LC_ALL", "C.UTF-8");
        command.envs(KEPT_VARIABLES.iter().filter_map(|name| Some((name, env::var_os(name)?))));
        if let Some(user) = self.user {
            // With a uid set, std also drops root's supplementary groups.
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    /// Runs a program to its end; its output becomes the error when it fails.
    pub(super) fn run(&self, mut command: Command, step: &'static str) -> Result<(), ClusterError> {
        let output =
            command.output().map_err(ClusterError::io("Running", Path::new(command.get_program())))?;
        if output.status.success() {
            return Ok(());
        }
        let mut text = String::from_utf8_lossy(&output.stderr).into_owned();
        text.push_str(&last_lines(&self.log_path(), 10));
        Err(ClusterError::Step { step, output: text })
    }

    /// The address of a server that an earlier Atria left running on this directory, once it is ready.
    pub(super) fn adopt(&self) -> Result<Option<Address>, ClusterError> {
        let pg_dir = self.pg_dir();
        let give_up = Instant::now() + ADOPTION_PATIENCE;
        while let Some(found) =
            Postmaster::running_on(&pg_dir).map_err(ClusterError::io("Reading", &pg_dir))?
        {
            let ours = match &found.address {
                Some(Address::Socket(directory)) => *directory == self.run_dir(),
                Some(Address::Loopback(_)) => true,
                None => false,
            };
            if found.is_ready && ours {
                tracing::info!(pid = found.pid, "the private database was still running and is used again");
                return Ok(found.address);
            }
            if found.is_ready || Instant::now() > give_up {
                let pg_ctl = self.binaries.program("pg_ctl");
                return Err(ClusterError::Foreign { pid: found.pid, data_dir: pg_dir, pg_ctl });
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(None)
    }

    /// Makes the cluster unless it is there: beside its place, then renamed, so a crash leaves none that is half made.
    pub(super) fn initialise(&self, owner_password: &SecretString) -> Result<(), ClusterError> {
        let pg_dir = self.pg_dir();
        if cluster_major(&pg_dir).is_some() {
            return Ok(());
        }
        tracing::info!(directory = %pg_dir.display(), "making the private database in {}", pg_dir.display());
        let draft = self.data_dir.join("pg.new");
        if draft.exists() {
            fs::remove_dir_all(&draft).map_err(ClusterError::io("Removing", &draft))?;
        }
        self.make_directory(&draft)?;
        let password_file = self.run_dir().join("initdb.password");
        self.write_for_database_user(&password_file, owner_password.expose_secret())?;
        let mut initdb = self.command("initdb");
        initdb.arg("-D").arg(&draft).arg("--pwfile").arg(&password_file).args([
            "--username",
            OWNER_ROLE,
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--auth=scram-sha-256",
        ]);
        if self.durability == Durability::Throwaway {
            initdb.arg("--no-sync");
        }
        let made = self.run(initdb, "initialised");
        fs::remove_file(&password_file).map_err(ClusterError::io("Removing", &password_file))?;
        made?;
        self.include_settings(&draft.join("postgresql.conf"))?;
        fs::rename(&draft, &pg_dir).map_err(ClusterError::io("Renaming", &draft))
    }

    pub(super) fn start(&self) -> Result<Address, ClusterError> {
        let run_dir = self.run_dir();
        let address =
            Address::choose(&run_dir).map_err(ClusterError::io("Choosing an address in", &run_dir))?;
        let settings = self.data_dir.join("postgres.conf");
        fs::write(&settings, self.settings(&address))
            .and_then(|()| fs::set_permissions(&settings, fs::Permissions::from_mode(0o644)))
            .map_err(ClusterError::io("Writing", &settings))?;
        let log = self.log_path();
        if fs::metadata(&log).is_ok_and(|metadata| metadata.len() > LOG_MAX_BYTES) {
            fs::rename(&log, log.with_extension("log.1")).map_err(ClusterError::io("Renaming", &log))?;
        }
        let mut pg_ctl = self.command("pg_ctl");
        pg_ctl.arg("start").arg("-D").arg(self.pg_dir()).arg("-l").arg(&log).args([
            "-s",
            "-w",
            "-t",
            START_SECONDS,
        ]);
        self.run(pg_ctl, "started")?;
        Ok(address)
    }

    /// Written anew on every start, because the directory may have moved. Somebody's own settings go behind the
    /// `include` in `pg/postgresql.conf` and win.
    fn settings(&self, address: &Address) -> String {
        let (durable, connections) = match self.durability {
            Durability::Kept => ("on", 100),
            Durability::Throwaway => ("off", 300),
        };
        format!(
            "# Written by Atria on every start; put your own settings at the end of pg/postgresql.conf.\n{}\
             unix_socket_permissions = 0700\nfsync = {durable}\nfull_page_writes = {durable}\n\
             synchronous_commit = {durable}\nmax_connections = {connections}\nshared_buffers = 128MB\n\
             password_encryption = 'scram-sha-256'\ntimezone = 'UTC'\nlog_timezone = 'UTC'\n\
             log_checkpoints = off\nlog_line_prefix = '%m [%p] '\n",
            address.settings()
        )
    }

    fn include_settings(&self, postgresql_conf: &Path) -> Result<(), ClusterError> {
        let mut file = OpenOptions::new()
            .append(true)
            .open(postgresql_conf)
            .map_err(ClusterError::io("Opening", postgresql_conf))?;
        file.write_all(b"\n# Atria's own settings, in the data directory. Settings below this line win over them.\ninclude = '../postgres.conf'\n")
            .map_err(ClusterError::io("Writing", postgresql_conf))
    }

    fn log_path(&self) -> PathBuf {
        self.run_dir().join("postgres.log")
    }

    /// A directory that only the database's user may enter.
    fn make_directory(&self, path: &Path) -> Result<(), ClusterError> {
        let made = if path.is_dir() { Ok(()) } else { DirBuilder::new().mode(0o700).create(path) };
        made.and_then(|()| self.hand_over(path)).map_err(ClusterError::io("Making", path))
    }

    fn write_for_database_user(&self, path: &Path, text: &str) -> Result<(), ClusterError> {
        let write = || {
            if path.exists() {
                fs::remove_file(path)?;
            }
            // create_new: as root, never write through a link that the database's user put there.
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
            writeln!(file, "{text}")?;
            self.hand_over(path)
        };
        write().map_err(ClusterError::io("Writing", path))
    }

    fn hand_over(&self, path: &Path) -> std::io::Result<()> {
        self.user.map_or(Ok(()), |user| chown(path, Some(user.uid), Some(user.gid)))
    }

    /// As root: the first directory on the way to the data that the database's user may not pass through.
    fn check_passage(&self, user_name: &str) -> Result<(), ClusterError> {
        if self.user.is_none() {
            return Ok(());
        }
        let mut on_the_way: Vec<&Path> = self.data_dir.ancestors().collect();
        on_the_way.reverse();
        for directory in on_the_way {
            let passable = self.as_database_user(Path::new("test")).arg("-x").arg(directory).status();
            if !passable.map_err(ClusterError::io("Testing", directory))?.success() {
                return Err(ClusterError::Unreachable {
                    user: user_name.to_owned(),
                    directory: directory.to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// The version in `PG_VERSION`; `None` when there is no cluster yet.
fn cluster_major(pg_dir: &Path) -> Option<u32> {
    fs::read_to_string(pg_dir.join("PG_VERSION")).ok()?.trim().parse().ok()
}

fn last_lines(path: &Path, count: usize) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}
