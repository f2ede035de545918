use std::fmt;
use std::str::FromStr;

use crate::ids::{FileId, UserId};

/// One size of a file as it stands at the end of an address: `256.webp`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileName(pub u32);

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.webp", self.0)
    }
}

impl FromStr for FileName {
    type Err = ();

    /// Only as it is written: no sign, no leading zero.
    fn from_str(text: &str) -> Result<Self, ()> {
        let name = Self(text.strip_suffix(".webp").and_then(|size| size.parse().ok()).ok_or(())?);
        if name.to_string() == text { Ok(name) } else { Err(()) }
    }
}

/// Whom an address of a private file was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// What any visitor may see, such as a public speaker's avatar.
    Anybody,
    Person(UserId),
    /// Those in a meeting at a third party, whose browsers bring no cookie: an avatar that its own person took there.
    Meeting,
}

impl Audience {
    /// Who looks at the page the address is made for.
    #[must_use]
    pub fn of(viewer: Option<UserId>) -> Self {
        viewer.map_or(Self::Anybody, Self::Person)
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anybody => f.write_str("anybody"),
            Self::Person(user) => user.fmt(f),
            Self::Meeting => f.write_str("meeting"),
        }
    }
}

impl FromStr for Audience {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "anybody" => Ok(Self::Anybody),
            "meeting" => Ok(Self::Meeting),
            id => id.parse().map(Self::Person).map_err(|_| ()),
        }
    }
}

/// An address of a private file taken apart, with nothing in it believed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedAddress {
    pub file: FileId,
    pub name: FileName,
    pub audience: Audience,
    /// Unix seconds.
    pub until: i64,
    /// As it stands in the address.
    pub signature: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written_and_in_no_other_way() {
        assert_eq!("256.webp".parse(), Ok(FileName(256)));
        for other in ["0256.webp", "+256.webp", "256", "256.png", "../256.webp", "-1.webp", ".webp"] {
            assert!(other.parse::<FileName>().is_err(), "{other}");
        }
    }
}
