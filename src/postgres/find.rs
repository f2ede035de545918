//! Finds PostgreSQL's server programs.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{ClusterError, OLDEST_MAJOR};

/// Where distributions keep their versions side by side: parent directory, prefix of a version's directory, and the
/// directory of the programs in it.
const VERSIONED: [(&str, &str, &str); 5] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/usr/libexec", "postgresql", ""),
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
];

/// A directory with `initdb`, `pg_ctl` and `postgres` of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    pub directory: PathBuf,
    pub major: u32,
}

impl Binaries {
    /// The programs in `directory`; `None` unless all three are there.
    fn in_directory(directory: PathBuf) -> Option<Self> {
        if !["initdb", "pg_ctl", "postgres"].iter().all(|program| directory.join(program).is_file()) {
            return None;
        }
        let output = Command::new(directory.join("postgres")).arg("--version").output().ok()?;
        let major = major_of(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self { directory, major })
    }

    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

/// The programs to use: those of `cluster_major` when a cluster exists (only they can read it), else the newest.
///
/// Looks into `pg_bin` alone when it is given; otherwise asks `pg_config`, then the distributions' directories, then
/// `PATH`.
///
/// # Errors
/// [`ClusterError::WrongBinDir`], [`ClusterError::NotInstalled`], or [`ClusterError::VersionMismatch`] about `data_dir`.
pub fn find(
    pg_bin: Option<&Path>,
    cluster_major: Option<u32>,
    data_dir: &Path,
) -> Result<Binaries, ClusterError> {
    let found = match pg_bin {
        Some(directory) => vec![
            Binaries::in_directory(directory.to_owned())
                .filter(|binaries| binaries.major >= OLDEST_MAJOR)
                .ok_or_else(|| ClusterError::WrongBinDir(directory.to_owned()))?,
        ],
        None => candidates().into_iter().filter_map(Binaries::in_directory).collect(),
    };
    choose(found, cluster_major, data_dir)
}

fn choose(
    found: Vec<Binaries>,
    cluster_major: Option<u32>,
    data_dir: &Path,
) -> Result<Binaries, ClusterError> {
    let mut usable: Vec<Binaries> =
        found.into_iter().filter(|binaries| binaries.major >= OLDEST_MAJOR).collect();
    // Newest first; the sort is stable, so among equals the one found first stays first.
    usable.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
    let Some(newest) = usable.first().cloned() else {
        return Err(ClusterError::NotInstalled);
    };
    let Some(cluster) = cluster_major else {
        return Ok(newest);
    };
    let mut majors: Vec<String> = usable.iter().map(|binaries| binaries.major.to_string()).collect();
    majors.dedup();
    usable.into_iter().find(|binaries| binaries.major == cluster).ok_or_else(|| {
        ClusterError::VersionMismatch { data_dir: data_dir.to_owned(), cluster, found: majors.join(", ") }
    })
}

fn candidates() -> Vec<PathBuf> {
    let mut directories = Vec::new();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        directories.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    for (parent, prefix, programs) in VERSIONED {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(prefix) {
                directories.push(entry.path().join(programs));
            }
        }
    }
    directories.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    directories
}

/// 15 from `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`, 18 from `… 18beta1`.
fn major_of(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    number.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binaries(majors: &[u32]) -> Vec<Binaries> {
        majors
            .iter()
            .map(|major| Binaries { directory: PathBuf::from(format!("/pg/{major}")), major: *major })
            .collect()
    }

    fn chosen(found: &[u32], cluster: Option<u32>) -> Result<u32, ClusterError> {
        choose(binaries(found), cluster, Path::new("/data/pg")).map(|binaries| binaries.major)
    }

    #[test]
    fn the_major_version_is_read_from_what_postgres_prints() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_of("something else"), None);
    }

    #[test]
    fn a_new_cluster_takes_the_newest_and_an_old_one_its_own_version() {
        assert_eq!(chosen(&[15, 17, 16], None).unwrap(), 17);
        assert_eq!(chosen(&[15, 17, 16], Some(16)).unwrap(), 16);
    }

    #[test]
    fn a_cluster_of_a_missing_version_is_refused_and_points_to_backup() {
        let error = chosen(&[15, 17], Some(16)).unwrap_err().to_string();
        assert!(error.contains("PostgreSQL 16, and only 17, 15 is installed"), "{error}");
        assert!(error.contains("\"Backup and restore\""), "{error}");
    }

    #[test]
    fn too_old_or_missing_programs_name_the_package_to_install() {
        assert!(matches!(chosen(&[13, 14], None), Err(ClusterError::NotInstalled)));
        assert!(ClusterError::NotInstalled.to_string().contains("apt-get install postgresql"));
    }

    #[test]
    fn a_named_directory_without_the_programs_is_refused() {
        let empty = tempfile::tempdir().unwrap();
        let error = find(Some(empty.path()), None, Path::new("/data/pg")).unwrap_err();
        assert!(matches!(error, ClusterError::WrongBinDir(_)), "{error}");
    }
}
