use serde::{Deserialize, Serialize};

use super::UploadPurpose;
use crate::attendees::Standing;
use crate::events::{EventStatus, EventVisibility, Sight, sight};

/// Who may fetch the files in it: anybody, or only those an address was signed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Bucket {
    Public,
    Private,
}

impl Bucket {
    pub const ALL: [Self; 2] = [Self::Public, Self::Private];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Private => "PRIVATE",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bucket| bucket.as_str() == text)
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Public => Self::Private,
            Self::Private => Self::Public,
        }
    }
}

/// Where a file belongs: PUBLIC only for pictures of an event whose page anybody may open (specification 13).
#[must_use]
pub fn bucket(purpose: UploadPurpose, event: Option<(EventVisibility, EventStatus)>) -> Bucket {
    match (purpose, event) {
        (UploadPurpose::Avatar, _) | (_, None) => Bucket::Private,
        (
            UploadPurpose::EventLogo
            | UploadPurpose::EventBanner
            | UploadPurpose::EventHeroDesktop
            | UploadPurpose::EventHeroMobile
            | UploadPurpose::SponsorLogo,
            Some((visibility, status)),
        ) => match sight(visibility, &Standing::visitor(status)) {
            Sight::PublicPage => Bucket::Public,
            Sight::Hidden | Sight::NotOpenYet | Sight::Member(_) => Bucket::Private,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Every cell, as text; a change of the policy shows as a change of this file.
    #[test]
    fn the_matrix_of_buckets_is_the_one_on_file() {
        let mut matrix = String::new();
        for purpose in UploadPurpose::ALL {
            for visibility in EventVisibility::ALL {
                let cells: Vec<&str> = EventStatus::ALL
                    .iter()
                    .map(|status| bucket(purpose, Some((*visibility, *status))).as_str())
                    .collect();
                writeln!(matrix, "{:19}{:8}  {}", purpose.as_str(), visibility.as_str(), cells.join(" "))
                    .expect("a string takes it");
            }
        }
        let filed = include_str!("bucket_matrix.txt").split_once("\n\n").expect("a head").1;
        assert_eq!(matrix, filed, "\n{matrix}");
        for purpose in UploadPurpose::ALL {
            assert_eq!(bucket(purpose, None), Bucket::Private, "{purpose:?} of no event");
        }
    }
}
