//! The operating system's users, asked through `id`: std has no call for it and `unsafe` is forbidden.

use std::process::Command;

/// A user's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OsUser {
    pub uid: u32,
    pub gid: u32,
}

/// Whether this process runs as root.
#[must_use]
pub fn is_root() -> bool {
    number(&["-u"]) == Some(0)
}

/// The user called `name`; `None` when there is none.
#[must_use]
pub fn named(name: &str) -> Option<OsUser> {
    // `--` : a name that starts with a dash must not be read as an option.
    Some(OsUser { uid: number(&["-u", "--", name])?, gid: number(&["-g", "--", name])? })
}

fn number(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok()?.trim().parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_is_known_and_a_stranger_is_not() {
        assert_eq!(named("root").map(|user| user.uid), Some(0));
        assert_eq!(named("no-such-user-of-atria"), None);
        assert_eq!(named("-u"), None);
    }
}
