//! What is already running on a data directory, read from its `postmaster.pid`.

use std::fs;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

/// Longest path of a unix socket: `sun_path` holds 108 bytes with its terminating zero (unix(7)).
const SOCKET_PATH_MAX_BYTES: usize = 107;

/// The port in a socket's file name; no other server can use our directory, so it need not differ.
const SOCKET_PORT: u16 = 5432;

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// A unix socket in this directory.
    Socket(PathBuf),
    /// A port of 127.0.0.1.
    Loopback(u16),
}

impl Address {
    /// A socket in `run_dir`, or a free loopback port when the socket's path would be too long.
    pub(super) fn choose(run_dir: &Path) -> io::Result<Self> {
        if Self::fits(run_dir) {
            return Ok(Self::Socket(run_dir.to_owned()));
        }
        // Free at this moment; should somebody take it before PostgreSQL does, the start fails and the next one works.
        Ok(Self::Loopback(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port()))
    }

    fn fits(run_dir: &Path) -> bool {
        run_dir.join(format!(".s.PGSQL.{SOCKET_PORT}.lock")).as_os_str().len() <= SOCKET_PATH_MAX_BYTES
    }

    /// The three settings that make a server listen here and nowhere else.
    pub(super) fn settings(&self) -> String {
        match self {
            Self::Socket(directory) => {
                let quoted = directory.display().to_string().replace('\'', "''");
                format!("listen_addresses = ''\nunix_socket_directories = '{quoted}'\nport = {SOCKET_PORT}\n")
            }
            Self::Loopback(port) => {
                format!("listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nport = {port}\n")
            }
        }
    }

    /// The URL of `database` here, for sqlx and libpq alike.
    pub(super) fn url(&self, role: &str, password: &SecretString, database: &str) -> SecretString {
        let password = password.expose_secret();
        match self {
            Self::Socket(directory) => {
                let host = directory.to_string_lossy();
                let host = utf8_percent_encode(&host, NON_ALPHANUMERIC);
                format!("postgres://{role}:{password}@localhost:{SOCKET_PORT}/{database}?host={host}").into()
            }
            Self::Loopback(port) => {
                format!("postgres://{role}:{password}@127.0.0.1:{port}/{database}").into()
            }
        }
    }
}

/// A running server, as its pid file tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Postmaster {
    pub(super) pid: u32,
    /// `None` for a server that listens in another way than Atria makes it.
    pub(super) address: Option<Address>,
    pub(super) is_ready: bool,
}

impl Postmaster {
    /// The server that runs on `pg_dir`; `None` when none does, also when a crash left the pid file behind.
    ///
    /// A pid file that names a process of something else (numbers are soon reused in containers) is removed, because
    /// PostgreSQL itself would take that process for a living server and refuse to start.
    pub(super) fn running_on(pg_dir: &Path) -> io::Result<Option<Self>> {
        let pid_file = pg_dir.join("postmaster.pid");
        let text = match fs::read_to_string(&pid_file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let Some(postmaster) = Self::parse(&text) else {
            return Ok(None);
        };
        // A postmaster's working directory is its data directory: better evidence than a number.
        match fs::read_link(format!("/proc/{}/cwd", postmaster.pid)) {
            Ok(directory) if directory == fs::canonicalize(pg_dir)? => Ok(Some(postmaster)),
            Ok(_) if !any_process_in(pg_dir)? => {
                fs::remove_file(&pid_file)?;
                Ok(None)
            }
            // Without /proc (macOS, BSD) the pid file has to be believed.
            Err(_) if !Path::new("/proc/self/cwd").exists() => Ok(Some(postmaster)),
            // Gone, or another user's: PostgreSQL's own check on start decides.
            _ => Ok(None),
        }
    }

    /// Lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status
    /// (`src/include/utils/pidfile.h`).
    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let line = |number: usize| lines.get(number - 1).copied().unwrap_or_default();
        let port = line(4).parse().ok();
        let address = match (port, line(5), line(6)) {
            (Some(SOCKET_PORT), directory, "") if !directory.is_empty() => {
                Some(Address::Socket(directory.into()))
            }
            (Some(port), "", "127.0.0.1") => Some(Address::Loopback(port)),
            _ => None,
        };
        Some(Self { pid: line(1).parse().ok()?, address, is_ready: line(8) == "ready" })
    }
}

/// Whether a process of a server, perhaps one whose postmaster died, still works in `pg_dir`.
fn any_process_in(pg_dir: &Path) -> io::Result<bool> {
    let pg_dir = fs::canonicalize(pg_dir)?;
    let processes = fs::read_dir("/proc")?.flatten();
    Ok(processes
        .filter_map(|process| fs::read_link(process.path().join("cwd")).ok())
        .any(|cwd| cwd == pg_dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pid_file_tells_where_the_server_listens() {
        let text = "71\n/data/pg\n1700000000\n5432\n/data/run\n\n  5432001    32768\nready   \n";
        let expected =
            Postmaster { pid: 71, address: Some(Address::Socket("/data/run".into())), is_ready: true };
        assert_eq!(Postmaster::parse(text), Some(expected));

        let by_hand = "71\n/data/pg\n1700000000\n5433\n/tmp\nlocalhost\n 1 2\nready\n";
        assert_eq!(
            Postmaster::parse(by_hand).unwrap().address,
            None,
            "another server must not look like ours"
        );
        let starting = Postmaster::parse("71\n/data/pg\n1700000000\n40001\n\n127.0.0.1\n").unwrap();
        assert_eq!((starting.address, starting.is_ready), (Some(Address::Loopback(40001)), false));
        assert_eq!(Postmaster::parse(""), None);
    }

    #[test]
    fn a_pid_file_of_a_reused_number_is_removed() {
        let directory = tempfile::tempdir().unwrap();
        let pid_file = directory.path().join("postmaster.pid");
        fs::write(&pid_file, format!("{}\n/elsewhere\n", std::process::id())).unwrap();
        assert_eq!(Postmaster::running_on(directory.path()).unwrap(), None);
        assert!(!pid_file.exists());
    }

    #[test]
    fn a_socket_path_that_is_too_long_falls_back_to_loopback() {
        let long = PathBuf::from(format!("/{}", "d".repeat(100)));
        assert!(matches!(Address::choose(&long).unwrap(), Address::Loopback(_)));
        assert_eq!(Address::choose(Path::new("/data/run")).unwrap(), Address::Socket("/data/run".into()));
    }

    #[test]
    fn the_url_of_a_socket_names_its_directory() {
        let url = Address::Socket("/data dir/run".into()).url("atria", &"p".into(), "atria");
        assert_eq!(url.expose_secret(), "postgres://atria:p@localhost:5432/atria?host=%2Fdata%20dir%2Frun");
    }
}
