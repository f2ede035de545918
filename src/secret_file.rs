//! Secrets that Atria makes itself and keeps in its data directory, readable by their owner only.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use secrecy::SecretString;

/// Bytes of randomness in a secret; written as twice as many hexadecimal digits.
const RANDOM_BYTES: usize = 32;

/// A fresh secret of 64 hexadecimal digits (256 random bits) from the operating system.
///
/// # Errors
/// When `/dev/urandom` cannot be read.
pub fn random() -> io::Result<SecretString> {
    let mut bytes = [0_u8; RANDOM_BYTES];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
}

/// The secret kept at `path`; the first call makes it (mode 0600), and its directory where missing.
///
/// # Errors
/// When the file can neither be read nor made, or is empty.
pub fn read_or_create(path: &Path) -> io::Result<SecretString> {
    match fs::read_to_string(path) {
        Ok(text) if text.trim().is_empty() => Err(io::Error::other(format!(
            "{} is empty: delete it or restore it from a backup",
            path.display()
        ))),
        Ok(text) => Ok(text.trim().to_owned().into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path),
        Err(error) => Err(error),
    }
}

/// Makes a directory that others may pass through but not list (mode 0711), and its missing parents.
///
/// Passing through matters when root runs Atria: PostgreSQL then runs as another user below this directory.
///
/// # Errors
/// When the directory cannot be made; an existing one is left as it is.
pub fn create_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o711).create(path)
}

fn create(path: &Path) -> io::Result<SecretString> {
    if let Some(parent) = path.parent() {
        create_directory(parent)?;
    }
    // Written beside and linked into place: a reader, or a second process that starts now, sees a whole secret or none.
    let draft = path.with_extension(format!("{}.draft", std::process::id()));
    let secret = random()?;
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    writeln!(file, "{}", secrecy::ExposeSecret::expose_secret(&secret))?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read_or_create(path),
        Err(error) => Err(error),
        Ok(()) => Ok(secret),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_kept_secret_stays_the_same_and_private() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("below/secret_key");
        let first = read_or_create(&path).unwrap();
        assert_eq!(first.expose_secret().len(), 64);
        assert_eq!(read_or_create(&path).unwrap().expose_secret(), first.expose_secret());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft may stay behind");
    }

    #[test]
    fn an_empty_secret_file_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(read_or_create(file.path()).is_err());
    }
}
